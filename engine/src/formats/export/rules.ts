import type { Arithmetic, Logic } from '../../formula/ast.ts'
import type { Cell, TableConstraint } from '../../model.ts'
import { type ModelIndex, optionsOf } from '../../model-index.ts'
import type { ConstraintRule, Rulebook } from '../../rules.ts'
import { always, and, chosen, implies, never, not, or } from './simplify.ts'

/** A constraint of any kind as one formula. */
export interface RuleAsLogic {
  id: string
  /** JSON pointer of the constraint */
  path: string
  logic: Logic
}

export type Comparison = Extract<Logic, { left: Arithmetic }>

export function rulesAsLogic({ index, rules }: Rulebook): RuleAsLogic[] {
  return rules.constraints.map((constraint, place) => ({
    id: constraint.rule.id,
    path: `/constraints/${place}`,
    logic: implies(constraint.when ?? always, demanded(constraint, index)),
  }))
}

function demanded(constraint: ConstraintRule, index: ModelIndex): Logic {
  switch (constraint.kind) {
    case 'requires':
      return implies(constraint.premise, constraint.conclusion)
    case 'formula':
      return constraint.formula
    case 'clause': {
      const { chosen: positive = [], not: negative = [] } = constraint.rule
      return or([...positive.map(chosen), ...negative.map(id => not(chosen(id)))])
    }
    case 'excludes':
      return atMost([...new Set(constraint.rule.options)], 1)
    case 'table':
      return tableAsLogic(constraint.rule, index)
    case 'capacity': {
      const { interface: id } = constraint.rule
      const total = (carriers: readonly { option: string; value: number }[] = []): Arithmetic => ({
        op: 'sum',
        terms: carriers.map(({ option, value }) => ({ option, factor: value })),
        of: { taken: id },
      })
      return { op: '<=', left: total(index.takes.get(id)), right: total(index.offers.get(id)) }
    }
  }
}

export function atMost(options: string[], most: number): Logic {
  return most >= options.length ? always : { op: '<=', left: { op: 'count', options }, right: { op: 'literal', value: most } }
}

export function atLeast(options: string[], least: number): Logic {
  if (least <= 0) return always
  if (least === 1) return or(options.map(chosen))
  if (least === options.length) return and(options.map(chosen))
  return { op: '>=', left: { op: 'count', options }, right: { op: 'literal', value: least } }
}

/** The options of which a comparison demands that at most one is chosen. */
export function exclusive(comparison: Logic): string[] | undefined {
  if (comparison.op !== '<=' || comparison.left.op !== 'count' || comparison.right.op !== 'literal') return undefined
  return comparison.right.value === 1 ? comparison.left.options : undefined
}

/** Where every column has a value: one row matches, or none may. */
function tableAsLogic(table: TableConstraint, index: ModelIndex): Logic {
  const speaks = and(table.columns.map(column => hasValue(column, index)))
  const rows = table.rows.map(row => and(row.map((cell, i) => cellHolds(table.columns[i]!, cell, index))))
  return implies(speaks, table.mode === 'forbidden' ? and(rows.map(not)) : or(rows))
}

function hasValue(column: string, index: ModelIndex): Logic {
  const group = index.groups.get(column)
  if (!group) return always
  if (group.kind === 'number') return group.parent === undefined ? always : chosen(group.parent)
  const certain = group.kind === 'choose-one' && !group.optional && group.parent === undefined
  return certain ? always : or(optionsOf(group).map(({ id }) => chosen(id)))
}

function cellHolds(column: string, cell: Cell, index: ModelIndex): Logic {
  if (cell === '*') return always
  if (Array.isArray(cell)) return or(cell.map(one => cellHolds(column, one, index)))
  const group = index.groups.get(column)
  if (!group) return cell === true ? chosen(column) : not(chosen(column))
  if (group.kind !== 'number') return typeof cell === 'string' ? chosen(cell) : never
  const compare = (op: '==' | '>=' | '<=', value: number): Logic => ({
    op,
    left: { op: 'number', group: column },
    right: { op: 'literal', value },
  })
  if (typeof cell === 'number') return compare('==', cell)
  if (typeof cell !== 'object') return never
  return and([
    ...(cell.min === undefined ? [] : [compare('>=', cell.min)]),
    ...(cell.max === undefined ? [] : [compare('<=', cell.max)]),
  ])
}
