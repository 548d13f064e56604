import { compare, scopeOf } from './expression.ts'
import { type Footing, slackOf } from './footing.ts'
import { addTo, emptyLists, type Lists } from './lists.ts'
import { type Assignment, type Comparison, type Constraint, type Linear, negate, type Problem } from './problem.ts'

/** What must change in a valid assignment to get another: literals to hold, integers to move. Named bounds follow the integers. */
export interface Delta {
  literals: number[]
  integers: number[]
  places: number[]
}

/** Checks changed assignments by looking only at the constraints they touch. Bounds stand only in clauses. */
export interface Checker {
  problem: Problem
  /** literal after literal: the clauses it stands in, as places in `clauses` */
  clausesWith: Int32Array
  /** by literal, and for the end of the last: where its own begin in `clausesWith` */
  clauseStarts: Int32Array
  /** size, literals, size, literals … */
  clauses: Int32Array
  /** by literal: the constraints, as indices of problem.constraints, in which it is one of at most one, weighs, or is the guard */
  atMostOneWith: Lists<number>
  linearWith: Lists<{ index: number; weight: number }>
  guardedBy: Lists<number>
  /** by variable: the comparisons that read it */
  comparisonsOf: Lists<number>
  /** by integer: the constraints other than clauses that read it */
  othersOfInteger: number[][]
  /** by constraint other than a clause: what it reads */
  scopes: Scope[]
  /** by integer: the variables that are its bounds */
  boundsOf: number[][]
  stamps: Int32Array
  stamp: number
  /** by constraint: how its slack has changed, in a check under way */
  changes: Float64Array
  /** what changes are tried from: see footingAt */
  footing: Footing | undefined
}

export function createChecker(problem: Problem): Checker {
  const othersOfInteger: number[][] = problem.integers.map(() => [])
  const boundsOf: number[][] = problem.integers.map(() => [])
  const atMostOneWith = emptyLists<number>(2 * problem.variables)
  const linearWith = emptyLists<{ index: number; weight: number }>(2 * problem.variables)
  const guardedBy = emptyLists<number>(2 * problem.variables)
  const comparisonsOf = emptyLists<number>(problem.variables)
  const scopes: Checker['scopes'] = []
  problem.constraints.forEach((constraint, index) => {
    if (constraint.kind === 'clause') return
    if (constraint.kind === 'at-most-one') for (const literal of constraint.literals) addTo(atMostOneWith, literal, index)
    if (constraint.kind === 'linear') {
      addTo(guardedBy, constraint.guard, index)
      for (const [i, literal] of constraint.literals.entries())
        addTo(linearWith, literal, { index, weight: constraint.weights[i]! })
    }
    const { literals, integers } = readBy(constraint)
    const byOne = constraint.kind === 'at-most-one'
    scopes[index] = { literals: byOne ? Array.from(literals, negate) : [...literals], integers: [...integers], byOne }
    if (constraint.kind === 'comparison')
      for (const variable of new Set(Array.from(literals, literal => literal >> 1))) addTo(comparisonsOf, variable, index)
    for (const integer of scopes[index].integers) othersOfInteger[integer]!.push(index)
  })
  for (let v = 1; v < problem.variables; v++) {
    if (problem.boundOf[v]! >= 0) boundsOf[problem.boundOf[v]!]!.push(v)
  }
  return {
    problem,
    ...clausesIn(problem),
    atMostOneWith,
    linearWith,
    guardedBy,
    comparisonsOf,
    othersOfInteger,
    scopes,
    boundsOf,
    stamps: new Int32Array(problem.constraints.length),
    stamp: 0,
    changes: new Float64Array(problem.constraints.length),
    footing: undefined,
  }
}

/** The clauses one after the other, and who stands in which: in three arrays, as there may be hundreds of thousands. */
function clausesIn({ constraints, variables }: Problem): Pick<Checker, 'clauses' | 'clausesWith' | 'clauseStarts'> {
  const clauseStarts = new Int32Array(2 * variables + 1)
  let words = 0
  for (const one of constraints) {
    if (one.kind !== 'clause') continue
    words += 1 + one.literals.length
    for (const literal of one.literals) clauseStarts[literal + 1]!++
  }
  for (let literal = 0; literal < 2 * variables; literal++) clauseStarts[literal + 1]! += clauseStarts[literal]!
  const clauses = new Int32Array(words)
  const clausesWith = new Int32Array(clauseStarts[2 * variables]!)
  const next = clauseStarts.slice()
  let place = 0
  for (const one of constraints) {
    if (one.kind !== 'clause') continue
    const { literals } = one
    clauses[place] = literals.length
    for (let i = 0; i < literals.length; i++) {
      clauses[place + 1 + i] = literals[i]!
      clausesWith[next[literals[i]!]!++] = place
    }
    place += 1 + literals.length
  }
  return { clauses, clausesWith, clauseStarts }
}

