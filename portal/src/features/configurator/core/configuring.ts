import {
  type Compiled,
  complete,
  type Decided,
  type Decision,
  decide,
  decideAll,
  decisions as decisionsOf,
  type Explanation,
  type Price,
  price,
  retract,
  type Selection,
  type State,
  type Unfit,
} from '@fettle/engine'
import { type Change, changesBetween } from './changes.ts'

/**
 * One visitor configuring one product: his decisions, what the engine makes of them, and the way back.
 * A value: every step gives a new one.
 */
export interface Configuring extends Moment {
  compiled: Compiled
  /** what the last step changed beyond what was asked */
  changed: Change[]
  /** where the last step came from; null after undo and redo, which are no steps of their own */
  before: Moment | null
  past: readonly Moment[]
  future: readonly Moment[]
}

/** Where a configuration stood: kept for undo, so that the way back is exact and costs nothing. */
export interface Moment {
  state: State
  /** the decisions completed by the model's defaults: what is drawn and priced */
  selection: Selection
  price: Price
}

/** Steps the defaults may take; a model that needs more is completed as far as was found. */
export const completionBudget = { steps: 100_000 }

/** Steps that can be undone. */
const memory = 200

/** Starts from decisions of a link or none. `unfit` are those that no longer hold, with the reason. */
export function begin(compiled: Compiled, wished: readonly Decision[] = []): { configuring: Configuring; unfit: Unfit[] } {
  const { state, unfit } = decideAll(compiled, wished)
  return { configuring: { compiled, ...settle(state), changed: [], before: null, past: [], future: [] }, unfit }
}

export type Step = { status: 'ok'; configuring: Configuring } | { status: 'conflict'; explanation: Explanation }

/** Takes one wish; a wish that contradicts earlier decisions changes nothing and says why. */
export function choose(now: Configuring, wish: Decision): Step {
  return stepTo(now, decide(withoutRefusalsBeside(now, wish), wish), [wish])
}

/** Gives one decision back to the defaults. */
export const release = (now: Configuring, decision: Decision): Configuring =>
  advance(now, retract(now.state, decision), [decision])

/**
 * What a click on an option means. In a choose-one group: take it. Elsewhere: take it, or leave it out; a second click takes the
 * first one back. What is needed by other choices cannot be left out: that is a conflict with its reason.
 */
export function toggle(now: Configuring, option: string): Step {
  const group = now.compiled.index.options.get(option)?.group
  const taken = now.selection.options[option] !== undefined
  const own = ownDecision(now, option)
  if (taken && group?.kind === 'choose-one')
    return own ? { status: 'ok', configuring: now } : choose(now, { option, chosen: true })
  if (!own) return choose(now, { option, chosen: !taken })
  const released = release(now, own)
  if ((released.selection.options[option] !== undefined) !== taken) return { status: 'ok', configuring: released }
  return stepTo(now, decide(withoutRefusalsBeside(released, { option, chosen: !taken }), { option, chosen: !taken }), [own])
}

/** What the visitor himself decided about an option. */
export const ownDecision = ({ state }: Configuring, option: string): Decision | undefined =>
  state.decisions.find(decision => 'option' in decision && decision.option === option)

/** Chooses nothing in an optional choose-one group, whatever the defaults say. */
export function chooseNone(now: Configuring, groupId: string): Step {
  let { state } = now
  const asked: Decision[] = []
  for (const [option, { group }] of now.compiled.index.options) {
    if (group.id !== groupId) continue
    const refusal: Decision = { option, chosen: false }
    const decided = decide(state, refusal)
    if (decided.status === 'conflict') return decided
    state = stateOf(decided)
    asked.push(refusal)
  }
  return { status: 'ok', configuring: advance(now, state, asked) }
}

/** Replaces all decisions at once by those of a repair or a starting configuration; `asked` is what the visitor wanted of it. */
export function replace(now: Configuring, wished: readonly Decision[], asked: readonly Decision[]): Configuring {
  return advance(now, decideAll(now.compiled, wished).state, asked)
}

export const canUndo = (now: Configuring): boolean => now.past.length > 0
export const canRedo = (now: Configuring): boolean => now.future.length > 0

export function undo(now: Configuring): Configuring {
  const back = now.past.at(-1)
  if (!back) return now
  const { compiled, past, future } = now
  return { compiled, ...back, changed: [], before: null, past: past.slice(0, -1), future: [momentOf(now), ...future] }
}

export function redo(now: Configuring): Configuring {
  const [forth, ...future] = now.future
  if (!forth) return now
  return { compiled: now.compiled, ...forth, changed: [], before: null, past: [...now.past, momentOf(now)], future }
}

/** Back to the defaults; can be undone. Where nothing was decided it is no step. */
export const reset = (now: Configuring): Configuring => (decisionsOf(now.state).length === 0 ? now : replace(now, [], []))

const momentOf = ({ state, selection, price }: Configuring): Moment => ({ state, selection, price })

function advance(now: Configuring, state: State, asked: readonly Decision[]): Configuring {
  const { compiled } = now
  const before = momentOf(now)
  const next = settle(state)
  const changed = changesBetween(compiled, before.selection, next.selection, asked)
  return { compiled, ...next, changed, before, past: [...now.past, before].slice(-memory), future: [] }
}

function settle(state: State): Moment {
  const { compiled } = state
  const { selection } = complete(state, { goal: 'defaults' }, completionBudget)
  if (!selection) throw new Error(`No complete selection of ${compiled.model.id} within ${completionBudget.steps} steps`)
  return { state, selection, price: price(compiled, selection) }
}

function stepTo(now: Configuring, decided: Decided, asked: readonly Decision[]): Step {
  if (decided.status === 'conflict') return decided
  return { status: 'ok', configuring: advance(now, stateOf(decided), asked) }
}

/** The page offers only wishes the model knows; anything else is a mistake of ours. */
function stateOf(decided: Exclude<Decided, { status: 'conflict' }>): State {
  if (decided.status === 'error') throw new Error(decided.error.message.en)
  return decided.state
}

/** Taking one of a choose-one group answers it: that the others were refused before ("none of these") counts no longer. */
function withoutRefusalsBeside({ compiled, state }: Configuring, wish: Decision): State {
  if (!('option' in wish) || ('chosen' in wish && !wish.chosen)) return state
  const group = compiled.index.options.get(wish.option)?.group
  if (group?.kind !== 'choose-one') return state
  return group.options.reduce((rest, { id }) => {
    const refused = rest.decisions.find(one => 'chosen' in one && !one.chosen && one.option === id)
    return refused ? retract(rest, refused) : rest
  }, state)
}
