import {
  type Alternatives,
  alternatives,
  type Compiled,
  complete,
  type Decision,
  type Domains,
  decide,
  domains,
  type Explanation,
  explain,
  type Price,
  price,
  repair,
  retract,
  type State,
} from '@fettle/engine'
import { type Change, changesBetween } from './changes.ts'
import { type Configuring, completionBudget } from './configuring.ts'

/** How an option stands before the visitor. */
export type Standing =
  /** he chose it */
  | 'chosen'
  /** part of the configuration because the defaults say so; he may still refuse it */
  | 'standard'
  /** part of the configuration because his decisions, or the rules alone, need it */
  | 'forced'
  /** may be chosen */
  | 'open'
  /** cannot be chosen beside his decisions */
  | 'excluded'

export interface Outlook {
  domains: Domains
  alternatives: Alternatives
}

/** What is still possible; computed once per state. */
export function outlook({ state }: Configuring): Outlook {
  const known = outlooks.get(state)
  if (known) return known
  const made = { domains: domains(state), alternatives: alternatives(state) }
  outlooks.set(state, made)
  return made
}
const outlooks = new WeakMap<State, Outlook>()

/** How the option stands, from the completed selection and what the engine says is possible. */
export function standing(now: Configuring, option: string): Standing {
  const { domains, alternatives } = outlook(now)
  const domain = domains.options[option]
  if (!domain) throw new Error(`Model ${now.compiled.model.id} has no option ${option}`)
  if (now.selection.options[option] !== undefined) {
    if (domain.state === 'forced') return 'forced'
    return domain.decided ? 'chosen' : 'standard'
  }
  if (domain.state !== 'excluded' || alternatives.options[option]) return 'open'
  return domain.decided && isPossibleAfterAll(now, option) ? 'open' : 'excluded'
}

/** Whether an option that the visitor refused could be had if he had not. */
function isPossibleAfterAll(now: Configuring, option: string): boolean {
  const wish: Decision = { option, chosen: true }
  return decide(withoutReplaced(now, wish), wish).status === 'ok'
}

/** Net price if this wish were taken, minus the price now; null while either is on request, undefined where the wish cannot be taken. */
export function priceDifference(now: Configuring, wish: Decision): number | null | undefined {
  if ((now.compiled.model.prices ?? []).length === 0) return null
  const decided = decide(now.state, wish)
  if (decided.status !== 'ok') return undefined
  const { selection } = complete(decided.state, { goal: 'defaults' }, completionBudget)
  return selection ? difference(now.price, price(now.compiled, selection)) : undefined
}

/** Net price minus that before the last step; null where there was no step or either is on request. */
export const lastDifference = ({ before, price }: Configuring): number | null => before && difference(before.price, price)

const difference = (from: Price, to: Price): number | null =>
  from.status === 'priced' && to.status === 'priced' ? to.net - from.net : null

/** A way to have an option all the same. */
export interface WayTo {
  /** own decisions given up, without the one in the same question that the option simply replaces */
  gives: Decision[]
  /** all decisions afterwards */
  decisions: Decision[]
  /** what else would move, beyond the option and what is given up */
  moves: Change[]
  /** of the net price; null: on request */
  difference: number | null
}

const effort = { steps: 20_000 }

/** The ways to have an option, those that give up fewest decisions first; none where the rules forbid it. */
export function waysTo(now: Configuring, option: string, limit = 3): WayTo[] {
  const wish: Decision = { option, chosen: true }
  const { repairs } = repair(now.state, wish, { by: 'fewest', limit, ...effort })
  return repairs.map(found => {
    const gives = found.remove.filter(one => !isReplaced(now.compiled, one, wish))
    const moves = changesBetween(now.compiled, now.selection, found.selection, [wish, ...found.remove])
    return { gives, decisions: found.decisions, moves, difference: found.priceDifference }
  })
}

/**
 * Why a wish is impossible, or why its contrary is forced. What the wish would simply replace, the same number's value or the present
 * choice of the same question, is no reason.
 */
export const whyNot = (now: Configuring, wish: Decision): Explanation => explain(withoutReplaced(now, wish), wish, effort)

const withoutReplaced = ({ compiled, state }: Configuring, wish: Decision): State =>
  state.decisions.filter(one => isReplaced(compiled, one, wish)).reduce(retract, state)

function isReplaced({ index }: Compiled, decision: Decision, wish: Decision): boolean {
  if ('number' in decision || 'number' in wish) return 'number' in decision && 'number' in wish && decision.number === wish.number
  const group = index.options.get(wish.option)?.group
  return decision.option === wish.option || (group?.kind === 'choose-one' && index.options.get(decision.option)?.group === group)
}
