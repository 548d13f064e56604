import type { Compiled } from '../src/compile.ts'
import { complete } from '../src/complete.ts'
import { decide, type State, start } from '../src/decide.ts'
import type { Decision, Group, Selection } from '../src/model.ts'
import { isError, requirementOf } from '../src/requirement.ts'
import { findAssignment } from '../src/workspace.ts'

/**
 * A complete valid selection: some questions (from one in ten to seven in ten) are answered by chance (0 ≤ number < 1), in an order of
 * chance, where the rules allow the answer; defaults for the rest.
 */
export function randomSelection(compiled: Compiled, chance: () => number): Selection {
  let state = start(compiled)
  const answered = 0.1 + 0.6 * chance()
  const ranked = compiled.model.groups.map(group => ({ group, rank: chance() })).sort((a, b) => a.rank - b.rank)
  for (const { group } of ranked) {
    if (chance() >= answered) continue
    for (const wish of wishesFor(group, chance)) {
      const decided = fits(state, wish) ? decide(state, wish) : undefined
      if (decided?.status === 'ok') state = decided.state
    }
  }
  const { selection } = complete(state, { goal: 'defaults' })
  if (!selection) throw new Error('No selection was found')
  return selection
}

/** Asked beforehand: `decide` would explain at length why an answer does not fit. */
function fits({ compiled, requirements, witness }: State, wish: Decision): boolean {
  const requirement = requirementOf(compiled, wish)
  return !isError(requirement) && findAssignment(compiled.work, [...requirements, requirement], witness) !== undefined
}

function wishesFor(group: Group, chance: () => number): Decision[] {
  if (group.kind === 'number') return [{ number: group.id, value: onGrid(group, chance) }]
  if (group.kind === 'yes-no') return [{ option: group.option.id, chosen: chance() < 0.5 }]
  const one = group.options[Math.floor(chance() * group.options.length)]!
  const wished = group.kind === 'choose-some' ? group.options.filter(() => chance() < 0.4) : [one]
  return wished.map(({ id, quantity }) =>
    quantity ? { option: id, quantity: onGrid(quantity, chance) } : { option: id, chosen: true },
  )
}

const onGrid = ({ min, max, step = 1 }: { min: number; max: number; step?: number }, chance: () => number): number =>
  Number((min + step * Math.floor(chance() * (Math.round((max - min) / step) + 1))).toFixed(6))
