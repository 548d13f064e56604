import type { Lowered } from './lower.ts'
import { optionsOf } from './model-index.ts'
import type { Rulebook } from './rules.ts'
import { type Assignment, negate } from './solver/problem.ts'

/** What a completion by defaults would like, most important first. */
export interface Preferences {
  /** the model's defaults come first, then every group in model order */
  literals: number[]
  /** how many of the literals are defaults */
  defaults: number
  /** integers to be as small as can be */
  integers: number[]
  /** everything as preferred, valid or not */
  ideal: Assignment
}

export function preferencesOf({ index }: Rulebook, lowered: Lowered): Preferences {
  const literals = lowered.defaults.slice()
  for (const group of index.groups.values()) {
    const own = optionsOf(group).map(option => lowered.options.get(option.id)!.literal)
    const taken = group.kind === 'choose-one' && !group.optional
    for (const literal of own) literals.push(taken ? literal : negate(literal))
  }
  const integers = Array.from(lowered.numbers.values(), ({ integer }) => integer)
  for (const { pieces } of lowered.options.values()) if (pieces) integers.push(pieces.integer)
  const { problem } = lowered
  const ideal: Assignment = { values: new Int8Array(2 * problem.variables), integers: new Float64Array(problem.integers.length) }
  // Backwards, so that of contrary preferences the more important stays.
  for (const literal of literals.slice().reverse()) {
    ideal.values[literal] = 1
    ideal.values[negate(literal)] = -1
  }
  return { literals, defaults: lowered.defaults.length, integers, ideal }
}
