import { type Constraint, type Group, nearest } from '@fettle/engine'
import { choiceText, formOf, ruleKinds, tableModes } from './form.ts'
import * as problems from './problems.ts'
import { tableOf } from './read-groups.ts'
import type { Row } from './read-table.ts'
import { type ReadMatrix, readTables } from './read-tables.ts'
import { idKeeper, keepOrigin, present, type Reading } from './reading.ts'

const base = ['id', 'kind', 'when', 'message/zh-CN', 'message/en']
/** What the form knows; a clause stands in it as a formula. */
type RuleKind = Exclude<Constraint['kind'], 'clause'>
const used: Record<RuleKind, readonly string[]> = {
  requires: [...base, 'if', 'then'],
  excludes: [...base, 'options'],
  formula: [...base, 'formula'],
  table: [...base, 'mode'],
  capacity: [...base, 'interface'],
}

/** The sheet of rules, with the bodies of the tables from their own sheets. */
export function readRules(reading: Reading, groups: readonly Group[]): Constraint[] {
  const table = tableOf(reading, 'rules')
  const bodies = readTables(reading, groups)
  const unique = idKeeper(reading.report)
  const rules = (table?.rows ?? []).flatMap(row => {
    const id = unique(row.needed('id'), row.place('id'))
    const kind = row.neededChoice<RuleKind>('kind', ruleKinds)
    if (kind === undefined) return []
    row.unused(choiceText(ruleKinds.find(({ value }) => value === kind)!), formOf('rules').columns, used[kind])
    const rule = ruleOf(row, id, kind, bodies)
    return rule ? [keepOrigin(reading, rule, row, table!, 'rules')] : []
  })
  for (const [id, { place }] of bodies) {
    const named = (table?.rows ?? []).some(row => row.text('id') === id)
    if (!named)
      reading.report(
        problems.looseTable(
          place,
          id,
          nearest(
            id,
            rules.flatMap(rule => (rule.kind === 'table' ? [rule.id] : [])),
          ),
        ),
      )
  }
  return rules
}

function ruleOf(row: Row, id: string, kind: RuleKind, bodies: ReadonlyMap<string, ReadMatrix>): Constraint | undefined {
  const common = { id, ...present({ message: row.localized('message'), when: row.formula('when') }) }
  switch (kind) {
    case 'requires':
      return { ...common, kind, if: row.needed('if', 'formula'), then: row.needed('then', 'formula') }
    case 'excludes':
      if (!row.has('options')) row.needed('options')
      return { ...common, kind, options: row.list('options') ?? [] }
    case 'formula':
      return { ...common, kind, formula: row.needed('formula', 'formula') }
    case 'capacity':
      return { ...common, kind, interface: row.needed('interface') }
    case 'table': {
      const body = bodies.get(id)
      if (!body) return row.report(problems.tableWithoutBody(row.place('id'), id))
      const mode = row.choice<'allowed' | 'forbidden'>('mode', tableModes)
      if (body.matrix && mode === 'forbidden') row.report(problems.forbiddenMatrix(row.place('mode')))
      return { ...common, kind, columns: body.columns, rows: body.rows, ...present({ mode }) }
    }
  }
}
