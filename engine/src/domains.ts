import type { Alternatives, Domains, Interval, NumberDomain, OptionDomain } from './api.ts'
import { type State, sameSubject, without } from './decide.ts'
import { findDelta } from './deltas.ts'
import { valueAt } from './grid.ts'
import type { Scale } from './linear-form.ts'
import { footingAt } from './solver/footing.ts'
import { TRUE } from './solver/problem.ts'
import { findStanding, type Standing } from './standing.ts'
import { findStretches, type Stretch } from './stretches.ts'
import { stand } from './workspace.ts'

/**
 * What is still possible, exactly: every option that is free can be chosen and can be left out, every value listed can be had,
 * each by a complete valid selection with all decisions; and nothing else can.
 */
export function domains(state: State): Domains {
  const standing = standingOf(state)
  const { lowered, work } = state.compiled
  const decidedOptions = new Map<string, boolean>()
  const decidedNumbers = new Set<string>()
  for (const decision of state.decisions) {
    if ('number' in decision) decidedNumbers.add(decision.number)
    else decidedOptions.set(decision.option, !('chosen' in decision) || decision.chosen)
  }
  const options: Record<string, OptionDomain> = {}
  let place = 0
  for (const { id, pieces } of lowered.options.values()) {
    const decided = decidedOptions.get(id)
    const verdict = standing.options[place++]!
    const domain: OptionDomain = {
      state: decided ? 'chosen' : verdict > 0 ? 'forced' : verdict < 0 ? 'excluded' : 'free',
      decided: decided !== undefined,
    }
    if (pieces) domain.quantities = intervals(pieces, standing.stretches[pieces.integer]!)
    options[id] = domain
  }
  const numbers: Record<string, NumberDomain> = {}
  for (const [id, scale] of lowered.numbers) {
    const { counts } = scale
    numbers[id] = {
      counts: counts === TRUE ? 'yes' : countsBy(standing.options[work.optionOf[counts >> 1]!]!),
      decided: decidedNumbers.has(id),
      values: intervals(scale, standing.stretches[scale.integer]!),
    }
  }
  return { options, numbers }
}

/**
 * The options alone, in the order of the model, at little cost however many they are:
 * 1 chosen or forced, -1 excluded, 0 free. Not to be changed.
 */
export const optionDomains = (state: State): Readonly<Int8Array> => standingOf(state).options

/**
 * What the user could have instead by changing one of his own decisions only: other options of a choose-one group he decided,
 * other values of a number or quantity he decided. Exact in the same sense.
 */
export function alternatives(state: State): Alternatives {
  const { lowered, work } = state.compiled
  const result: Alternatives = { options: {}, numbers: {}, quantities: {} }
  const footing = footingAt(work.checker, state.witness)
  for (const decision of state.decisions) {
    const others = () => without(state, other => sameSubject(decision, other)).requirements
    if ('number' in decision) {
      stand(work, others())
      const scale = lowered.numbers.get(decision.number)!
      result.numbers[decision.number] = intervals(scale, findStretches(work, footing, scale, undefined, []))
      continue
    }
    const { group, pieces } = lowered.options.get(decision.option)!
    if ('chosen' in decision && !decision.chosen) continue
    const siblings = group.kind === 'choose-one' ? group.options.filter(({ id }) => id !== decision.option) : []
    if (siblings.length === 0 && !('quantity' in decision && pieces)) continue
    stand(work, others())
    for (const { id } of siblings) {
      const { literal } = lowered.options.get(id)!
      if (work.solver.values[literal]! >= 0 && findDelta(work, footing, literal)) result.options[id] = true
    }
    if ('quantity' in decision && pieces) {
      result.quantities[decision.option] = intervals(pieces, findStretches(work, footing, pieces, undefined, []))
    }
  }
  return result
}

function standingOf({ compiled, requirements, witness, memo }: State): Standing {
  memo.standing ??= findStanding(compiled.work, requirements, witness, memo.near)
  delete memo.near
  return memo.standing
}

const countsBy = (verdict: number) => (verdict > 0 ? 'yes' : verdict < 0 ? 'no' : 'maybe')

function intervals({ grid }: Scale, stretches: readonly Stretch[]): Interval[] {
  return stretches.map(([from, to]) => ({ min: valueAt(grid, from), max: valueAt(grid, to) }))
}
