import type { Scale } from './linear-form.ts'
import type { Lowered } from './lower.ts'
import type { FindReasons } from './reasons.ts'
import { type Checker, createChecker } from './solver/checker.ts'
import { forget } from './solver/clauses.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { assume, readAssignment, reset, search, UNLIMITED } from './solver/search.ts'
import { createSolver, type Solver } from './solver/solver.ts'
import { atMost, cancel, newLevel } from './solver/trail.ts'

/** Learned clauses kept from one state to another: more would cost more than they save. */
const LEARNED_LIMIT = 250

/** Bounds that searches may have named before the solver is made anew. */
const BOUNDS_LIMIT = 400

/** What a decision or a wish demands of an assignment. */
export interface Requirement {
  literals: number[]
  integer?: number
  place?: number
}

/** The solver that the states of one compiled model share. Its answers never depend on what it was asked before. */
export interface Workspace {
  lowered: Lowered
  checker: Checker
  solver: Solver
  /** by option in the order of the model: its literal */
  optionLiterals: Int32Array
  /** by variable: which option it is, or -1 */
  optionOf: Int32Array
  /** every number and quantity, with the literal while which it counts */
  scales: readonly { scale: Scale; counts: number }[]
  /** whose requirements the solver assumes now, at level 1 */
  assumed: readonly Requirement[] | undefined
  /** made when first asked for */
  reasons?: FindReasons
}

export function createWorkspace(lowered: Lowered): Workspace {
  const optionLiterals = Int32Array.from(lowered.options.values(), ({ literal }) => literal)
  const optionOf = new Int32Array(lowered.problem.variables).fill(-1)
  for (let option = 0; option < optionLiterals.length; option++) optionOf[optionLiterals[option]! >> 1] = option
  return {
    lowered,
    checker: createChecker(lowered.problem),
    solver: createSolver(lowered.problem),
    optionLiterals,
    optionOf,
    scales: scalesOf(lowered),
    assumed: undefined,
  }
}

function scalesOf({ numbers, options }: Lowered): Workspace['scales'] {
  const scales = Array.from(numbers.values(), (scale): Workspace['scales'][number] => ({ scale, counts: scale.counts }))
  for (const { pieces, literal } of options.values()) if (pieces) scales.push({ scale: pieces, counts: literal })
  return scales
}

/**
 * Brings the solver to level 1 with the requirements assumed, and, where it starts anew, literals `known` to follow from them.
 * False where they contradict each other by propagation already.
 */
export function stand(work: Workspace, requirements: readonly Requirement[], known?: () => readonly number[]): boolean {
  const { assumed } = work
  const piled = work.solver.variables >= work.lowered.problem.variables + BOUNDS_LIMIT
  const goesOn = !piled && assumed && assumed.length <= requirements.length && assumed.every((one, i) => one === requirements[i])
  if (!goesOn) {
    if (piled) work.solver = createSolver(work.lowered.problem)
    if (!reset(work.solver)) return false
    forget(work.solver, 0, LEARNED_LIMIT)
    newLevel(work.solver)
  }
  work.assumed = undefined
  for (const requirement of goesOn ? requirements.slice(assumed.length) : requirements) {
    if (!assumeRequirement(work.solver, requirement)) return false
  }
  if (!goesOn && known && assume(work.solver, known())) return false
  work.assumed = requirements
  return true
}

/** Whether an assignment already does what a requirement demands. */
export function fulfils({ values, integers }: Assignment, { literals, integer, place }: Requirement): boolean {
  return literals.every(literal => values[literal]! > 0) && (integer === undefined || integers[integer] === place)
}

/** A valid assignment in which the requirements hold, as like `near` as comes easily; undefined if there is none. */
export function findAssignment(work: Workspace, requirements: readonly Requirement[], near?: Assignment): Assignment | undefined {
  if (!stand(work, requirements)) return undefined
  const found = near ? copyOf(near) : emptyAssignment(work)
  if (search(work.solver, [], found, UNLIMITED) === 'none') return undefined
  readAssignment(work.solver, found)
  cancel(work.solver, 1)
  return found
}

export const copyOf = ({ values, integers }: Assignment): Assignment => ({ values: values.slice(), integers: integers.slice() })

export function emptyAssignment({ lowered: { problem } }: Workspace): Assignment {
  return { values: new Int8Array(2 * problem.variables), integers: new Float64Array(problem.integers.length) }
}

/** Assumes one more requirement at level 1. */
export function assumeRequirement(solver: Solver, { literals, integer, place }: Requirement): boolean {
  if (assume(solver, literals)) return false
  if (integer === undefined || place === undefined) return true
  if (place < solver.lower[integer]! || place > solver.upper[integer]!) return false
  if (place < solver.upper[integer]!) {
    if (assume(solver, [atMost(solver, integer, place)])) return false
  }
  return (
    place === solver.lower[integer]! ||
    (place > solver.lower[integer]! && !assume(solver, [negate(atMost(solver, integer, place - 1))]))
  )
}

/** Starts over, with the same assumptions, where named bounds have piled up: every one of an integer is moved along with it. */
export function refresh(work: Workspace): void {
  const { assumed, lowered } = work
  if (!assumed || work.solver.variables < lowered.problem.variables + BOUNDS_LIMIT) return
  stand(work, assumed)
}
