import { type Attribute, type Group, type Interface, nearest, type Option } from '@fettle/engine'
import { type Carrying, formOf, groupKinds, type SheetKey, t, visibilities } from './form.ts'
import * as problems from './problems.ts'
import { type Row, readTable, type Table } from './read-table.ts'
import { idKeeper, keepOrigin, present, type Reading } from './reading.ts'
import { plain } from './values.ts'

/** The rows of one of the simple sheets; none where the workbook has no such sheet. */
export function tableOf(
  reading: Reading,
  key: SheetKey,
  ...more: [] | [readonly Carrying[], ReadonlyMap<string, string>]
): Table | undefined {
  const sheet = reading.sheets.get(key)?.[0]
  if (!sheet) return undefined
  const reached = (at: number) => reading.reached(key, at + 1, sheet.rows.length)
  return readTable(formOf(key), sheet, reading.report, more[0], more[1] ? { attributes: more[1] } : {}, reached)
}

export function readAttributes(reading: Reading): Attribute[] {
  const table = tableOf(reading, 'attributes')
  const unique = idKeeper(reading.report)
  return (table?.rows ?? []).map(row =>
    keepOrigin(
      reading,
      {
        id: unique(row.needed('id'), row.place('id')),
        name: row.neededLocalized('name'),
        ...present({ unit: row.text('unit'), decimals: row.number('decimals') }),
      },
      row,
      table!,
      'attributes',
    ),
  )
}

export function readInterfaces(reading: Reading): Interface[] {
  const table = tableOf(reading, 'interfaces')
  const unique = idKeeper(reading.report)
  return (table?.rows ?? []).map(row =>
    keepOrigin(
      reading,
      { id: unique(row.needed('id'), row.place('id')), name: row.neededLocalized('name') },
      row,
      table!,
      'interfaces',
    ),
  )
}

export interface ReadGroups {
  groups: Group[]
  /** for the price columns */
  optionTable: Table | undefined
  /** row of each option by its id */
  optionRows: ReadonlyMap<string, Row>
}

/** Groups with their options: two sheets, brought together by the id of the group. */
export function readGroups(reading: Reading, attributes: readonly Attribute[], interfaces: readonly Interface[]): ReadGroups {
  const unique = idKeeper(reading.report)
  const table = tableOf(reading, 'groups')
  const heads = (table?.rows ?? []).map(row => ({ row, id: unique(row.needed('id'), row.place('id')) }))
  const { optionTable, byGroup, optionRows } = readOptions(
    reading,
    attributes,
    interfaces,
    new Map(heads.map(({ id, row }) => [id, row])),
    unique,
  )
  const groups = heads.map(({ row, id }) => {
    const rows = byGroup.get(id) ?? []
    byGroup.delete(id)
    return keepOrigin(reading, groupOf(row, id, rows), row, table!, 'groups')
  })
  return { groups, optionTable, optionRows }
}

const base = ['id', 'name/zh-CN', 'name/en', 'kind', 'parent', 'section', 'help/zh-CN', 'help/en']
const used: Record<Group['kind'], readonly string[]> = {
  'choose-one': [...base, 'optional'],
  'choose-some': [...base, 'min', 'max'],
  'yes-no': base,
  number: [...base, 'min', 'max', 'step', 'unit', 'code'],
}

function groupOf(row: Row, id: string, options: Option[]): Group {
  const read = row.neededChoice<Group['kind']>('kind', groupKinds)
  const kind = read ?? (options.length > 0 ? 'choose-one' : 'number')
  if (read !== undefined) {
    row.unused(groupKinds.find(({ value }) => value === kind)!.zh, formOf('groups').columns, used[kind])
    reportCount(row, id, kind, options.length)
  }
  const common = {
    id,
    name: row.neededLocalized('name'),
    ...present({ help: row.localized('help'), parent: row.text('parent'), section: row.text('section') }),
  }
  switch (kind) {
    case 'choose-one':
      return { ...common, kind, ...present({ optional: row.yesNo('optional') }), options }
    case 'choose-some':
      return { ...common, kind, ...present({ min: row.number('min'), max: row.number('max') }), options }
    case 'yes-no':
      return { ...common, kind, option: options[0] ?? { id, name: common.name } }
    case 'number':
      return {
        ...common,
        kind,
        min: read ? row.neededNumber('min') : 0,
        max: read ? row.neededNumber('max') : 0,
        ...present({ step: row.number('step'), unit: row.text('unit'), code: row.text('code') }),
      }
  }
}

