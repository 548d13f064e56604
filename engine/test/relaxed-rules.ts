import { type CheckedRule, counts } from '../src/check.ts'
import { evaluateLogic } from '../src/formula/evaluate.ts'
import type { Cell, Selection, TableConstraint } from '../src/model.ts'
import { type ModelIndex, optionsOf } from '../src/model-index.ts'
import type { Rulebook } from '../src/rules.ts'
import { allRules } from './oracle.ts'

/**
 * The rules as an explanation argues from them, where other rules may be broken: a group's maximum also where it does not count,
 * and a table in which every chosen option of a choose-one column needs a row, though several may be chosen.
 */
export function relaxedRules(rulebook: Rulebook): CheckedRule[] {
  const { index, rules } = rulebook
  return allRules(rulebook).map(rule => {
    const group = rule.ref.kind === 'group' ? index.groups.get(rule.ref.id) : undefined
    if (group?.kind === 'choose-one' || group?.kind === 'choose-some') {
      const all = group.options.length
      const [min, max] = group.kind === 'choose-one' ? [group.optional ? 0 : 1, 1] : [group.min ?? 0, group.max ?? all]
      return {
        ...rule,
        holds: selection => {
          const chosen = chosenIn(index, group.id, selection).length
          return chosen <= max && (chosen >= min || !counts(group, selection))
        },
      }
    }
    const constraint = rules.constraints.find(one => rule.ref.kind === 'constraint' && one.rule.id === rule.ref.id)
    if (constraint?.kind !== 'table') return rule
    const { when } = constraint
    return {
      ...rule,
      holds: selection => (when && !evaluateLogic(when, selection)) || tableHolds(constraint.rule, index, selection),
    }
  })
}

/** As an explanation reads a table, where several options of a choose-one column may be chosen. */
export function tableHolds(table: TableConstraint, index: ModelIndex, selection: Selection): boolean {
  const values = table.columns.map(id => valuesOf(id, index, selection))
  if (values.some(list => list.length === 0)) return true
  const rows = table.rows.filter(row => row.every((cell, i) => values[i]!.some(value => matches(cell, value))))
  if (table.mode === 'forbidden') return rows.length === 0
  return (
    rows.length > 0 &&
    table.columns.every(
      (id, i) =>
        index.groups.get(id)?.kind !== 'choose-one' || values[i]!.every(value => rows.some(row => matches(row[i]!, value))),
    )
  )
}

/** What stands in a column: every chosen option, the number, or whether the option is chosen. */
export function valuesOf(id: string, index: ModelIndex, selection: Selection): (string | number | boolean)[] {
  const group = index.groups.get(id)
  if (!group) return [id in selection.options]
  if (group.kind === 'number') return id in selection.numbers ? [selection.numbers[id]!] : []
  return chosenIn(index, id, selection)
}

function chosenIn(index: ModelIndex, group: string, { options }: Selection): string[] {
  return optionsOf(index.groups.get(group)!)
    .map(({ id }) => id)
    .filter(id => id in options)
}

function matches(cell: Cell, value: string | number | boolean): boolean {
  if (cell === '*' || cell === value) return true
  if (Array.isArray(cell)) return cell.includes(value as string | number)
  if (typeof cell !== 'object' || typeof value !== 'number') return false
  return value >= (cell.min ?? value) && value <= (cell.max ?? value)
}
