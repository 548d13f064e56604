import { type Model, nearest } from '@fettle/engine'
import { bilingual, formOf, productLines } from './form.ts'
import * as problems from './problems.ts'
import { type Row, readTable } from './read-table.ts'
import type { Reading } from './reading.ts'
import { present } from './reading.ts'
import type { Sheet } from './sheet.ts'
import { plain } from './values.ts'

export type ProductPart = Omit<Model, 'groups' | 'attributes' | 'constraints'>

/** The sheet of the product itself: an item a line. Its places are remembered for the model as a whole by `originOfProduct`. */
export function readProduct(sheet: Sheet, { report }: Pick<Reading, 'report'>) {
  const form = formOf('product')
  const table = readTable(form, sheet, report)
  const lines = new Map<string, Row>()
  for (const row of table?.rows ?? []) {
    const item = row.text('item')
    if (item === undefined) {
      row.report(problems.empty(row.place('item'), bilingual(form.columns[0]!.title)))
      continue
    }
    const line = productLines.find(({ title }) =>
      [title['zh-CN'], title.en, bilingual(title)].some(name => plain(name) === plain(item.split('\n').join(' '))),
    )
    const first = line && lines.get(line.key)
    if (line && first) report(problems.doubleHeading(row.place('item'), item, first.place('item')))
    else if (line) lines.set(line.key, row)
    else {
      const near = nearest(
        item,
        productLines.flatMap(({ title }) => [title['zh-CN'], title.en]),
      )
      const meant = productLines.find(({ title }) => title.en === near || title['zh-CN'] === near)
      report(problems.unknownHeading(row.place('item'), item, meant && bilingual(meant.title)))
    }
  }
  const head = { sheet: sheet.name, row: table?.headingRow ?? 0, column: 0 }
  for (const { key, title, needed } of productLines) {
    const row = lines.get(key)
    if (needed && !row) report(problems.missingColumn(head, bilingual(title)))
    else if (needed && !row!.has('value')) report(problems.empty(row!.place('value'), bilingual(title)))
  }
  const text = (key: string) => lines.get(key)?.text('value')
  const both = (key: string) => {
    const row = lines.get(key)
    const [zh, en] = [row?.text('value'), row?.text('en')]
    return zh === undefined && en === undefined ? undefined : { 'zh-CN': zh ?? en!, en: en ?? zh! }
  }
  for (const { key, localized } of productLines) {
    const row = lines.get(key)
    if (row && !localized && row.has('en'))
      report(problems.notUsed(row.place('en'), row.text('en') ?? '', bilingual(form.columns[2]!.title), key))
  }
  const percentRow = lines.get('tax/percent')
  const percent = percentRow?.percent('value')
  const taxName = both('tax/name')
  if (percent !== undefined && taxName === undefined)
    report(
      problems.empty(
        lines.get('tax/name')?.place('value') ?? percentRow!.place('value'),
        bilingual(productLines.find(({ key }) => key === 'tax/name')!.title),
      ),
    )
  if (taxName !== undefined && percent === undefined && !percentRow?.has('value'))
    report(
      problems.empty(
        (percentRow ?? lines.get('tax/name')!).place('value'),
        bilingual(productLines.find(({ key }) => key === 'tax/percent')!.title),
      ),
    )
  const product = {
    format: 'fettle-model/1' as const,
    id: text('id') ?? '—',
    version: text('version') ?? '—',
    name: both('name') ?? { 'zh-CN': '—', en: '—' },
    ...present({
      description: both('description'),
      untranslated: lines.get('untranslated')?.yesNo('value'),
      tax: taxName && { name: taxName, percent: percent ?? 0 },
      typeCode: text('typeCode'),
    }),
    currency: text('currency')?.toUpperCase() ?? 'CNY',
  } satisfies ProductPart
  const origin = (steps: readonly string[]) => {
    const row = lines.get(steps.slice(0, 2).join('/')) ?? lines.get(steps[0] ?? '')
    return row ? row.place(steps.at(-1) === 'en' ? 'en' : 'value') : head
  }
  return { product, origin }
}
