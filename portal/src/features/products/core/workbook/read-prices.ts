import { nearest, type PriceRule } from '@fettle/engine'
import { choiceText, formOf, priceKinds, t, tierModes } from './form.ts'
import * as problems from './problems.ts'
import { type ReadGroups, tableOf } from './read-groups.ts'
import type { Row, Table } from './read-table.ts'
import { idKeeper, keepOrigin, money, present, type Reading } from './reading.ts'
import { plain } from './values.ts'

const base = ['id', 'kind', 'name/zh-CN', 'name/en', 'when']
const used: Record<PriceRule['kind'], readonly string[]> = {
  base: [...base, 'amount'],
  options: base,
  quantity: [...base, 'of', 'amount'],
  formula: [...base, 'formula'],
  tier: [...base, 'of', 'mode', 'upTo', 'amount'],
  bundle: [...base, 'amount'],
  surcharge: [...base, 'percent', 'of'],
  'on-request': base,
}

type OptionPrices = Extract<PriceRule, { kind: 'options' }>

/** Price rules in their order, with the price columns of the sheet of options. */
export function readPrices(reading: Reading, { optionTable, optionRows }: ReadGroups): PriceRule[] {
  const table = tableOf(reading, 'prices')
  const rules: PriceRule[] = []
  const unique = idKeeper(reading.report)
  for (const row of table?.rows ?? []) {
    const last = rules.at(-1)
    const kind = continues(row, last) ? 'tier' : row.neededChoice<PriceRule['kind']>('kind', priceKinds)
    if (kind === undefined) continue
    row.unused(choiceText(priceKinds.find(({ value }) => value === kind)!), formOf('prices').columns, used[kind])
    if (last?.kind === 'tier' && continues(row, last)) {
      last.tiers.push(tierOf(reading, row, table!))
      continue
    }
    const id = unique(row.needed('id'), row.place('id'))
    rules.push(keepOrigin(reading, ruleOf(reading, row, table!, kind, id), row, table!, 'prices'))
  }
  return optionTable ? withOptionPrices(reading, rules, optionTable, optionRows) : rules
}

/** A further tier of the rule above. */
function continues(row: Row, last: PriceRule | undefined): boolean {
  if (last?.kind !== 'tier') return false
  const id = row.text('id')
  return (id === undefined || id === last.id) && (!row.has('kind') || row.choice('kind', priceKinds) === 'tier')
}

function ruleOf(reading: Reading, row: Row, table: Table, kind: PriceRule['kind'], id: string): PriceRule {
  const common = { id, ...present({ name: row.localized('name'), when: row.formula('when') }) }
  const amount = () => {
    if (!row.has('amount')) row.neededNumber('amount')
    return money(reading, row, 'amount') ?? 0
  }
  switch (kind) {
    case 'base':
      return { ...common, kind, amount: amount() }
    case 'options':
      return { ...common, kind, amounts: {} }
    case 'quantity':
      return { ...common, kind, of: row.needed('of'), amount: amount() }
    case 'formula':
      return { ...common, kind, formula: row.needed('formula', 'formula') }
    case 'tier':
      return {
        ...common,
        kind,
        of: row.needed('of'),
        mode: row.neededChoice<'each' | 'flat'>('mode', tierModes) ?? 'each',
        tiers: [tierOf(reading, row, table)],
      }
    case 'bundle':
      if (common.when === undefined) row.needed('when', 'formula')
      return { ...common, kind, amount: amount() }
    case 'surcharge':
      return { ...common, kind, percent: row.neededPercent('percent'), ...present({ of: row.list('of') }) }
    case 'on-request':
      return { ...common, kind }
  }
}

function tierOf(reading: Reading, row: Row, table: Table): { upTo?: number; amount: number } {
  if (!row.has('amount')) row.neededNumber('amount')
  const tier = { ...present({ upTo: row.number('upTo') }), amount: money(reading, row, 'amount') ?? 0 }
  return keepOrigin(reading, tier, row, table, 'prices')
}

/** Each price column belongs to a rule of kind "options"; the one without an id to the first, which need not have a row of its own. */
function withOptionPrices(reading: Reading, rules: PriceRule[], table: Table, optionRows: ReadGroups['optionRows']): PriceRule[] {
  const lists = rules.filter((rule): rule is OptionPrices => rule.kind === 'options')
  let all = rules
  for (const [key, column] of table.columns) {
    if (!key.startsWith('amounts/')) continue
    const id = key.slice('amounts/'.length)
    let list = id === '' ? lists[0] : lists.find(one => one.id === id)
    if (!list && id === '') {
      list = { id: freeId(rules, 'options'), kind: 'options', name: t('选项', 'Options'), amounts: {} }
      if (optionRows.size > 0) all = [list, ...all]
    }
    if (!list) {
      const place = { sheet: table.name, row: table.headingRow, column }
      reading.report(
        problems.unknownId(
          place,
          id,
          t('选项价规则', 'price rule of kind options'),
          nearest(
            id,
            lists.map(one => one.id),
          ),
        ),
      )
      continue
    }
    for (const [option, row] of optionRows) {
      const amount = priceOf(reading, row, key)
      if (amount !== undefined) list.amounts[option] = amount
    }
    reading.origins.set(
      list.amounts,
      ([option = '']) => optionRows.get(option)?.place(key) ?? { sheet: table.name, row: table.headingRow, column },
    )
  }
  return all
}

const asked = new Set(['面议', 'on request', '面议 on request', '询价', '议价', 'por'])

/** null: on request. */
function priceOf(reading: Reading, row: Row, key: string): number | null | undefined {
  if (!row.has(key)) return undefined
  const cell = row.raw(key)
  return typeof cell === 'string' && asked.has(plain(cell)) ? null : money(reading, row, key)
}

function freeId(rules: readonly PriceRule[], wished: string): string {
  let id = wished
  for (let count = 2; rules.some(rule => rule.id === id); count++) id = `${wished}_${count}`
  return id
}
