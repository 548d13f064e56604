import { readXlsx } from 'hucre/xlsx'

/** What the exported product form says about figures, as plain texts and numbers of its cells. */
export interface ExportedForm {
  /** digits of the currency after the point */
  digits: number
  taxPercent: number | undefined
  options: FormOption[]
  /** options by group, in the order of their rows */
  groups: ReadonlyMap<string, readonly string[]>
  numbers: ReadonlySet<string>
  prices: FormPrice[]
  parts: { part: string; unit: string; quantity: string; when: string }[]
  spec: { id: string; formula: string; group: string; decimals: number | undefined; when: string }[]
}

export interface FormOption {
  id: string
  part: string
  /** number by the first line of a heading: "属性 power", "提供 slot", "占用 slot", "价格" */
  values: ReadonlyMap<string, number>
  /** price columns that say "on request" */
  asked: ReadonlySet<string>
}

export interface FormPrice {
  id: string
  kind: string
  when: string
  /** major units, as the cell has it */
  amount: number | undefined
  of: string[]
  mode: string
  formula: string
  percent: number | undefined
  /** of a price by tiers, first tier first */
  tiers: { upTo: number | undefined; amount: number }[]
  /** heading of its column in the sheet of options */
  column: string
}

type Cell = string | number | boolean | Date | null | undefined
type Line = (heading: string) => Cell

/** Reads the cells of an exported workbook. Throws where a sheet or a cell is not as the exporter writes it. */
export async function readExportedForm(bytes: Uint8Array): Promise<ExportedForm> {
  const { sheets } = await readXlsx(bytes)
  const rowsOf = (name: string) => sheets.find(sheet => sheet.name.split(' ')[0] === name)?.rows ?? []
  const table = (name: string) => linesOf(rowsOf(name))
  const product = new Map(rowsOf('产品').map(([item, content]) => [wordsIn(item).split(' ')[0], content]))
  const groups = new Map<string, string[]>()
  const options = table('选项').map(line => {
    const id = wordsIn(line('标识'))
    const group = wordsIn(line('组'))
    groups.set(group, [...(groups.get(group) ?? []), id])
    return { id, part: wordsIn(line('物料号')), ...carriedBy(line, headingsOf(rowsOf('选项'))) }
  })
  return {
    digits: new Intl.NumberFormat('en', { style: 'currency', currency: String(product.get('货币')) }).resolvedOptions()
      .maximumFractionDigits!,
    taxPercent: numberIn(product.get('税率')),
    options,
    groups,
    numbers: new Set(table('组').flatMap(line => (wordsIn(line('类型')).endsWith(' number') ? [wordsIn(line('标识'))] : []))),
    prices: pricesOf(table('价格'), headingsOf(rowsOf('选项'))),
    parts: table('物料').map(line => ({
      part: wordsIn(line('物料号')),
      unit: wordsIn(line('单位')),
      quantity: wordsIn(line('数量')),
      when: wordsIn(line('条件')),
    })),
    spec: table('规格').map(line => ({
      id: wordsIn(line('标识')),
      formula: wordsIn(line('公式')),
      group: wordsIn(line('组')),
      decimals: numberIn(line('小数位')),
      when: wordsIn(line('条件')),
    })),
  }
}

const headingsOf = ([head = []]: readonly (readonly Cell[])[]) => head.map(cell => String(cell ?? '').split('\n')[0]!)

/** The rows below the headings and the row that explains them. */
function linesOf(rows: readonly (readonly Cell[])[]): Line[] {
  const headings = headingsOf(rows)
  return rows
    .slice(2)
    .filter(row => row.some(cell => cell !== null && cell !== undefined && cell !== ''))
    .map(row => heading => row[headings.indexOf(heading)])
}

function carriedBy(line: Line, headings: readonly string[]): Pick<FormOption, 'values' | 'asked'> {
  const values = new Map<string, number>()
  const asked = new Set<string>()
  for (const heading of headings.filter(one => /^(属性|提供|占用|价格)( |$)/.test(one))) {
    const cell = line(heading)
    if (typeof cell === 'string' && cell.startsWith('面议')) asked.add(heading)
    else {
      const value = numberIn(cell)
      if (value !== undefined) values.set(heading, value)
    }
  }
  return { values, asked }
}

/** Further tiers stand in rows with the id of the first one, or without. */
function pricesOf(lines: readonly Line[], optionHeadings: readonly string[]): FormPrice[] {
  const prices: FormPrice[] = []
  for (const line of lines) {
    const id = wordsIn(line('标识'))
    const amount = numberIn(line('金额'))
    const tier = { upTo: numberIn(line('至')), amount: amount ?? 0 }
    if (id === '' || id === prices.at(-1)?.id) {
      prices.at(-1)!.tiers.push(tier)
      continue
    }
    prices.push({
      id,
      kind: wordsIn(line('类型')).split(' ').at(-1)!,
      when: wordsIn(line('条件')),
      amount,
      of: wordsIn(line('对象')).split(/\s+/).filter(Boolean),
      mode: wordsIn(line('方式')).split(' ').at(-1)!,
      formula: wordsIn(line('公式')),
      percent: numberIn(line('百分比')),
      tiers: [tier],
      column: optionHeadings.includes(`价格 ${id}`) ? `价格 ${id}` : '价格',
    })
  }
  return prices
}

function wordsIn(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell).trim()
  // awkward texts stand in quotes; the demo models have none, and guessing would be no check
  if (/^".*"$/s.test(text)) throw new Error(`The recomputation does not read quoted texts: ${text}`)
  return text
}

function numberIn(cell: Cell): number | undefined {
  if (cell === null || cell === undefined || cell === '') return undefined
  if (typeof cell !== 'number') throw new Error(`A number is expected, not ${String(cell)}`)
  return cell
}
