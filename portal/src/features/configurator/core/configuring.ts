import {
  type Alternatives,
  type Compiled,
  alternatives,
  complete,
  type Decided,
  type Decision,
  decide,
  decideAll,
  decisions as decisionsOf,
  type Domains,
  domains,
  type Explanation,
  type Price,
  price,
  retract,
  type Selection,
  type State,
  type Unfit,
} from '@fettle/engine'

/**
 * One visitor configuring one product: his decisions, what the engine makes of them, and the way back.
 * A value: every step gives a new one.
 */
export interface Configuring {
  compiled: Compiled
  state: State
  /** the decisions completed by the model's defaults: what is drawn and priced */
  selection: Selection
  price: Price
  /** what the last step changed beyond what was asked */
  changed: Change[]
  /** the completed selection before that step */
  before: Selection | null
  past: Decision[][]
  future: Decision[][]
}

/** Something that followed: an option that came or went, a number that moved. */
export type Change =
  | { kind: 'added' | 'removed'; option: string }
  | { kind: 'quantity'; option: string; from: number; to: number }
  | { kind: 'number'; number: string; from: number | null; to: number | null }

/** Steps the defaults may take; a model that needs more is completed as far as was found. */
const budget = { steps: 100_000 }

/** Starts from decisions of a link or none. `unfit` are those that no longer hold, with the reason. */
export function begin(compiled: Compiled, wished: readonly Decision[] = []): { configuring: Configuring; unfit: Unfit[] } {
  const { state, unfit } = decideAll(compiled, wished)
  return { configuring: settle(compiled, state, { past: [], future: [], before: null }), unfit }
}

export type Step = { status: 'ok'; configuring: Configuring } | { status: 'conflict'; explanation: Explanation }

/** Takes one wish; a wish that contradicts earlier decisions changes nothing and says why. */
export function choose(now: Configuring, wish: Decision): Step {
  const decided = decide(now.state, wish)
  if (decided.status === 'conflict') return { status: 'conflict', explanation: decided.explanation }
  return { status: 'ok', configuring: advance(now, stateOf(decided), [wish]) }
}

/** The page offers only wishes the model knows; anything else is a mistake of ours. */
function stateOf(decided: Exclude<Decided, { status: 'conflict' }>): State {
  if (decided.status === 'error') throw new Error(decided.error.message.en)
  return decided.state
}

/** Gives one decision back to the defaults. */
export const release = (now: Configuring, decision: Decision): Configuring => advance(now, retract(now.state, decision), [decision])

/**
 * What a click on an option means. In a choose-one group: take it, or, when it is the visitor's own choice, leave it to the
 * defaults again. Elsewhere: take it or leave it out. A forced option cannot be left out: that is a conflict with its reason.
 */
export function toggle(now: Configuring, option: string): Step {
  const group = now.compiled.index.options.get(option)?.group
  const own = decisionsOf(now.state).find(decision => 'option' in decision && decision.option === option)
  if (now.selection.options[option] === undefined) return own ? takeAfterAll(now, own, option) : choose(now, { option, chosen: true })
  if (group?.kind === 'choose-one') return own ? { status: 'ok', configuring: release(now, own) } : choose(now, { option, chosen: true })
  if (!own) return choose(now, { option, chosen: false })
  const without = retract(now.state, own)
  const settled = advance(now, without, [own])
  if (settled.selection.options[option] === undefined) return { status: 'ok', configuring: settled }
  const refused = decide(without, { option, chosen: false })
  if (refused.status === 'conflict') return { status: 'conflict', explanation: refused.explanation }
  return { status: 'ok', configuring: advance(now, stateOf(refused), [own]) }
}

/** Takes an option the visitor had refused before. */
function takeAfterAll(now: Configuring, own: Decision, option: string): Step {
  const decided = decide(retract(now.state, own), { option, chosen: true })
  if (decided.status === 'conflict') return { status: 'conflict', explanation: decided.explanation }
  return { status: 'ok', configuring: advance(now, stateOf(decided), [own]) }
}

