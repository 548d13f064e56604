import { type Completion, complete, type Decision, decideAll, price, type Selection, type State } from '@fettle/engine'
import { type Change, changesBetween } from './changes.ts'
import { type Configuring, completionBudget } from './configuring.ts'

/** The least that the decisions made can be had for, as far as it was found. Amounts are net, in minor units. */
export interface Cheapest {
  net: number
  /** nothing costs less than this: the same as `net` where that is proved to be the least, null where nothing is known */
  bound: number | null
  /** what would be otherwise; nothing where the configuration is the cheapest known */
  changes: Change[]
  /** decisions that lead there, those made among them */
  decisions: Decision[]
}

/**
 * The cheapest configuration with all the decisions made; null where there are no prices, or one is on request. What only staff may
 * choose is taken only where it is part of the configuration anyway.
 */
export function cheapestOf(now: Configuring, shouldStop: () => boolean): Cheapest | null {
  const { compiled, state, selection: present } = now
  const presentNet = now.price.net
  if (now.price.status !== 'priced' || (compiled.model.prices ?? []).length === 0) return null
  const found = complete(withoutStaffOptions(now), { goal: 'cheapest' }, { steps: Number.MAX_SAFE_INTEGER, shouldStop })
  const cheapest = found.selection && price(compiled, found.selection)
  if (cheapest?.status === 'on-request') return null
  if (!cheapest || cheapest.net >= presentNet)
    return { net: presentNet, bound: boundOf(found, presentNet), changes: [], decisions: [...state.decisions] }
  const { decisions, selection } = decisionsTo(state, found.selection!)
  const changes = changesBetween(compiled, present, selection)
  return { net: cheapest.net, bound: boundOf(found, cheapest.net), changes, decisions }
}

/** A bound below nothing tells nothing. */
const boundOf = ({ bound }: Completion, net: number) => (bound >= net ? net : bound > 0 ? bound : null)

function withoutStaffOptions({ compiled, state, selection }: Configuring): State {
  const refused = [...compiled.index.options.values()].filter(
    ({ option }) => option.visibility === 'staff' && selection.options[option.id] === undefined,
  )
  const wishes = refused.map(({ option }): Decision => ({ option: option.id, chosen: false }))
  return wishes.length === 0 ? state : decideAll(compiled, [...state.decisions, ...wishes]).state
}

/** The decisions of a state and those that, completed by defaults, make a valid selection of it: what is taken first, then what is left out. */
function decisionsTo(state: State, wanted: Selection): { decisions: Decision[]; selection: Selection } {
  for (let now = state; ; ) {
    const selection = complete(now, { goal: 'defaults' }, completionBudget).selection ?? wanted
    const missing = taking(selection, wanted)
    const wishes = missing.length > 0 ? missing : leaving(selection, wanted)
    if (wishes.length === 0) return { decisions: [...now.decisions], selection }
    const { state: next } = decideAll(now.compiled, [...now.decisions, ...wishes])
    if (next.decisions.length === now.decisions.length) return { decisions: [...next.decisions], selection }
    now = next
  }
}

const taking = (selection: Selection, wanted: Selection): Decision[] => [
  ...Object.entries(wanted.options)
    .filter(([option, pieces]) => selection.options[option] !== pieces)
    .map(([option, quantity]): Decision => (quantity === 1 ? { option, chosen: true } : { option, quantity })),
  ...Object.entries(wanted.numbers)
    .filter(([number, value]) => selection.numbers[number] !== value)
    .map(([number, value]): Decision => ({ number, value })),
]

const leaving = (selection: Selection, wanted: Selection): Decision[] =>
  Object.keys(selection.options)
    .filter(option => wanted.options[option] === undefined)
    .map(option => ({ option, chosen: false }))
