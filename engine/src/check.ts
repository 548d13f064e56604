import type { Check, ModelError, RuleRef } from './api.ts'
import { add, compare, exact, multiply, unscaled, zero } from './decimal.ts'
import { offGrid, outOfRange, pointer, text, unknownReference, wrongType } from './errors.ts'
import { evaluateLogic, isChosen, pieces } from './formula/evaluate.ts'
import type { Cell, Group, Selection, TableConstraint } from './model.ts'
import { type Carrier, type Grid, type ModelIndex, onGrid, optionsOf, quantityGrid } from './model-index.ts'
import { nearest } from './nearest.ts'
import type { ConstraintRule, Rulebook } from './rules.ts'

/**
 * Whether a selection is complete and valid, by evaluating every rule directly: no solver, nothing remembered.
 * Also for selections from outside: unknown names and values off the grid are reported, never thrown.
 */
export function check(rulebook: Rulebook, selection: Selection): Check {
  const errors = selectionErrors(rulebook.index, selection)
  const readable: Selection = { options: finite(selection.options), numbers: finite(selection.numbers) }
  const broken = [...structure(rulebook.index), ...constraints(rulebook)].filter(rule => !rule.holds(readable))
  const violations = broken.map(({ ref }) => ref)
  return { valid: errors.length === 0 && violations.length === 0, violations, errors }
}

/** A rule that a selection keeps or breaks. */
export interface CheckedRule {
  ref: RuleRef
  holds: (selection: Selection) => boolean
}

/** What the groups themselves demand. */
export function structure(index: ModelIndex): CheckedRule[] {
  return index.model.groups.flatMap((group): CheckedRule[] => {
    const own: CheckedRule = {
      ref: { kind: group.kind === 'number' ? 'number' : 'group', id: group.id },
      holds: s => !counts(group, s) || filled(group, index, s),
    }
    if (group.parent === undefined) return [own]
    return [{ ref: { kind: 'parent', id: group.id }, holds: s => counts(group, s) || isEmpty(group, s) }, own]
  })
}

/** What the constraints of the model demand. */
export function constraints({ index, rules }: Rulebook): CheckedRule[] {
  return rules.constraints.map(constraint => {
    const { id, message } = constraint.rule
    return {
      ref: { kind: 'constraint', id, ...(message && { message }) },
      holds: selection =>
        (constraint.when !== undefined && !evaluateLogic(constraint.when, selection)) || satisfied(constraint, index, selection),
    }
  })
}

/** A group counts while it is a root, or the option it belongs to is chosen. */
export function counts(group: Group, selection: Selection): boolean {
  return group.parent === undefined || isChosen(selection, group.parent)
}

function isEmpty(group: Group, selection: Selection): boolean {
  return group.kind === 'number' ? !Object.hasOwn(selection.numbers, group.id) : chosenIn(group, selection).length === 0
}

function filled(group: Group, index: ModelIndex, selection: Selection): boolean {
  const chosen = chosenIn(group, selection).length
  switch (group.kind) {
    case 'choose-one':
      return chosen === 1 || (chosen === 0 && group.optional === true)
    case 'choose-some':
      return chosen >= (group.min ?? 0) && chosen <= (group.max ?? group.options.length)
    case 'yes-no':
      return true
    case 'number':
      return Object.hasOwn(selection.numbers, group.id) && onGrid(index.grids.get(group.id)!, selection.numbers[group.id]!)
  }
}

function satisfied(constraint: ConstraintRule, index: ModelIndex, selection: Selection): boolean {
  switch (constraint.kind) {
    case 'requires':
      return !evaluateLogic(constraint.premise, selection) || evaluateLogic(constraint.conclusion, selection)
    case 'formula':
      return evaluateLogic(constraint.formula, selection)
    case 'excludes':
      return new Set(constraint.rule.options.filter(option => isChosen(selection, option))).size <= 1
    case 'clause': {
      const { chosen = [], not = [] } = constraint.rule
      return chosen.some(option => isChosen(selection, option)) || not.some(option => !isChosen(selection, option))
    }
    case 'table':
      return tableAllows(constraint.rule, index, selection)
    case 'capacity': {
      const { interface: id } = constraint.rule
      return compare(total(index.takes.get(id), selection), total(index.offers.get(id), selection)) <= 0
    }
  }
}

function total(carriers: readonly Carrier[] | undefined, selection: Selection) {
  return (carriers ?? []).reduce(
    (sum, { option, value }) => add(sum, multiply(exact(value), exact(pieces(selection, option)))),
    zero,
  )
}

function tableAllows(table: TableConstraint, index: ModelIndex, selection: Selection): boolean {
  const values = table.columns.map(column => columnValue(column, index, selection))
  if (values.includes(undefined)) return true
  const matches = table.rows.some(row => row.every((cell, i) => cellMatches(cell, values[i]!)))
  return table.mode === 'forbidden' ? !matches : matches
}

/** The chosen option, the number, or whether the option is chosen; undefined while the column has no value. */
function columnValue(column: string, index: ModelIndex, selection: Selection): string | number | boolean | undefined {
  if (index.options.has(column)) return isChosen(selection, column)
  const group = index.groups.get(column)!
  if (group.kind === 'number') return Object.hasOwn(selection.numbers, column) ? selection.numbers[column] : undefined
  return chosenIn(group, selection)[0]
}

function cellMatches(cell: Cell, value: string | number | boolean): boolean {
  if (cell === '*') return true
  if (Array.isArray(cell)) return cell.some(one => one === value)
  if (typeof cell === 'object') {
    return (
      typeof value === 'number' && (cell.min === undefined || value >= cell.min) && (cell.max === undefined || value <= cell.max)
    )
  }
  return cell === value
}

function chosenIn(group: Group, selection: Selection): string[] {
  return optionsOf(group)
    .map(({ id }) => id)
    .filter(id => isChosen(selection, id))
}

function finite(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
}

function selectionErrors(index: ModelIndex, selection: Selection): ModelError[] {
  const errors: ModelError[] = []
  for (const [id, count] of Object.entries(selection.options)) {
    const entry = index.options.get(id)
    const place = { path: pointer('options', id) }
    if (entry) errors.push(...gridError(place, count, quantityGrid(entry.option)))
    else errors.push(unknownReference(place, 'option', id, nearest(id, index.options.keys())))
  }
  for (const [id, value] of Object.entries(selection.numbers)) {
    const grid = index.grids.get(id)
    const place = { path: pointer('numbers', id) }
    if (grid) errors.push(...gridError(place, value, grid))
    else errors.push(unknownReference(place, 'number group', id, nearest(id, index.grids.keys())))
  }
  return errors
}

/** What is wrong with a value that shall lie on a grid; nothing if it does. */
export function gridError(place: { path: string; rule?: string }, value: number, grid: Grid): ModelError[] {
  if (onGrid(grid, value)) return []
  if (!Number.isFinite(value)) return [wrongType(place, value, text('数字', 'a number'))]
  const min = unscaled(grid.min, grid.decimals)
  const max = unscaled(grid.max, grid.decimals)
  if (!(value >= min && value <= max)) return [outOfRange(place, value, min, max)]
  return [offGrid(place, value, min, max, unscaled(grid.step, grid.decimals))]
}
