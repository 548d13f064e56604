import type { Alternatives, Domains, Interval, NumberDomain, OptionDomain } from './api.ts'
import { type State, sameSubject, without } from './decide.ts'
import { findDelta } from './deltas.ts'
import { valueAt } from './grid.ts'
import type { Scale } from './linear-form.ts'
import { negate, TRUE } from './solver/problem.ts'
import { findStanding, type Standing } from './standing.ts'
import { findStretches, type Stretch } from './stretches.ts'
import { copyOf, stand } from './workspace.ts'

/**
 * What is still possible, exactly: every option that is free can be chosen and can be left out, every value listed can be had,
 * each by a complete valid selection with all decisions; and nothing else can.
 */
export function domains(state: State): Domains {
  const standing = standingOf(state)
  const { lowered } = state.compiled
  const fixed = new Set(standing.fixed)
  const decidedOptions = new Map<string, boolean>()
  const decidedNumbers = new Set<string>()
  for (const decision of state.decisions) {
    if ('number' in decision) decidedNumbers.add(decision.number)
    else decidedOptions.set(decision.option, !('chosen' in decision) || decision.chosen)
  }
  const options: Record<string, OptionDomain> = {}
  for (const { id, literal, pieces } of lowered.options.values()) {
    const decided = decidedOptions.get(id)
    const domain: OptionDomain = {
      state: decided ? 'chosen' : fixed.has(literal) ? 'forced' : fixed.has(negate(literal)) ? 'excluded' : 'free',
      decided: decided !== undefined,
    }
    if (pieces) domain.quantities = intervals(pieces, standing.stretches[pieces.integer]!)
    options[id] = domain
  }
  const numbers: Record<string, NumberDomain> = {}
  for (const [id, scale] of lowered.numbers) {
    const { counts } = scale
    numbers[id] = {
      counts: counts === TRUE || fixed.has(counts) ? 'yes' : fixed.has(negate(counts)) ? 'no' : 'maybe',
      decided: decidedNumbers.has(id),
      values: intervals(scale, standing.stretches[scale.integer]!),
    }
  }
  return { options, numbers }
}

/**
 * What the user could have instead by changing one of his own decisions only: other options of a choose-one group he decided,
 * other values of a number or quantity he decided. Exact in the same sense.
 */
export function alternatives(state: State): Alternatives {
  const { lowered, work } = state.compiled
  const result: Alternatives = { options: {}, numbers: {}, quantities: {} }
  const scratch = copyOf(state.witness)
  for (const decision of state.decisions) {
    const others = () => without(state, other => sameSubject(decision, other)).requirements
    if ('number' in decision) {
      stand(work, others())
      const scale = lowered.numbers.get(decision.number)!
      result.numbers[decision.number] = intervals(scale, findStretches(work, scratch, scale, undefined, []))
      continue
    }
    const { group, pieces } = lowered.options.get(decision.option)!
    if ('chosen' in decision && !decision.chosen) continue
    const siblings = group.kind === 'choose-one' ? group.options.filter(({ id }) => id !== decision.option) : []
    if (siblings.length === 0 && !('quantity' in decision && pieces)) continue
    stand(work, others())
    for (const { id } of siblings) {
      const { literal } = lowered.options.get(id)!
      if (work.solver.values[literal]! >= 0 && findDelta(work, scratch, literal)) result.options[id] = true
    }
    if ('quantity' in decision && pieces) {
      result.quantities[decision.option] = intervals(pieces, findStretches(work, scratch, pieces, undefined, []))
    }
  }
  return result
}

function standingOf({ compiled, requirements, witness, memo }: State): Standing {
  memo.standing ??= findStanding(compiled.work, requirements, witness, memo.hint)
  delete memo.hint
  return memo.standing
}

function intervals({ grid }: Scale, stretches: readonly Stretch[]): Interval[] {
  return stretches.map(([from, to]) => ({ min: valueAt(grid, from), max: valueAt(grid, to) }))
}
