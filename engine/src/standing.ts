import { createStore, type DeltaStore, keep, withoutReplaced } from './delta-store.ts'
import { findDelta, holdsWith, isOpen } from './deltas.ts'
import type { Delta } from './solver/checker.ts'
import { type Footing, footingAt } from './solver/footing.ts'
import { type Assignment, negate, TRUE } from './solver/problem.ts'
import { assume, UNLIMITED } from './solver/search.ts'
import { breaksClause, shakenBy } from './solver/shaken.ts'
import { findStretches, type Relation, type Stretch } from './stretches.ts'
import { type Requirement, stand, type Workspace } from './workspace.ts'

/**
 * Everything that is still possible in a state, each with its proof at hand: a valid assignment (the witness), and for every
 * option whose value in it may be otherwise the few changes (a delta) that make it so and keep the assignment valid.
 * After a click most deltas still do; only those are checked again that the click may have shaken, and only what fails is searched for.
 */
export interface Standing {
  requirements: readonly Requirement[]
  witness: Assignment
  /** by option in the order of the model: 1 it holds in every valid assignment of this state, -1 in none, 0 it may be or not */
  options: Int8Array
  /** by `placeOfDelta`, numbers of the store: how to make the literal of an option hold; of one that is not free, perhaps how it once was done */
  deltas: Int32Array
  store: DeltaStore
  /** by integer of a number or quantity: the places it can take while it counts */
  stretches: Stretch[][]
  /** by integer: changes that lead to each of its stretches */
  points: Delta[][]
}

/** So many deltas for each option, replaced ones among them, are kept at most. */
const REPLACED_LIMIT = 20

/** Finds the standing of requirements of which `witness` is a valid assignment. `near`: one found before, of whatever requirements. */
export function findStanding(
  work: Workspace,
  requirements: readonly Requirement[],
  witness: Assignment,
  near?: Standing,
): Standing {
  const added = requirements.filter(one => !near?.requirements.includes(one))
  const fewer = near?.requirements.every(one => requirements.includes(one)) ?? false
  const relation: Relation = fewer ? 'fewer' : added.length === 0 ? 'more' : 'other'
  const { optionLiterals } = work
  const standing: Standing = {
    requirements,
    witness,
    options: near?.options.slice() ?? new Int8Array(optionLiterals.length),
    deltas: near?.deltas.slice() ?? new Int32Array(2 * optionLiterals.length),
    store: near?.store ?? createStore(work.lowered.problem),
    stretches: [],
    points: [],
  }
  if (standing.store.deltas.length > 1000 + REPLACED_LIMIT * optionLiterals.length)
    standing.store = withoutReplaced(standing.store, standing.deltas)
  const footing = footingAt(work.checker, witness)
  const doubtful = near ? doubts(work, standing, footing, near, added, fewer) : new Uint8Array(optionLiterals.length).fill(UNSURE)
  stand(work, requirements, fewer ? () => fixedIn(work, near!) : undefined)
  const beside = new Map<number, Delta>()
  for (let option = 0; option < doubtful.length; option++) {
    if (doubtful[option] !== GOOD) settle(work, standing, footing, option, doubtful[option] === BROKEN, beside)
  }
  for (const { scale, counts } of work.scales) {
    const { integer } = scale
    const counting = counts === TRUE ? undefined : deltaFor(work, standing, counts)
    const points = near?.points[integer]?.slice() ?? []
    const known = near && { stretches: near.stretches[integer]!, relation }
    standing.stretches[integer] = findStretches(work, footing, scale, counting, points, known)
    standing.points[integer] = points
  }
  return standing
}

/**
 * Whether an option may be otherwise than in the witness, and how.
 * broken: its delta, if it has one, is known to be good no longer
 */
