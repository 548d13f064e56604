import { compare, scopeOf } from './expression.ts'
import { type Ground, slackOf } from './ground.ts'
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
  /** by literal: clauses it stands in, as places in `clauses` */
  clausesWith: number[][]
  /** size, literals, size, literals … */
  clauses: Int32Array
  /** by literal: the constraints, as indices of problem.constraints, in which it is one of at most one, weighs, or is the guard */
  atMostOneWith: Map<number, number[]>
  linearWith: Map<number, { index: number; weight: number }[]>
  guardedBy: Map<number, number[]>
  /** by variable: the comparisons that read it */
  comparisonsOf: Map<number, number[]>
  /** by variable, and by integer: the constraints other than clauses that read it */
  othersOf: number[][]
  othersOfInteger: number[][]
  /** by constraint other than a clause: what it reads */
  scopes: Scope[]
  /** by integer: the variables that are its bounds */
  boundsOf: number[][]
  stamps: Int32Array
  stamp: number
  /** by constraint: how its slack has changed, in a check under way */
  changes: Float64Array
  /** what changes are tried from: see groundAt */
  ground: Ground | undefined
}

export function createChecker(problem: Problem): Checker {
  const clausesWith: number[][] = Array.from({ length: 2 * problem.variables }, () => [])
  const othersOf: number[][] = Array.from({ length: problem.variables }, () => [])
  const othersOfInteger: number[][] = problem.integers.map(() => [])
  const boundsOf: number[][] = problem.integers.map(() => [])
  const atMostOneWith: Checker['atMostOneWith'] = new Map()
  const linearWith: Checker['linearWith'] = new Map()
  const guardedBy: Checker['guardedBy'] = new Map()
  const comparisonsOf: Checker['comparisonsOf'] = new Map()
  const words = problem.constraints.reduce((sum, one) => sum + (one.kind === 'clause' ? 1 + one.literals.length : 0), 0)
  const clauses = new Int32Array(words)
  let filled = 0
  const scopes: Checker['scopes'] = []
  problem.constraints.forEach((constraint, index) => {
    if (constraint.kind === 'clause') {
      clauses[filled] = constraint.literals.length
      clauses.set(constraint.literals, filled + 1)
      for (const literal of constraint.literals) clausesWith[literal]!.push(filled)
      filled += 1 + constraint.literals.length
      return
    }
    if (constraint.kind === 'at-most-one') for (const literal of constraint.literals) list(atMostOneWith, literal).push(index)
    if (constraint.kind === 'linear') {
      list(guardedBy, constraint.guard).push(index)
      constraint.literals.forEach((literal, i) => void list(linearWith, literal).push({ index, weight: constraint.weights[i]! }))
    }
    const { literals, integers } = readBy(constraint)
    const byOne = constraint.kind === 'at-most-one'
    scopes[index] = { literals: byOne ? Array.from(literals, negate) : [...literals], integers: [...integers], byOne }
    for (const variable of new Set(Array.from(literals, literal => literal >> 1))) {
      othersOf[variable]!.push(index)
      if (constraint.kind === 'comparison') list(comparisonsOf, variable).push(index)
    }
    for (const integer of scopes[index].integers) othersOfInteger[integer]!.push(index)
  })
  for (let v = 1; v < problem.variables; v++) {
    if (problem.boundOf[v]! >= 0) boundsOf[problem.boundOf[v]!]!.push(v)
  }
  return {
    problem,
    clausesWith,
    clauses,
    atMostOneWith,
    linearWith,
    guardedBy,
    comparisonsOf,
    othersOf,
    othersOfInteger,
    scopes,
    boundsOf,
    stamps: new Int32Array(problem.constraints.length),
    stamp: 0,
    changes: new Float64Array(problem.constraints.length),
    ground: undefined,
  }
}

