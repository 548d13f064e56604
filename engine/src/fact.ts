import { FALSE, negate, TRUE } from './solver/problem.ts'
import type { Solver } from './solver/solver.ts'
import { atMost, placeOf } from './solver/trail.ts'
import type { Requirement } from './workspace.ts'

/** Something that may hold of an assignment: a literal of the problem, or where an integer lies. */
export type Fact = number | Bounded

/** While `holds` the integer is at most `bound`, otherwise it is more. */
export interface Bounded {
  integer: number
  bound: number
  holds: boolean
}

/** What all has to hold for a requirement. */
export function factsOf({ literals, integer, place }: Requirement): Fact[] {
  if (integer === undefined || place === undefined) return literals
  return [...literals, { integer, bound: place, holds: true }, { integer, bound: place - 1, holds: false }]
}

export const contrary = (fact: Fact): Fact => (typeof fact === 'number' ? negate(fact) : { ...fact, holds: !fact.holds })

/** Whether the literal of a fact can be had without naming a bound. */
export function isNamed(solver: Solver, fact: Fact): boolean {
  if (typeof fact === 'number') return true
  const keys = solver.boundKeys[fact.integer]!
  return keys[placeOf(keys, fact.bound)] === fact.bound
}

/** The literal of a fact; TRUE or FALSE where the solver has settled at its present level what it never named. */
export function literalOf(solver: Solver, fact: Fact): number {
  if (typeof fact === 'number') return fact
  const { integer, bound, holds } = fact
  const literal = isNamed(solver, fact) ? atMost(solver, integer, bound) : openBound(solver, integer, bound)
  return holds ? literal : negate(literal)
}

function openBound(solver: Solver, integer: number, bound: number): number {
  if (bound < solver.lower[integer]!) return FALSE
  return bound >= solver.upper[integer]! ? TRUE : atMost(solver, integer, bound)
}
