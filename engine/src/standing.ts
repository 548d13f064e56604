import { createStore, type DeltaStore, keep, withoutReplaced } from './delta-store.ts'
import { findDelta, holdsWith, isOpen, mendDelta } from './deltas.ts'
import { type Delta, shakenBy } from './solver/checker.ts'
import { type Assignment, negate, TRUE } from './solver/problem.ts'
import { assume } from './solver/search.ts'
import { findStretches, type Relation, type Stretch } from './stretches.ts'
import { copyOf, type Requirement, stand, type Workspace } from './workspace.ts'

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
    store: near?.store ?? createStore(),
    stretches: [],
    points: [],
  }
  if (standing.store.deltas.length > 1000 + REPLACED_LIMIT * optionLiterals.length)
    standing.store = withoutReplaced(standing.store, standing.deltas)
  const doubtful = near ? doubts(work, standing, near, added, fewer) : new Uint8Array(optionLiterals.length).fill(1)
  stand(work, requirements, fewer ? () => fixedIn(work, near!) : undefined)
  const scratch = copyOf(witness)
  for (let option = doubtful.indexOf(1); option >= 0; option = doubtful.indexOf(1, option + 1))
    settle(work, standing, scratch, option)
  for (const { scale, counts } of work.scales) {
    const { integer } = scale
    const counting = counts === TRUE ? undefined : deltaFor(work, standing, counts)
    const points = near?.points[integer]?.slice() ?? []
    const known = near && { stretches: near.stretches[integer]!, relation }
    standing.stretches[integer] = findStretches(work, scratch, scale, counting, points, known)
    standing.points[integer] = points
  }
  return standing
}

/** Whether an option may be otherwise than in the witness, and how. `scratch` is the witness, to be changed and changed back. */
function settle(work: Workspace, standing: Standing, scratch: Assignment, option: number): void {
  const { solver, checker, optionLiterals, optionOf } = work
  const literal = optionLiterals[option]!
  const holds = scratch.values[literal]! > 0
  const other = holds ? negate(literal) : literal
  standing.options[option] = 0
  if (solver.values[other] === 0) {
    const delta = deltaFor(work, standing, other)
    const open = delta && isOpen(solver, delta)
    if (open && holdsWith(checker, scratch, delta)) return
    const known = (wanted: number) => {
      const help = optionOf[wanted >> 1]! < 0 ? undefined : deltaFor(work, standing, wanted)
      return help && isOpen(solver, help) ? help : undefined
    }
    const found = (open ? mendDelta(checker, scratch, delta, known) : undefined) ?? findDelta(work, scratch, other)
    if (found) {
      const place = placeOfDelta(work, other)
      standing.deltas[place] = keep(standing.store, place, found)
      return
    }
    if (solver.values[other] === 0) assume(solver, [negate(other)])
  }
  standing.options[option] = holds ? 1 : -1
}

/**
 * By option: 1 where what is near no longer proves it. Such are the options that are otherwise in this witness, those whose
 * delta goes against a new requirement or may have been shaken by what changed in the witness, and, where a requirement is gone, those
 * that were not free.
 */
function doubts(work: Workspace, standing: Standing, near: Standing, added: readonly Requirement[], fewer: boolean): Uint8Array {
  const { optionLiterals, checker } = work
  const doubtful = new Uint8Array(optionLiterals.length)
  const { withLiteral, withInteger, places } = standing.store
  const doubt = (numbers: readonly number[] | undefined) => {
    if (!numbers) return
    for (let i = 0; i < numbers.length; i++) {
      const place = places[numbers[i]!]!
      if (standing.deltas[place] === numbers[i]) doubtful[place >> 1] = 1
    }
  }
  const { literals, integers } = shakenBy(checker, near.witness, standing.witness)
  for (const { literals: required, integer } of added) {
    for (const literal of required) literals.push(negate(literal))
    if (integer !== undefined) integers.push(integer)
  }
  for (const literal of new Set(literals)) doubt(withLiteral.get(literal))
  for (const integer of new Set(integers)) doubt(withInteger.get(integer))
  for (let option = 0; option < optionLiterals.length; option++) {
    const literal = optionLiterals[option]!
    if (near.options[option] !== 0) doubtful[option] = fewer ? 0 : 1
    else if (near.witness.values[literal] !== standing.witness.values[literal]) doubtful[option] = 1
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
