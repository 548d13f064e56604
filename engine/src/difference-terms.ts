import { placeOfValue } from './grid.ts'
import type { Scale } from './linear-form.ts'
import type { Lowered } from './lower.ts'
import type { Selection } from './model.ts'
import { onGrid } from './model-index.ts'
import { negate, type ProblemBuilder, TRUE } from './solver/problem.ts'
import type { Term } from './solver/propagators/objective.ts'

/**
 * In how many options, quantities and numbers a selection differs from `to`, as terms of an objective.
 * What `to` names and the model does not have always differs.
 */
export function differenceTerms(builder: ProblemBuilder, { options, numbers }: Lowered, to: Selection): Term[] {
  const terms: Term[] = []
  const differs = (literal: number) => terms.push({ kind: 'weight', literal, weight: 1 })

  for (const { id, literal, pieces } of options.values()) {
    const former = Object.hasOwn(to.options, id) ? to.options[id] : undefined
    if (former === undefined) differs(literal)
    else if (pieces) differs(elsewhere(builder, pieces, former))
    else differs(former === 1 ? negate(literal) : TRUE)
  }
  for (const [id, scale] of numbers) {
    const former = Object.hasOwn(to.numbers, id) ? to.numbers[id] : undefined
    differs(former === undefined ? scale.literal : elsewhere(builder, scale, former))
  }
  const unknown = [
    ...Object.keys(to.options).filter(id => !options.has(id)),
    ...Object.keys(to.numbers).filter(id => !numbers.has(id)),
  ]
  if (unknown.length > 0) terms.push({ kind: 'weight', literal: TRUE, weight: unknown.length })
  return terms
}

/** A literal that holds where the number has another value, or none. */
function elsewhere(builder: ProblemBuilder, { literal, grid, integer }: Scale, value: number): number {
  if (!onGrid(grid, value)) return TRUE
  const place = placeOfValue(grid, value)
  const other = builder.literal()
  for (const needed of [literal, builder.atMost(integer, place), negate(builder.atMost(integer, place - 1))]) {
    builder.clause(-1, [other, needed])
  }
  return other
}
