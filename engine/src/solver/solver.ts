import { addClause } from './clauses.ts'
import type { Constraint, Problem } from './problem.ts'
import { negate, TRUE } from './problem.ts'
import { propagate } from './propagate.ts'
import { atMostOnePropagator } from './propagators/at-most-one.ts'
import { comparisonPropagator } from './propagators/comparison.ts'
import { linearPropagator } from './propagators/linear.ts'
import { enqueue, newVariable } from './trail.ts'

/**
 * The state of one search: what is assigned and why. Plain data; the functions beside this file work on it.
 *
 * Levels: 0 holds for ever; 1 holds what a caller assumes (his decisions); above it come wishes and guesses.
 * Arrays indexed by literal, variable or integer grow when bounds are named during the search.
 */
export interface Solver {
  problem: Problem
  /** false once the problem itself is contradictory */
  consistent: boolean

  variables: number
  /** by literal: 1 true, -1 false, 0 open */
  values: Int8Array
  /** by variable */
  levels: Int32Array
  reasons: Int32Array
  positions: Int32Array
  /** by variable that is a bound: the literal that bounded the integer before */
  priorBounds: Int32Array
  boundOf: Int32Array
  boundAt: Float64Array

  /** literals in the order they were assigned */
  trail: Int32Array
  trailSize: number
  /** how far clauses have seen the trail */
  head: number
  levelStarts: number[]

  /** by integer: bounds now, and the literals that made them (-1: the domain) */
  lower: Float64Array
  upper: Float64Array
  lowerLiterals: Int32Array
  upperLiterals: Int32Array
  /** by integer: its named bounds ascending, and their variables */
  boundKeys: number[][]
  boundVariables: number[][]

  /** by literal: the literals that must hold when it does */
  implied: number[][]
  /** by literal: clauses that watch it */
  watches: number[][]
  /** clauses one after the other: size, quality (0: given; else levels in it when learned), literals */
  arena: Int32Array
  arenaSize: number
  learned: number[]
  /** literals found to hold for ever while assumptions stood */
  facts: number[]

  propagators: Propagator[]
  /** by literal, integer, integer: propagators to wake when it holds, or that bound moves */
  wakeLiterals: (number[] | undefined)[]
  wakeLower: number[][]
  wakeUpper: number[][]
  queue: number[]
  queued: Uint8Array

  /** the clause that failed: literals that are all false */
  conflict: number[]
  activity: Float64Array
  activityStep: number
  /** variables in the order they are guessed */
  order: Int32Array
  seen: Uint8Array
  /** by rule: the literal that switches it on; only where the solver was made to explain */
  selectors: number[]
}

/** A constraint that is not a clause: it derives literals and can say afterwards from what. */
export interface Propagator {
  wakesOn: { literals: number[]; lower: number[]; upper: number[] }
  /** Derives what follows, with its index `self` as the reason; false when it cannot hold, with the clause in `solver.conflict`. */
  propagate(solver: Solver, self: number): boolean
  /** Adds to `out` the false literals from which `literal` followed, out of what was assigned before position `before`. */
  explain(solver: Solver, literal: number, before: number, out: number[]): void
}

/** Makes a solver for a problem. With `selectable` every rule has a literal in `selectors`, and holds only while that does. */
export function createSolver(problem: Problem, selectable = false): Solver {
  const solver = emptySolver(problem)
  for (let v = 1; v < problem.variables; v++) newVariable(solver, problem.boundOf[v]!, problem.boundAt[v]!)
  solver.order = Int32Array.from({ length: problem.variables - 1 }, (_, i) => i + 1)
  if (selectable) {
    for (const { rule } of problem.constraints) {
      if (rule >= 0) solver.selectors[rule] ??= 2 * newVariable(solver, -1, 0)
    }
  }
  for (const constraint of problem.constraints) addConstraint(solver, constraint)
  if (solver.consistent && !propagate(solver)) solver.consistent = false
  return solver
}

/** Adds a constraint at level 0; the solver may turn inconsistent. */
export function addConstraint(solver: Solver, constraint: Constraint): void {
  const selector = solver.selectors[constraint.rule] ?? TRUE
  switch (constraint.kind) {
    case 'clause':
      addClause(solver, selector === TRUE ? constraint.literals : [...constraint.literals, negate(selector)])
      return
    case 'at-most-one':
      attach(solver, atMostOnePropagator(constraint.literals, selector))
      return
    case 'linear':
      attach(solver, linearPropagator(constraint, bothHold(solver, constraint.guard, selector)))
      return
    case 'comparison':
      attach(solver, comparisonPropagator(constraint, bothHold(solver, constraint.guard, selector)))
      return
    default:
      constraint satisfies never
  }
}

/** Its index among the propagators of the solver. */
export function attach(solver: Solver, propagator: Propagator): number {
  const index = solver.propagators.push(propagator) - 1
  const { literals, lower, upper } = propagator.wakesOn
  for (const literal of literals) {
    const list = solver.wakeLiterals[literal]
    if (list) list.push(index)
    else solver.wakeLiterals[literal] = [index]
  }
  for (const integer of lower) solver.wakeLower[integer]!.push(index)
  for (const integer of upper) solver.wakeUpper[integer]!.push(index)
  if (solver.queued.length <= index) {
    const grown = new Uint8Array(2 * index + 16)
    grown.set(solver.queued)
    solver.queued = grown
  }
  solver.queued[index] = 1
  solver.queue.push(index)
  return index
}

/** A literal that must hold when both do. */
function bothHold(solver: Solver, a: number, b: number): number {
  if (a === TRUE) return b
  if (b === TRUE) return a
  const both = 2 * newVariable(solver, -1, 0)
  addClause(solver, [both, negate(a), negate(b)])
  return both
}

function emptySolver(problem: Problem): Solver {
  const capacity = problem.variables + 64
  const integers = problem.integers.length
  const solver: Solver = {
    problem,
    consistent: true,
    variables: 0,
    values: new Int8Array(2 * capacity),
    levels: new Int32Array(capacity),
    reasons: new Int32Array(capacity),
    positions: new Int32Array(capacity),
    priorBounds: new Int32Array(capacity),
    boundOf: new Int32Array(capacity),
    boundAt: new Float64Array(capacity),
    trail: new Int32Array(capacity),
    trailSize: 0,
    head: 0,
    levelStarts: [],
    lower: new Float64Array(integers),
    upper: Float64Array.from(problem.integers),
    lowerLiterals: new Int32Array(integers).fill(-1),
    upperLiterals: new Int32Array(integers).fill(-1),
    boundKeys: problem.integers.map(() => []),
    boundVariables: problem.integers.map(() => []),
    implied: [],
    watches: [],
    arena: new Int32Array(4096),
    arenaSize: 1,
    learned: [],
    facts: [],
    propagators: [],
    wakeLiterals: [],
    wakeLower: problem.integers.map(() => []),
    wakeUpper: problem.integers.map(() => []),
    queue: [],
    queued: new Uint8Array(64),
    conflict: [],
    activity: new Float64Array(capacity),
    activityStep: 1,
    order: new Int32Array(0),
    seen: new Uint8Array(capacity),
    selectors: [],
  }
  newVariable(solver, -1, 0)
  enqueue(solver, TRUE, 0)
  return solver
}
