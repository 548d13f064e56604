import type { Compiled } from './compile.ts'
import { parseArithmetic } from './formula/parse.ts'
import { inIntegers, linearFormOf } from './linear-form.ts'
import type { Objective } from './model.ts'
import type { Term } from './solver/propagators/objective.ts'

/** A sum that is the less, the better a selection is by a formula. */
export interface Extreme {
  terms: Term[]
  /** the value of the formula where the sum is so much */
  valueAt(sum: number): number
}

/** Throws where the formula has an error, is not linear or too large to be exact. */
export function objectiveOf({ lowered, index }: Compiled, { goal, of }: Objective): Extreme {
  const parsed = parseArithmetic(of, index)
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message.en).join(' '))
  const form = linearFormOf(parsed.ast, lowered.names)
  if (typeof form !== 'object') throw new Error(`${of} is not linear`)
  const whole = inIntegers(form, lowered.problem.integers)
  if (!whole) throw new Error(`${of} is too large to be exact`)

  const sign = goal === 'least' ? 1 : -1
  const terms: Term[] = []
  for (const [literal, factor] of whole.literals) terms.push({ kind: 'weight', literal, weight: sign * Number(factor) })
  for (const [integer, factor] of whole.integers) terms.push({ kind: 'integer', integer, factor: sign * Number(factor) })
  const divisor = Number(whole.divisor)
  const constant = Number(whole.constant)
  return { terms, valueAt: sum => (sign * sum + constant) / divisor }
}