function reportCount(row: Row, id: string, kind: Group['kind'], count: number): void {
  const wrong =
    kind === 'number'
      ? count > 0 &&
        t(`数值组“${id}”不能有选项，却有 ${count} 行。`, `The number "${id}" has no options, yet ${count} rows name it.`)
      : kind === 'yes-no'
        ? count !== 1 &&
          t(
            `是否组“${id}”要有正好一个选项，现有 ${count} 个。`,
            `The yes-or-no "${id}" has exactly one option; there are ${count}.`,
          )
        : count === 0 && t(`组“${id}”没有选项。`, `The group "${id}" has no options.`)
  if (wrong) row.report(problems.wrongCount(row.place('id'), id, wrong))
}

type Heads = ReadonlyMap<string, Row>

function readOptions(
  reading: Reading,
  attributes: readonly Attribute[],
  interfaces: readonly Interface[],
  heads: Heads,
  unique: ReturnType<typeof idKeeper>,
) {
  const optionTable = tableOf(reading, 'options', ['attributes', 'offers', 'takes', 'amounts'], attributeNames(attributes))
  const byGroup = new Map<string, Option[]>()
  const optionRows = new Map<string, Row>()
  if (!optionTable) return { optionTable, byGroup, optionRows }
  const carried = carriedColumns(reading, optionTable, attributes, interfaces)
  for (const row of optionTable.rows) {
    const group = row.needed('group')
    const id = unique(row.needed('id'), row.place('id'))
    if (group !== '' && !heads.has(group))
      row.report(problems.unknownId(row.place('group'), group, t('组', 'group'), nearest(group, heads.keys())))
    const option = keepOrigin(reading, optionOf(row, id, carried), row, optionTable, 'options')
    optionRows.set(id, row)
    const list = byGroup.get(group)
    if (list) list.push(option)
    else byGroup.set(group, [option])
  }
  return { optionTable, byGroup, optionRows }
}

type Carried = Record<'attributes' | 'offers' | 'takes', [id: string, key: string][]>

/** The columns whose heading names something that exists; the others are reported once, in their heading. */
function carriedColumns(
  reading: Reading,
  table: Table,
  attributes: readonly Attribute[],
  interfaces: readonly Interface[],
): Carried {
  const known = {
    attributes: attributes.map(({ id }) => id),
    offers: interfaces.map(({ id }) => id),
    takes: interfaces.map(({ id }) => id),
  }
  const columns = (kind: keyof Carried) => {
    const ids = new Set(known[kind])
    const all = [...table.columns].flatMap(([key, column]) =>
      key.startsWith(`${kind}/`) ? [{ id: key.slice(kind.length + 1), key, column }] : [],
    )
    return all.flatMap(({ id, key, column }): [string, string][] => {
      if (ids.has(id)) return [[id, key]]
      const what = kind === 'attributes' ? t('属性', 'attribute') : t('接口', 'interface')
      reading.report(problems.unknownId({ sheet: table.name, row: table.headingRow, column }, id, what, nearest(id, ids)))
      return []
    })
  }
  return { attributes: columns('attributes'), offers: columns('offers'), takes: columns('takes') }
}

function optionOf(row: Row, id: string, carried: Carried): Option {
  const [min, max, step] = ['min', 'max', 'step'].map(key => row.number(`quantity/${key}`))
  const counted = ['min', 'max', 'step'].some(key => row.has(`quantity/${key}`))
  const [image, drawing] = [row.text('media/image'), row.text('media/drawing')]
  return {
    id,
    name: row.neededLocalized('name'),
    ...present({
      use: row.localized('use'),
      attributes: numbersOf(row, carried.attributes),
      offers: numbersOf(row, carried.offers),
      takes: numbersOf(row, carried.takes),
      quantity: counted
        ? { min: min ?? row.neededNumber('quantity/min'), max: max ?? row.neededNumber('quantity/max'), ...present({ step }) }
        : undefined,
      media: image !== undefined || drawing !== undefined ? present({ image, drawing }) : undefined,
      visibility: row.choice<NonNullable<Option['visibility']>>('visibility', visibilities),
      code: row.text('code'),
      part: row.text('part'),
    }),
  }
}

function numbersOf(row: Row, columns: readonly [id: string, key: string][]): Record<string, number> | undefined {
  let found: Record<string, number> | undefined
  for (const [id, key] of columns) {
    if (!row.has(key)) continue
    found ??= {}
    found[id] = row.number(key) ?? 0
  }
  return found
}

/** An attribute's column may be headed by its id or its name alone. */
function attributeNames(attributes: readonly Attribute[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const pick of [(one: Attribute) => one.id, (one: Attribute) => one.name['zh-CN'], (one: Attribute) => one.name.en])
    for (const attribute of attributes)
      if (!names.has(plain(pick(attribute)))) names.set(plain(pick(attribute)), `attributes/${attribute.id}`)
  return names
}
