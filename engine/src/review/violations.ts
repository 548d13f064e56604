import type { Arithmetic } from '../formula/ast.ts'
import type { Names } from '../linear-form.ts'
import { type FormulaLowering, lowerFormulas } from '../lower-formula.ts'
import { columnsOf, lowerTable } from '../lower-table.ts'
import type { Carrier, ModelIndex } from '../model-index.ts'
import type { ConstraintRule } from '../rules.ts'
import { buildProblem, type Constraint, FALSE, negate, type Problem, type ProblemBuilder, TRUE } from '../solver/problem.ts'

/**
 * A literal that holds only where the constraint is broken, whatever else holds. Undefined where that cannot be said exactly:
 * its sums would leave 2^53.
 */
export function violationOf(
  builder: ProblemBuilder,
  index: ModelIndex,
  names: Names,
  constraint: ConstraintRule,
): number | undefined {
  let exact = true
  const formulas = lowerFormulas(builder, names, -1, () => {
    exact = false
  })
  const broken = builder.literal()
  const unless = [negate(broken)]
  if (constraint.when) formulas.require(unless, constraint.when)
  requireBroken(builder, index, names, formulas, constraint, unless)
  return exact ? broken : undefined
}

function requireBroken(
  builder: ProblemBuilder,
  index: ModelIndex,
  names: Names,
  formulas: FormulaLowering,
  constraint: ConstraintRule,
  unless: number[],
): void {
  switch (constraint.kind) {
    case 'requires':
      formulas.require(unless, constraint.premise)
      formulas.require(unless, constraint.conclusion, false)
      return
    case 'formula':
      formulas.require(unless, constraint.formula, false)
      return
    case 'excludes': {
      const count: Arithmetic = { op: 'count', options: [...new Set(constraint.rule.options)] }
      formulas.require(unless, { op: '>=', left: count, right: { op: 'literal', value: 2 } })
      return
    }
    case 'clause': {
      const { chosen = [], not = [] } = constraint.rule
      for (const id of chosen) builder.clause(-1, [...unless, negate(names.option(id))])
      for (const id of not) builder.clause(-1, [...unless, names.option(id)])
      return
    }
    case 'capacity': {
      const { interface: id } = constraint.rule
      const sum = (carriers: readonly Carrier[] = [], of: { offered: string } | { taken: string }): Arithmetic => ({
        op: 'sum',
        terms: carriers.map(({ option, value }) => ({ factor: value, option })),
        of,
      })
      const taken = sum(index.takes.get(id), { taken: id })
      formulas.require(unless, { op: '>', left: taken, right: sum(index.offers.get(id), { offered: id }) })
      return
    }
    case 'table': {
      // every column has a value, so the table speaks, and its opposite holds
      const { rule } = constraint
      const columns = columnsOf(rule, index, names.option, names.number, () => FALSE)
      for (const column of columns) {
        if (column.kind === 'choice') builder.clause(-1, [...unless, ...column.options.values()])
        if (column.kind === 'number') builder.clause(-1, [...unless, column.scale.literal])
      }
      lowerTable(builder, -1, { ...rule, mode: rule.mode === 'forbidden' ? 'allowed' : 'forbidden' }, columns, unless)
      return
    }
    default:
      constraint satisfies never
  }
}

/**
 * The problem in which constraints may be off: `off` gives by rule number the literal that takes its rule out of force. At most one of
 * each block may hold, so that asking about one of them costs little while those of the other blocks are assumed to fail.
 */
export function switchable(from: Problem, off: ReadonlyMap<number, number>): { problem: Problem; blocks: number[][] } {
  const builder = buildProblem({ ...from, constraints: [] })
  for (const constraint of from.constraints) {
    const literal = off.get(constraint.rule)
    if (literal === undefined) builder.add(constraint)
    else unlessOff(builder, constraint, literal)
  }
  const all = [...off.values()]
  const size = Math.max(64, Math.ceil(Math.sqrt(all.length)))
  const blocks: number[][] = []
  for (let start = 0; start < all.length; start += size) {
    const literals = all.slice(start, start + size)
    builder.add({ kind: 'at-most-one', rule: -1, literals })
    blocks.push(literals)
  }
  return { problem: builder.problem, blocks }
}

function unlessOff(builder: ProblemBuilder, constraint: Constraint, off: number): void {
  const { rule } = constraint
  switch (constraint.kind) {
    case 'clause':
      builder.add({ kind: 'clause', rule, literals: [...constraint.literals, off] })
      return
    case 'at-most-one': {
      const { literals } = constraint
      const weights = literals.map(() => 1)
      builder.add({ kind: 'linear', rule, guard: negate(off), literals, weights, integers: [], factors: [], limit: 1 })
      return
    }
    case 'linear':
    case 'comparison':
      builder.add({ ...constraint, guard: guardUnless(builder, constraint.guard, off) })
      return
    default:
      constraint satisfies never
  }
}

/** A literal that must hold where the guard does, unless the rule is off. */
function guardUnless(builder: ProblemBuilder, guard: number, off: number): number {
  if (guard === TRUE) return negate(off)
  const literal = builder.literal()
  builder.clause(-1, [literal, negate(guard), off])
  return literal
}
