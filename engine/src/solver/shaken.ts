import type { Checker } from './checker.ts'
import type { Footing } from './footing.ts'
import { type Assignment, negate } from './problem.ts'

/** What a change from one valid assignment to another leaves in doubt about deltas that were good for the first. */
export interface Shaken {
  /** clauses that lost a literal, and one that holds in each now: only a delta against that one can break it */
  clauses: number[]
  supports: number[]
  /** what a delta must contain, or move, to break another constraint */
  literals: number[]
  integers: number[]
}

export function shakenBy(checker: Checker, before: Assignment, after: Footing): Shaken {
  const { problem, clausesWith, clauseStarts, atMostOneWith, linearWith, guardedBy, comparisonsOf, othersOfInteger, stamps } =
    checker
  const shaken: Shaken = { clauses: [], supports: [], literals: [], integers: [] }
  const stamp = ++checker.stamp
  const shake = (index: number) => {
    if (stamps[index] === stamp) return
    stamps[index] = stamp
    addBreaking(checker, index, shaken)
  }
  for (let variable = 1; variable < problem.variables; variable++) {
    const held = 2 * variable + (after.values[2 * variable]! > 0 ? 0 : 1)
    if (before.values[held]! > 0) continue
    for (let i = clauseStarts[negate(held)]!; i < clauseStarts[negate(held) + 1]!; i++) {
      const place = clausesWith[i]!
      const support = after.supportOf[place]!
      if (problem.boundOf[support >> 1]! >= 0) shaken.integers.push(problem.boundOf[support >> 1]!)
      else {
        shaken.clauses.push(place)
        shaken.supports.push(support)
      }
    }
    for (const index of atMostOneWith[held]!) shake(index)
    for (const { index } of linearWith[held]!) shake(index)
    for (const index of guardedBy[held]!) shake(index)
    for (const index of comparisonsOf[variable]!) shake(index)
  }
  for (let integer = 0; integer < problem.integers.length; integer++) {
    if (before.integers[integer] === after.integers[integer]) continue
    for (const index of othersOfInteger[integer]!) shake(index)
  }
  return shaken
}

/** Adds what a delta must contain, or move, to break a constraint other than a clause. */
function addBreaking({ problem, scopes }: Checker, index: number, { literals, integers }: Shaken): void {
  const constraint = problem.constraints[index]!
  if (constraint.kind === 'clause') return
  const { literals: read, integers: readIntegers } = scopes[index]!
  for (let i = 0; i < read.length; i++) {
    const literal = read[i]!
    // a scope of at most one names the negations, whose holding mends it
    if (constraint.kind === 'at-most-one') literals.push(negate(literal))
    else if (constraint.kind === 'linear') literals.push(literal)
    else literals.push(literal, negate(literal))
  }
  for (const integer of readIntegers) integers.push(integer)
}

/** Whether a clause fails in an assignment once literals are made to hold in it. */
export function breaksClause({ clauses }: Checker, { values }: Assignment, literals: readonly number[], place: number): boolean {
  for (let i = place + 1; i <= place + clauses[place]!; i++) {
    const literal = clauses[i]!
    if (literals.includes(values[literal]! > 0 ? negate(literal) : literal) !== values[literal]! > 0) return false
  }
  return true
}
