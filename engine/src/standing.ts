import { findDelta, holdsWith, isOpen } from './deltas.ts'
import type { Scale } from './linear-form.ts'
import { type Checker, type Delta, type Touched, touchedBetween } from './solver/checker.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { assume } from './solver/search.ts'
import { findStretches, type Relation, type Stretch } from './stretches.ts'
import { copyOf, type Requirement, stand, type Workspace } from './workspace.ts'

/**
 * Everything that is still possible in a state, each with its proof at hand: a valid assignment (the witness), and for every
 * option whose value in it may be otherwise the few changes (a delta) that make it so and keep the assignment valid.
 * After a click most deltas still do; only what the click touched is checked again, and only what fails is searched for.
 */
export interface Standing {
  witness: Assignment
  /** by literal of an option: how to make it hold */
  deltas: (Delta | undefined)[]
  /** literals of options that hold in every valid assignment of this state */
  fixed: number[]
  /** by integer of a number or quantity: the places it can take while it counts */
  stretches: Stretch[][]
  /** by integer: changes that lead to each of its stretches */
  points: Delta[][]
}

/** A standing found before, and how its requirements relate to the new ones. */
export interface Hint {
  standing: Standing
  relation: Relation
}

/** Finds the standing of requirements of which `witness` is a valid assignment. */
export function findStanding(work: Workspace, requirements: readonly Requirement[], witness: Assignment, hint?: Hint): Standing {
  stand(work, requirements, hint?.relation === 'fewer' ? hint.standing.fixed : [])
  const { solver, checker, lowered } = work
  const standing: Standing = { witness, deltas: hint?.standing.deltas.slice() ?? [], fixed: [], stretches: [], points: [] }
  const doubtful = doubtAbout(checker, witness, hint)
  const scratch = copyOf(witness)

  for (const { literal } of lowered.options.values()) {
    const other = witness.values[literal]! > 0 ? negate(literal) : literal
    if (solver.values[other] === 0) {
      const delta = standing.deltas[other]
      if (delta && isStillGood(work, scratch, delta, doubtful(other))) continue
      const found = findDelta(work, scratch, other)
      if (found) {
        standing.deltas[other] = found
        continue
      }
      if (solver.values[other] === 0) assume(solver, [negate(other)])
    }
    standing.fixed.push(negate(other))
  }
  for (const { scale, counts } of scalesOf(work)) {
    const { integer } = scale
    const points = hint?.standing.points[integer]?.slice() ?? []
    const known = hint && { stretches: hint.standing.stretches[integer]!, relation: hint.relation }
    standing.stretches[integer] = findStretches(work, scratch, scale, standing.deltas[counts], points, known)
    standing.points[integer] = points
  }
  return standing
}

/** Every number and quantity, with the literal while which it counts. */
function scalesOf({ lowered }: Workspace): { scale: Scale; counts: number }[] {
  const numbers = [...lowered.numbers.values()].map(scale => ({ scale, counts: scale.counts }))
  const quantities = [...lowered.options.values()].flatMap(({ pieces, literal }) =>
    pieces ? [{ scale: pieces, counts: literal }] : [],
  )
  return [...numbers, ...quantities]
}

/** Which deltas must be checked again: those that stand near what changed since the hint, and those that did not hold there. */
function doubtAbout(
  checker: Checker,
  witness: Assignment,
  hint: Hint | undefined,
): (literal: number) => Touched | 'all' | undefined {
  if (!hint) return () => 'all'
  const touched = touchedBetween(checker, hint.standing.witness, witness)
  const excluded = new Set(hint.standing.fixed.map(negate))
  return literal => (excluded.has(literal) ? 'all' : touched)
}

function isStillGood(work: Workspace, assignment: Assignment, delta: Delta, doubt: Touched | 'all' | undefined): boolean {
  if (!isOpen(work.solver, delta)) return false
  if (doubt === undefined) return true
  const near =
    doubt === 'all' ||
    delta.literals.some(literal => doubt.variables[literal >> 1]) ||
    delta.integers.some(integer => doubt.integers[integer])
  return !near || holdsWith(work.checker, assignment, delta)
}