function list<T>(lists: Map<number, T[]>, key: number): T[] {
  const known = lists.get(key)
  if (known) return known
  const made: T[] = []
  lists.set(key, made)
  return made
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

/** A constraint that the ground, valid before it was changed, breaks now, by what it reads; `undo` says what was changed. */
export function brokenAfter(checker: Checker, ground: Ground, undo: Delta): Scope | undefined {
  const { clauses } = checker
  const { values, supported } = ground
  for (const failed of undo.literals) {
    for (const place of supported[failed]!) {
      const end = place + clauses[place]!
      let at = place + 1
      while (at <= end && values[clauses[at]!]! < 0) at++
      if (at > end) return { literals: clauses.subarray(place + 1, end + 1), integers: [], byOne: true }
    }
  }
  return otherBrokenAfter(checker, ground, undo)
}

/** The same of constraints other than clauses. */
export function otherBrokenAfter(checker: Checker, ground: Ground, undo: Delta): Scope | undefined {
  const { problem, atMostOneWith, linearWith, guardedBy, comparisonsOf, othersOfInteger, scopes, stamps, changes } = checker
  const { values, holderOf } = ground
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
  const broken = (indices: number[] | undefined): Scope | undefined => {
    for (const index of indices ?? []) {
      if (stamps[index] === stamp) continue
      stamps[index] = stamp
      if (!holds(problem.constraints[index]!, ground)) return scopes[index]
    }
    return undefined
  }
  for (const integer of undo.integers) {
    const scope = broken(othersOfInteger[integer])
    if (scope) return scope
  }
  for (const failed of undo.literals) {
    const now = negate(failed)
    for (const index of atMostOneWith.get(now) ?? []) {
      const holder = holderOf[index]!
      if (stamps[index] === stamp || (holder >= 0 && holder !== now && values[holder]! > 0)) return scopes[index]
      stamps[index] = stamp
    }
    for (const { index, weight } of linearWith.get(now) ?? []) weigh(index, -weight)
    for (const { index, weight } of linearWith.get(failed) ?? []) weigh(index, weight)
    for (const index of guardedBy.get(now) ?? []) weigh(index, 0)
    const scope = broken(comparisonsOf.get(now >> 1))
    if (scope) return scope
  }
  for (const index of weighed) {
    const { guard } = problem.constraints[index] as Linear
    if (values[guard]! > 0 && ground.slackOf[index]! + changes[index]! < 0) return scopes[index]
  }
  return undefined
}

/**
 * How far an integer may move while everything else stays: the stretch around its place, within min..max,
 * in which the assignment is valid throughout. May fall short where a clause leaves a choice.
 */
export function roomOf(checker: Checker, assignment: Assignment, integer: number, min: number, max: number): [number, number] {
  const { problem, clauses, clausesWith, boundsOf, othersOfInteger } = checker
  const { values } = assignment
  const room: [number, number] = [min, max]
  for (const variable of boundsOf[integer]!) {
    const held = values[2 * variable]! > 0 ? 2 * variable : 2 * variable + 1
    const bound = problem.boundAt[variable]!
    const needed = clausesWith[held]!.some(place => {
      for (let i = place + 1; i <= place + clauses[place]!; i++) {
        if (clauses[i] !== held && values[clauses[i]!]! > 0 && problem.boundOf[clauses[i]! >> 1] !== integer) return false
      }
      return true
    })
    if (!needed) continue
    if (held === 2 * variable) room[1] = Math.min(room[1], bound)
    else room[0] = Math.max(room[0], bound + 1)
  }
  for (const index of othersOfInteger[integer]!) {
    const constraint = problem.constraints[index]!
    if (constraint.kind === 'linear') narrowLinear(constraint, assignment, integer, room)
    else if (constraint.kind === 'comparison') narrowComparison(constraint, assignment, integer, room)
  }
  return room
}

/** What a change from one valid assignment to another leaves in doubt about deltas that were good for the first. */
export interface Shaken {
  /** clauses that lost a literal, and one that holds in each now: only a delta against that one can break it */
  clauses: number[]
  supports: number[]
  /** what a delta must contain, or move, to break another constraint */
  literals: number[]
  integers: number[]
}

export function shakenBy(checker: Checker, before: Assignment, after: Ground): Shaken {
  const { problem, clausesWith, othersOf, othersOfInteger, scopes, stamps } = checker
  const shaken: Shaken = { clauses: [], supports: [], literals: [], integers: [] }
  const stamp = ++checker.stamp
  const shake = (index: number) => {
    if (stamps[index] === stamp) return
    stamps[index] = stamp
    const constraint = problem.constraints[index]!
    switch (constraint.kind) {
      case 'clause':
        return
      case 'at-most-one':
        shaken.literals.push(...constraint.literals)
        return
      case 'linear':
        shaken.literals.push(...constraint.literals, constraint.guard)
        break
      default:
        for (const literal of Array.from(scopes[index]!.literals)) shaken.literals.push(literal, negate(literal))
    }
    shaken.integers.push(...scopes[index]!.integers)
  }
  const holding = after.values
  for (let variable = 1; variable < problem.variables; variable++) {
    const held = 2 * variable + (holding[2 * variable]! > 0 ? 0 : 1)
    if (before.values[held]! > 0) continue
    for (const place of clausesWith[negate(held)]!) {
      const support = after.supportOf[place]!
      if (problem.boundOf[support >> 1]! >= 0) shaken.integers.push(problem.boundOf[support >> 1]!)
      else {
        shaken.clauses.push(place)
        shaken.supports.push(support)
      }
    }
    for (const index of othersOf[variable]!) if (mayBreakBy(problem.constraints[index]!, held)) shake(index)
  }
  for (let integer = 0; integer < problem.integers.length; integer++) {
    if (before.integers[integer] === after.integers[integer]) continue
    for (const index of othersOfInteger[integer]!) shake(index)
  }
  return shaken
}

/** Whether a clause fails in an assignment once literals are made to hold in it. */
export function breaksClause({ clauses }: Checker, { values }: Assignment, literals: readonly number[], place: number): boolean {
  for (let i = place + 1; i <= place + clauses[place]!; i++) {
    const literal = clauses[i]!
    if (literals.includes(values[literal]! > 0 ? negate(literal) : literal) !== values[literal]! > 0) return false
  }
  return true
}

/** Whether a constraint other than a clause may fail sooner once a literal holds. */
function mayBreakBy(constraint: Constraint, literal: number): boolean {
  switch (constraint.kind) {
    case 'at-most-one':
      return constraint.literals.includes(literal)
    case 'linear':
      return constraint.guard === literal || constraint.literals.includes(literal)
    default:
      return true
  }
}

function holds(constraint: Constraint, assignment: Assignment): boolean {
  const { values } = assignment
  switch (constraint.kind) {
    case 'clause':
      return constraint.literals.some(literal => values[literal]! > 0)
    case 'at-most-one': {
      let held = 0
      for (const literal of constraint.literals) if (values[literal]! > 0) held++
      return held <= 1
    }
    case 'linear':
      return values[constraint.guard]! < 0 || slackOf(constraint, assignment) >= 0
    case 'comparison':
      return values[constraint.guard]! < 0 || compare(constraint, boxOf(assignment)) > 0 === constraint.expect
  }
}

const boxOf = ({ values, integers }: Assignment) => ({ values, lower: integers, upper: integers })

function narrowLinear(linear: Linear, assignment: Assignment, integer: number, room: [number, number]): void {
  if (assignment.values[linear.guard]! < 0) return
  const factor = linear.factors[linear.integers.indexOf(integer)]!
  const place = assignment.integers[integer]!
  const steps = Math.floor(slackOf(linear, assignment) / Math.abs(factor))
  if (factor > 0) room[1] = Math.min(room[1], place + steps)
  else room[0] = Math.max(room[0], place - steps)
}

function narrowComparison(comparison: Comparison, assignment: Assignment, integer: number, room: [number, number]): void {
  if (assignment.values[comparison.guard]! < 0) return
  const lower = assignment.integers.slice()
  const upper = assignment.integers.slice()
  const place = lower[integer]!
  const holdsWithin = (from: number, to: number) => {
    lower[integer] = from
    upper[integer] = to
    const verdict = compare(comparison, { values: assignment.values, lower, upper })
    return (comparison.expect ? verdict : -verdict) > 0
  }
  room[1] = place + farthest(room[1] - place, width => holdsWithin(place, place + width))
  room[0] = place - farthest(place - room[0], width => holdsWithin(place - width, place))
}

/** The greatest width up to `most` that is fine, where every narrower one is too. */
function farthest(most: number, fine: (width: number) => boolean): number {
  let good = 0
  let bad = most + 1
  for (let step = 1; good < most && good + step < bad; step *= 2) {
    const width = Math.min(good + step, most)
    if (fine(width)) good = width
    else bad = width
  }
  while (bad - good > 1) {
    const middle = good + Math.floor((bad - good) / 2)
    if (fine(middle)) good = middle
    else bad = middle
  }
  return good
}
