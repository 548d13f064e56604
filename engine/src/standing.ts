import { findDelta, holdsWith, isOpen } from './deltas.ts'
import type { Scale } from './linear-form.ts'
import { type Delta, shakenBy } from './solver/checker.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { assume } from './solver/search.ts'
import { findStretches, type Relation, type Stretch } from './stretches.ts'
import { countUse, createUses, type Uses, usersOf } from './uses.ts'
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
  /** by literal of an option: how to make it hold; of one that is not free, perhaps how it once was done */
  deltas: (Delta | undefined)[]
  /** which deltas contain what, of this standing and of others near it */
  uses: Uses
  /** by integer of a number or quantity: the places it can take while it counts */
  stretches: Stretch[][]
  /** by integer: changes that lead to each of its stretches */
  points: Delta[][]
}

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
    deltas: near?.deltas.slice() ?? [],
    uses: near?.uses ?? createUses(),
    stretches: [],
    points: [],
  }
  const doubtful = near ? doubts(work, standing, near, added, fewer) : new Uint8Array(optionLiterals.length).fill(1)
  stand(work, requirements, fewer ? fixedIn(work, near!) : [])
  const scratch = copyOf(witness)
  for (let option = doubtful.indexOf(1); option >= 0; option = doubtful.indexOf(1, option + 1)) settle(work, standing, scratch, option)
  for (const { scale, counts } of scalesOf(work)) {
    const { integer } = scale
    const points = near?.points[integer]?.slice() ?? []
    const known = near && { stretches: near.stretches[integer]!, relation }
    standing.stretches[integer] = findStretches(work, scratch, scale, standing.deltas[counts], points, known)
    standing.points[integer] = points
  }
  return standing
}

/** Whether an option may be otherwise than in the witness, and how. `scratch` is the witness, to be changed and changed back. */
function settle(work: Workspace, standing: Standing, scratch: Assignment, option: number): void {
  const { solver, checker, optionLiterals } = work
  const literal = optionLiterals[option]!
  const holds = scratch.values[literal]! > 0
  const other = holds ? negate(literal) : literal
  standing.options[option] = 0
  if (solver.values[other] === 0) {
    const delta = standing.deltas[other]
    if (delta && isOpen(solver, delta) && holdsWith(checker, scratch, delta)) return
    const found = findDelta(work, scratch, other)
    if (found) {
      standing.deltas[other] = found
      countUse(standing.uses, other, found)
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
  const { optionLiterals, optionOf, checker } = work
  const doubtful = new Uint8Array(optionLiterals.length)
  const doubtUsers = (users: readonly number[] | undefined) => {
    if (users) for (let i = 0; i < users.length; i++) doubtful[optionOf[users[i]! >> 1]!] = 1
  }
  const { literals, integers } = shakenBy(checker, near.witness, standing.witness)
  for (const { literals: required, integer } of added) {
    for (const literal of required) literals.push(negate(literal))
    if (integer !== undefined) integers.push(integer)
  }
  for (const literal of new Set(literals)) doubtUsers(usersOf(standing.uses, literal))
  for (const integer of new Set(integers)) doubtUsers(standing.uses.byInteger.get(integer))
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

/** Every number and quantity, with the literal while which it counts. */
function scalesOf({ lowered }: Workspace): { scale: Scale; counts: number }[] {
  const numbers = [...lowered.numbers.values()].map(scale => ({ scale, counts: scale.counts }))
  const quantities = [...lowered.options.values()].flatMap(({ pieces, literal }) =>
    pieces ? [{ scale: pieces, counts: literal }] : [],
  )
  return [...numbers, ...quantities]
}
