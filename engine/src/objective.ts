import type { Compiled } from './compile.ts'
import { parseArithmetic } from './formula/parse.ts'
import { inIntegers, linearFormOf } from './linear-form.ts'
import type { Objective } from './model.ts'
import { buildProblem, negate, type Problem, TRUE } from './solver/problem.ts'

/** A problem with one more integer: the lower its place, the better a selection is by a formula. */
export interface Extreme {
  problem: Problem
  integer: number
  /** the value of the formula at a place of the integer */
  valueAt(place: number): number
}

/** Throws where the formula has an error, is not linear or too large to be exact. */
export function objectiveOf({ lowered, index }: Compiled, { goal, of }: Objective): Extreme {
  const parsed = parseArithmetic(of, index)
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message.en).join(' '))
  const form = linearFormOf(parsed.ast, lowered.names)
  if (typeof form !== 'object') throw new Error(`${of} is not linear`)
  const whole = inIntegers(form, lowered.problem.integers)
  if (!whole) throw new Error(`${of} is too large to be exact`)

  const builder = buildProblem(lowered.problem)
  const sign = goal === 'least' ? 1 : -1
  const literals: number[] = []
  const weights: number[] = []
  const integers: number[] = []
  const factors: number[] = []
  // Weights are positive: what counts against the sum counts where it fails, and the sum begins lower.
  let least = 0
  let greatest = 0
  for (const [literal, factor] of whole.literals) {
    const weight = sign * Number(factor)
    literals.push(weight > 0 ? literal : negate(literal))
    weights.push(Math.abs(weight))
    greatest += Math.abs(weight)
    if (weight < 0) least += weight
  }
  const shift = least
  for (const [integer, each] of whole.integers) {
    const factor = sign * Number(each)
    const reach = factor * lowered.problem.integers[integer]!
    integers.push(integer)
    factors.push(factor)
    if (reach < 0) least += reach
    else greatest += reach
  }
  greatest += shift
  const integer = builder.integer(greatest - least)
  // The sum is shift + weights + factors, and its place the sum less the least: equal, by one bound from either side.
  const limit = least - shift
  builder.add({
    kind: 'linear',
    rule: -1,
    guard: TRUE,
    literals,
    weights,
    integers: [...integers, integer],
    factors: [...factors, -1],
    limit,
  })
  builder.add({
    kind: 'linear',
    rule: -1,
    guard: TRUE,
    literals: literals.map(negate),
    weights,
    integers: [...integers, integer],
    factors: [...factors.map(factor => -factor), 1],
    limit: weights.reduce((sum, weight) => sum + weight, 0) - limit,
  })
  const divisor = Number(whole.divisor)
  const constant = Number(whole.constant)
  return { problem: builder.problem, integer, valueAt: place => (sign * (place + least) + constant) / divisor }
}
