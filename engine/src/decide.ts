import type { Explanation, ModelError } from './api.ts'
import type { Compiled } from './compile.ts'
import { findDelta } from './deltas.ts'
import { explain } from './explain.ts'
import type { Decision } from './model.ts'
import { isError, requirementOf } from './requirement.ts'
import { apply, type Delta } from './solver/checker.ts'
import { footingAt } from './solver/footing.ts'
import type { Assignment } from './solver/problem.ts'
import { deltaFor, type Standing } from './standing.ts'
import { copyOf, findAssignment, fulfils, type Requirement, stand, type Workspace } from './workspace.ts'

/**
 * What a user has decided so far. Decisions in a state never contradict each other or the rules.
 * A state does not change; keep old ones for undo.
 */
export interface State {
  readonly compiled: Compiled
  /** in the order they were made */
  readonly decisions: readonly Decision[]
  /** what each of them demands */
  readonly requirements: readonly Requirement[]
  /** a valid assignment with all decisions */
  readonly witness: Assignment
  /** what was worked out for this state, or for one near it */
  readonly memo: { standing?: Standing; near?: Standing }
}

export type Decided =
  | { status: 'ok'; state: State }
  | { status: 'conflict'; explanation: Explanation }
  | { status: 'error'; error: ModelError }

/** A decision that was not taken, and why. */
export interface Unfit {
  decision: Decision
  /** set where it contradicts the decisions before it */
  explanation: Explanation | null
  /** set where the model does not have it */
  error: ModelError | null
}

/** The state before any decision. */
export function start(compiled: Compiled): State {
  return { compiled, decisions: [], requirements: [], witness: compiled.witness, memo: compiled.memo }
}

/** What the user decided, in order. */
export function decisions(state: State): Decision[] {
  return state.decisions.slice()
}

/**
 * Adds a decision, in place of an earlier one on the same option or number, or on another option of the same choose-one group.
 * A decision that cannot hold beside the others is not taken: the explanation says why.
 */
export function decide(state: State, decision: Decision): Decided {
  const { compiled } = state
  const requirement = requirementOf(compiled, decision)
  if (isError(requirement)) return { status: 'error', error: requirement }
  const before = without(state, other => replaces(compiled, decision, other))
  const witness = witnessWith(before, requirement)
  if (!witness) return { status: 'conflict', explanation: { ...explain(before, decision), verdict: 'impossible' } }
  return {
    status: 'ok',
    state: {
      compiled,
      decisions: [...before.decisions, decision],
      requirements: [...before.requirements, requirement],
      witness,
      memo: nearTo(before),
    },
  }
}

/** Takes back what was decided about an option or number; the state itself where nothing was. */
export function retract(state: State, wish: Decision): State {
  return without(state, other => sameSubject(wish, other))
}

/** The decisions that fit, taken in order, and those that do not with the reason: for links and saved states. */
export function decideAll(compiled: Compiled, list: readonly Decision[]): { state: State; unfit: Unfit[] } {
  let state = start(compiled)
  const unfit: Unfit[] = []
  for (const decision of list) {
    const decided = decide(state, decision)
    if (decided.status === 'ok') state = decided.state
    else unfit.push({ decision, ...reasonOf(decided) })
  }
  return { state, unfit }
}

function reasonOf(decided: Exclude<Decided, { status: 'ok' }>): Pick<Unfit, 'explanation' | 'error'> {
  return decided.status === 'error'
    ? { explanation: null, error: decided.error }
    : { explanation: decided.explanation, error: null }
}

/** Whether two decisions are about the same option or number. */
export function sameSubject(a: Decision, b: Decision): boolean {
  return 'number' in a ? 'number' in b && a.number === b.number : 'option' in b && a.option === b.option
}

export function replaces({ lowered }: Compiled, later: Decision, earlier: Decision): boolean {
  if (sameSubject(later, earlier)) return true
  if ('number' in later || 'number' in earlier || !choosesOption(later) || !choosesOption(earlier)) return false
  const group = lowered.options.get(later.option)!.group
  return group.kind === 'choose-one' && lowered.options.get(earlier.option)!.group === group
}

const choosesOption = (decision: Decision) => 'option' in decision && !('chosen' in decision && !decision.chosen)

/** The state without some of its decisions. */
export function without(state: State, drop: (decision: Decision) => boolean): State {
  const kept = state.decisions.map(decision => !drop(decision))
  if (kept.every(Boolean)) return state
  return {
    ...state,
    decisions: state.decisions.filter((_, i) => kept[i]),
    requirements: state.requirements.filter((_, i) => kept[i]),
    memo: nearTo(state),
  }
}

function nearTo({ memo }: State): State['memo'] {
  const near = memo.standing ?? memo.near
  return near ? { near } : {}
}

function witnessWith(state: State, requirement: Requirement): Assignment | undefined {
  const { witness, memo, compiled, requirements } = state
  if (fulfils(witness, requirement)) return witness
  const { work } = compiled
  const [literal, ...more] = requirement.literals
  if (literal === undefined || more.length > 0 || requirement.integer !== undefined)
    return findAssignment(work, [...requirements, requirement], witness)
  if (memo.standing && memo.standing.options[work.optionOf[literal >> 1]!] !== 0) return undefined
  const changed = copyOf(witness)
  const delta = (memo.standing && deltaFor(work, memo.standing, literal)) ?? newDelta(work, requirements, witness, literal)
  if (!delta) return undefined
  apply(work.checker, changed, delta)
  return changed
}

function newDelta(
  work: Workspace,
  requirements: readonly Requirement[],
  witness: Assignment,
  literal: number,
): Delta | undefined {
  stand(work, requirements)
  return work.solver.values[literal]! < 0 ? undefined : findDelta(work, footingAt(work.checker, witness), literal)
}