function settle(
  work: Workspace,
  standing: Standing,
  footing: Footing,
  option: number,
  broken: boolean,
  beside: Map<number, Delta>,
): void {
  const { solver, checker, optionLiterals } = work
  const literal = optionLiterals[option]!
  const holds = footing.values[literal]! > 0
  const other = holds ? negate(literal) : literal
  standing.options[option] = 0
  if (solver.values[other] === 0) {
    const delta = deltaFor(work, standing, other)
    if (!broken && delta && isOpen(solver, delta) && holdsWith(checker, footing, delta)) return
    const found = findDelta(work, footing, other, UNLIMITED, beside)
    if (found) {
      const place = placeOfDelta(work, other)
      standing.deltas[place] = keep(standing.store, place, found)
      return
    }
    if (solver.values[other] === 0) assume(solver, [negate(other)])
  }
  standing.options[option] = holds ? 1 : -1
}

/** What is known of a delta after a change. */
const GOOD = 0
const UNSURE = 1
const BROKEN = 2

/**
 * By option, what is known of its delta: broken where it goes against a new requirement or a clause that the change of the witness
 * shook; unsure where it may break another constraint, where the option is otherwise in this witness, and, where a requirement is gone,
 * where it was not free.
 */
function doubts(
  work: Workspace,
  standing: Standing,
  footing: Footing,
  near: Standing,
  added: readonly Requirement[],
  fewer: boolean,
): Uint8Array {
  const { optionLiterals, checker } = work
  const doubtful = new Uint8Array(optionLiterals.length)
  const { withLiteral, withInteger, places, deltas } = standing.store
  /** doubts those of the deltas that are this standing's; `broken` looks closer */
  const doubt = (numbers: readonly number[], broken?: (delta: Delta) => boolean) => {
    for (let i = 0; i < numbers.length; i++) {
      const number: number = numbers[i]!
      const place = places[number]!
      if (standing.deltas[place] !== number || doubtful[place >> 1] === BROKEN) continue
      const delta = deltas[number]!
      if (!broken || delta.integers.length > 0) doubtful[place >> 1] = UNSURE
      else if (broken(delta)) doubtful[place >> 1] = BROKEN
    }
  }
  const { witness } = standing
  const shaken = shakenBy(checker, near.witness, footing)
  for (let i = 0; i < shaken.clauses.length; i++) {
    const clause = shaken.clauses[i]!
    const breaks = ({ literals }: Delta) => breaksClause(checker, witness, literals, clause)
    doubt(withLiteral[negate(shaken.supports[i]!)]!, breaks)
  }
  for (const literal of new Set(shaken.literals)) doubt(withLiteral[literal]!)
  for (const integer of new Set(shaken.integers)) doubt(withInteger[integer]!)
  for (const { literals, integer } of added) {
    for (const literal of literals) doubt(withLiteral[negate(literal)]!, () => true)
    if (integer !== undefined) doubt(withInteger[integer]!)
  }
  for (let option = 0; option < optionLiterals.length; option++) {
    const literal = optionLiterals[option]!
    if (near.options[option] !== 0) doubtful[option] = fewer ? GOOD : UNSURE
    else if (near.witness.values[literal] !== witness.values[literal]) doubtful[option] = UNSURE
  }
  return doubtful
}

/** Literals of options that hold in every valid assignment. */
function fixedIn({ optionLiterals }: Workspace, { options }: Standing): number[] {
  const fixed: number[] = []
  for (let i = 0; i < options.length; i++) {
    if (options[i] !== 0) fixed.push(options[i]! > 0 ? optionLiterals[i]! : negate(optionLiterals[i]!))
  }
  return fixed
}

/** How to make a literal of an option hold, as far as it is known. */
export const deltaFor = (work: Workspace, { store, deltas }: Standing, literal: number): Delta | undefined =>
  store.deltas[deltas[placeOfDelta(work, literal)]!]

const placeOfDelta = ({ optionOf }: Workspace, literal: number) => 2 * optionOf[literal >> 1]! + (literal & 1)