/** Chooses nothing in an optional choose-one group, whatever the defaults say. */
export function chooseNone(now: Configuring, groupId: string): Step {
  let { state } = now
  const asked: Decision[] = []
  for (const [option, { group }] of now.compiled.index.options) {
    if (group.id !== groupId) continue
    const refusal: Decision = { option, chosen: false }
    const decided = decide(state, refusal)
    if (decided.status === 'conflict') return { status: 'conflict', explanation: decided.explanation }
    state = stateOf(decided)
    asked.push(refusal)
  }
  return { status: 'ok', configuring: advance(now, state, asked) }
}

/** Replaces all decisions at once: a repair, a starting configuration. */
export function replace(now: Configuring, wished: readonly Decision[]): Configuring {
  return advance(now, decideAll(now.compiled, wished).state, wished)
}

export const canUndo = (now: Configuring): boolean => now.past.length > 0
export const canRedo = (now: Configuring): boolean => now.future.length > 0

export function undo(now: Configuring): Configuring {
  const back = now.past.at(-1)
  if (!back) return now
  const past = now.past.slice(0, -1)
  const future = [decisionsOf(now.state), ...now.future]
  return settle(now.compiled, decideAll(now.compiled, back).state, { past, future, before: null })
}

export function redo(now: Configuring): Configuring {
  const [forth, ...future] = now.future
  if (!forth) return now
  return settle(now.compiled, decideAll(now.compiled, forth).state, { past: [...now.past, decisionsOf(now.state)], future, before: null })
}

/** Back to the defaults; can be undone. */
export const reset = (now: Configuring): Configuring => replace(now, [])

function advance(now: Configuring, state: State, asked: readonly Decision[]): Configuring {
  const next = settle(now.compiled, state, { past: [...now.past, decisionsOf(now.state)], future: [], before: now.selection })
  return { ...next, changed: changes(now.compiled, now.selection, next.selection, asked) }
}

function settle(compiled: Compiled, state: State, history: Pick<Configuring, 'past' | 'future' | 'before'>): Configuring {
  const { selection } = complete(state, { goal: 'defaults' }, budget)
  if (!selection) throw new Error(`No complete selection of ${compiled.model.id} within ${budget.steps} steps`)
  return { compiled, state, selection, price: price(compiled, selection), changed: [], ...history }
}

/** What differs between two selections, leaving out what was asked for and the sibling it replaced. */
function changes(compiled: Compiled, before: Selection, after: Selection, asked: readonly Decision[]): Change[] {
  const askedOptions = new Set(asked.flatMap(wish => ('option' in wish ? [wish.option] : [])))
  const askedNumbers = new Set(asked.flatMap(wish => ('number' in wish ? [wish.number] : [])))
  const askedGroups = new Set([...askedOptions].map(id => compiled.index.options.get(id)?.group.id))
  const found: Change[] = []
  for (const [id, { group, option }] of compiled.index.options) {
    const [from, to] = [before.options[id], after.options[id]]
    if (from === to || askedOptions.has(id) || option.visibility === 'hidden') continue
    if (to === undefined && group.kind === 'choose-one' && askedGroups.has(group.id)) continue
    if (from === undefined) found.push({ kind: 'added', option: id })
    else if (to === undefined) found.push({ kind: 'removed', option: id })
    else found.push({ kind: 'quantity', option: id, from, to })
  }
  for (const [id, group] of compiled.index.groups) {
    if (group.kind !== 'number' || askedNumbers.has(id)) continue
    const [from, to] = [before.numbers[id] ?? null, after.numbers[id] ?? null]
    if (from !== to) found.push({ kind: 'number', number: id, from, to })
  }
  return found
}

/** How an option stands before the visitor. */
export type Standing =
  /** he chose it */
  | 'chosen'
  /** part of the configuration because the defaults say so; he may still refuse it */
  | 'standard'
  /** part of the configuration because his decisions need it */
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
  if (domain.state !== 'excluded' || domain.decided || alternatives.options[option]) return 'open'
  return 'excluded'
}

/** Net price if this wish were taken, minus the price now; null while either is on request, undefined where the wish cannot be taken. */
export function priceDifference(now: Configuring, wish: Decision): number | null | undefined {
  const decided = decide(now.state, wish)
  if (decided.status !== 'ok') return undefined
  const { selection } = complete(decided.state, { goal: 'defaults' }, budget)
  if (!selection) return undefined
  const then = price(now.compiled, selection)
  return then.status === 'priced' && now.price.status === 'priced' ? then.net - now.price.net : null
}