/** Every literal and integer that a constraint other than a clause reads. */
export function readBy(constraint: Exclude<Constraint, { kind: 'clause' }>): {
  literals: Iterable<number>
  integers: Iterable<number>
} {
  switch (constraint.kind) {
    case 'at-most-one':
      return { literals: constraint.literals, integers: [] }
    case 'linear':
      return { literals: [...constraint.literals, constraint.guard], integers: constraint.integers }
    case 'comparison': {
      const literals = new Set([constraint.guard])
      const integers = new Set<number>()
      scopeOf(constraint.left, literals, integers)
      scopeOf(constraint.right, literals, integers)
      return { literals, integers }
    }
  }
}

/**
 * Changes an assignment in place and returns how to change it back: what was false or elsewhere before.
 * What a delta asks for and already holds stays.
 */
export function apply(checker: Checker, assignment: Assignment, delta: Delta): Delta {
  const { values, integers } = assignment
  const undo: Delta = { literals: [], integers: [], places: [] }
  const flip = (literal: number) => {
    if (values[literal]! > 0) return
    values[literal] = 1
    values[negate(literal)] = -1
    undo.literals.push(negate(literal))
  }
  for (let i = 0; i < delta.literals.length; i++) flip(delta.literals[i]!)
  for (let i = 0; i < delta.integers.length; i++) {
    const integer = delta.integers[i]!
    const place = delta.places[i]!
    if (integers[integer] === place) continue
    undo.integers.push(integer)
    undo.places.push(integers[integer]!)
    integers[integer] = place
    for (const variable of checker.boundsOf[integer]!)
      flip(place <= checker.problem.boundAt[variable]! ? 2 * variable : 2 * variable + 1)
  }
  return undo
}

/** What a constraint reads. `byOne`: broken, it holds again only once one more of these literals does. */
export interface Scope {
  literals: ArrayLike<number>
  integers: readonly number[]
  byOne: boolean
}

/** A constraint that the footing, valid before it was changed, breaks now, by what it reads; `undo` says what was changed. */
export function brokenAfter(checker: Checker, footing: Footing, undo: Delta): Scope | undefined {
  const { clauses } = checker
  const { values, supported, supportedBefore } = footing
  for (const failed of undo.literals) {
    for (let place = supported[failed]!; place >= 0; place = supportedBefore[place]!) {
      const end = place + clauses[place]!
      let at = place + 1
      while (at <= end && values[clauses[at]!]! < 0) at++
      if (at > end) return { literals: clauses.subarray(place + 1, end + 1), integers: [], byOne: true }
    }
  }
  return otherBrokenAfter(checker, footing, undo)
}

/** The same of constraints other than clauses. */
export function otherBrokenAfter(checker: Checker, footing: Footing, undo: Delta): Scope | undefined {
  const { problem, atMostOneWith, linearWith, guardedBy, comparisonsOf, othersOfInteger, scopes, stamps, changes } = checker
  const { values, holderOf } = footing
  const stamp = ++checker.stamp
  const weighed: number[] = []
  const weigh = (index: number, weight: number) => {
    if (stamps[index] !== stamp) {
      stamps[index] = stamp
      changes[index] = 0
      weighed.push(index)
    }
    changes[index]! += weight // of one that was checked as a whole, for nothing
  }
  const broken = (indices: readonly number[]): Scope | undefined => {
    for (const index of indices) {
      if (stamps[index] === stamp) continue
      stamps[index] = stamp
      if (!holds(problem.constraints[index] as Linear | Comparison, footing)) return scopes[index]
    }
    return undefined
  }
  for (const integer of undo.integers) {
    const scope = broken(othersOfInteger[integer]!)
    if (scope) return scope
  }
  for (const failed of undo.literals) {
    const now = negate(failed)
    for (const index of atMostOneWith[now]!) {
      const holder = holderOf[index]!
      if (stamps[index] === stamp || (holder >= 0 && holder !== now && values[holder]! > 0)) return scopes[index]
      stamps[index] = stamp
    }
    for (const { index, weight } of linearWith[now]!) weigh(index, -weight)
    for (const { index, weight } of linearWith[failed]!) weigh(index, weight)
    for (const index of guardedBy[now]!) weigh(index, 0)
    const scope = broken(comparisonsOf[now >> 1]!)
    if (scope) return scope
  }
  for (const index of weighed) {
    const { guard } = problem.constraints[index] as Linear
    if (values[guard]! > 0 && footing.slackOf[index]! + changes[index]! < 0) return scopes[index]
  }
  return undefined
}

function holds(constraint: Linear | Comparison, assignment: Assignment): boolean {
  if (assignment.values[constraint.guard]! < 0) return true
  if (constraint.kind === 'linear') return slackOf(constraint, assignment) >= 0
  return compare(constraint, boxOf(assignment)) > 0 === constraint.expect
}

/** A complete assignment as the single point of a box. */
const boxOf = ({ values, integers }: Assignment) => ({ values, lower: integers, upper: integers })
