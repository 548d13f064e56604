import type { Budget, ProofStatus } from './api.ts'
import type { Compiled } from './compile.ts'
import { complete } from './complete.ts'
import { decide, decideAll, decisions as decisionsOf, type State, sameSubject, start, type Unfit } from './decide.ts'
import { effortOf } from './effort.ts'
import { explain } from './explain.ts'
import { isChosen, pieces } from './formula/evaluate.ts'
import type { Decision, Selection } from './model.ts'

/** What was configured with another version of a model. */
export interface Former {
  decisions: readonly Decision[]
  /** absent where only the decisions are known: what they left open is then filled by defaults */
  selection?: Selection
}

/** What becomes of it in this version. */
export interface Migration {
  /** of `selection`, as `complete` says it */
  status: ProofStatus
  bound: number
  /** the former decisions that still hold, in order */
  kept: Decision[]
  /** those that do not: the model no longer has them, or rules and decisions before them exclude them */
  dropped: Unfit[]
  /** the valid selection nearest to the former one that holds all decisions kept; null where the budget ended before one was found */
  selection: Selection | null
  /** in what it differs from the former selection: options and numbers in the order of the model, then those it no longer has */
  differences: Difference[]
  /** decisions that a completion by defaults makes this very selection of, those kept first */
  decisions: Decision[]
}

/** null: not chosen, or the number does not count. gone: the model no longer has it. */
export type Difference =
  | { option: string; from: number | null; to: number | null; gone: boolean }
  | { number: string; from: number | null; to: number | null; gone: boolean }

/**
 * Brings what was configured with another version of a model into this one: every decision that still can be is kept, earlier ones
 * first, and all else stays as it was as far as the rules allow.
 */
export function migrate(compiled: Compiled, { decisions, selection: before }: Former, budget?: Budget): Migration {
  const effort = effortOf(budget)
  const { state, dropped } = carriedOver(compiled, decisions)
  const { status, bound, selection } = complete(state, before ? { goal: 'closest', to: before } : { goal: 'defaults' }, effort)
  const kept = decisionsOf(state)
  return {
    status,
    bound,
    kept,
    dropped,
    selection,
    differences: before && selection ? differencesBetween(compiled, before, selection) : [],
    decisions: selection ? pinned(state, selection, effort) : kept,
  }
}

/** As `decideAll`, but what takes one of a question that is answered does not push the earlier answer out. */
function carriedOver(compiled: Compiled, decisions: readonly Decision[]): { state: State; dropped: Unfit[] } {
  let state = start(compiled)
  const dropped: Unfit[] = []
  for (const decision of decisions) {
    const decided = decide(state, decision)
    if (decided.status === 'error') dropped.push({ decision, explanation: null, error: decided.error })
    else if (decided.status === 'conflict') dropped.push({ decision, explanation: decided.explanation, error: null })
    else if (state.decisions.every(one => decided.state.decisions.includes(one) || sameSubject(decision, one)))
      state = decided.state
    else dropped.push({ decision, explanation: explain(state, decision), error: null })
  }
  return { state, dropped }
}

function differencesBetween({ index }: Compiled, before: Selection, after: Selection): Difference[] {
  const differences: Difference[] = []
  const option = (id: string, gone: boolean) => {
    const [from, to] = [own(before.options, id), own(after.options, id)]
    if (from !== to) differences.push({ option: id, from, to, gone })
  }
  const number = (id: string, gone: boolean) => {
    const [from, to] = [own(before.numbers, id), own(after.numbers, id)]
    if (from !== to) differences.push({ number: id, from, to, gone })
  }
  for (const id of index.options.keys()) option(id, false)
  for (const id of index.grids.keys()) number(id, false)
  for (const id of Object.keys(before.options)) if (!index.options.has(id)) option(id, true)
  for (const id of Object.keys(before.numbers)) if (!index.grids.has(id)) number(id, true)
  return differences
}

const own = (values: Record<string, number>, id: string): number | null => (Object.hasOwn(values, id) ? values[id]! : null)

/** So many decisions are found one by one, each with all that follows from it; what then is still missing is decided at once. */
const PINNED_SINGLY = 20

/** The decisions of a state and what more must be decided for its completion by defaults to be the selection. */
function pinned(state: State, selection: Selection, budget: Budget): Decision[] {
  let now = state
  for (let round = 0; ; round++) {
    const completed = complete(now, { goal: 'defaults' }, budget).selection
    const missing = completed ? missingIn(now, completed, selection) : []
    if (missing.length === 0) return decisionsOf(now)
    now = decideAll(state.compiled, [...now.decisions, ...(round < PINNED_SINGLY ? missing.slice(0, 1) : missing)]).state
  }
}

/** What a selection has otherwise than another, as decisions: first what is chosen, since it pushes out what is not. */
function missingIn({ compiled: { index } }: State, completed: Selection, wanted: Selection): Decision[] {
  const chosen = [...index.options].flatMap(([id, { option }]): Decision[] => {
    if (!isChosen(wanted, id) || pieces(wanted, id) === pieces(completed, id)) return []
    return [option.quantity ? { option: id, quantity: pieces(wanted, id) } : { option: id, chosen: true }]
  })
  const numbers = [...index.grids.keys()].flatMap((id): Decision[] => {
    const value = own(wanted.numbers, id)
    return value === null || value === own(completed.numbers, id) ? [] : [{ number: id, value }]
  })
  const refused = [...index.options.keys()].flatMap((id): Decision[] =>
    isChosen(completed, id) && !isChosen(wanted, id) ? [{ option: id, chosen: false }] : [],
  )
  return [...chosen, ...numbers, ...refused]
}
