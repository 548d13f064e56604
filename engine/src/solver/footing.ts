import type { Checker } from './checker.ts'
import { type Assignment, type Linear, negate } from './problem.ts'

/**
 * A valid assignment that others are tried from, with what makes a trial cheap: only a clause whose support is changed can be broken
 * by a change, so that a literal of ten thousand clauses costs no more than those that hang on it.
 */
export interface Footing extends Assignment {
  /** by place of a clause: one of its literals that hold */
  supportOf: Int32Array
  /** by literal that holds: the last clause it supports, and by clause the one before, -1 for none */
  supported: Int32Array
  supportedBefore: Int32Array
  /** by at-most-one constraint: its literal that holds, or -1 */
  holderOf: Int32Array
  /** by linear constraint: its limit less the sum */
  slackOf: Float64Array
}

/** Brings the checker's footing to a valid assignment, and answers it: to be changed and changed back. */
export function footingAt(checker: Checker, assignment: Assignment): Footing {
  if (checker.footing) move(checker, checker.footing, assignment)
  else checker.footing = newFooting(checker, assignment)
  return checker.footing
}

function newFooting(checker: Checker, { values, integers }: Assignment): Footing {
  const { problem, clauses } = checker
  const footing: Footing = {
    values: values.slice(),
    integers: integers.slice(),
    supportOf: new Int32Array(clauses.length),
    supported: new Int32Array(2 * problem.variables).fill(-1),
    supportedBefore: new Int32Array(clauses.length),
    holderOf: new Int32Array(problem.constraints.length).fill(-1),
    slackOf: new Float64Array(problem.constraints.length),
  }
  for (let place = 0; place < clauses.length; place += 1 + clauses[place]!) support(checker, footing, place)
  problem.constraints.forEach((constraint, index) => {
    if (constraint.kind === 'at-most-one') {
      footing.holderOf[index] = constraint.literals.find(literal => values[literal]! > 0) ?? -1
    } else if (constraint.kind === 'linear') footing.slackOf[index] = slackOf(constraint, footing)
  })
  return footing
}

function move(checker: Checker, footing: Footing, to: Assignment): void {
  const { problem, atMostOneWith, linearWith, othersOfInteger } = checker
  const { values, integers, supported, supportedBefore, holderOf, slackOf: slack } = footing
  const failed: number[] = []
  for (let variable = 1; variable < problem.variables; variable++) {
    const held = 2 * variable + (to.values[2 * variable]! > 0 ? 0 : 1)
    if (values[held]! > 0) continue
    values[held] = 1
    values[negate(held)] = -1
    failed.push(negate(held))
  }
  for (const literal of failed) {
    for (const index of atMostOneWith[literal]!) if (holderOf[index] === literal) holderOf[index] = -1
  }
  for (const literal of failed) {
    const held = negate(literal)
    for (const index of atMostOneWith[held]!) holderOf[index] = held
    for (const { index, weight } of linearWith[held]!) slack[index]! -= weight
    for (const { index, weight } of linearWith[literal]!) slack[index]! += weight
    for (let place = supported[literal]!, before: number; place >= 0; place = before) {
      before = supportedBefore[place]!
      support(checker, footing, place)
    }
    supported[literal] = -1
  }
  for (let integer = 0; integer < integers.length; integer++) {
    if (integers[integer] === to.integers[integer]) continue
    integers[integer] = to.integers[integer]!
    for (const index of othersOfInteger[integer]!) {
      const constraint = problem.constraints[index]!
      if (constraint.kind === 'linear') slack[index] = slackOf(constraint, footing)
    }
  }
}

/** Supports a clause by that of its literals that hold which stands in the fewest others. */
function support(
  { clauses, clauseStarts }: Checker,
  { values, supportOf, supported, supportedBefore }: Footing,
  place: number,
): void {
  let best = -1
  let fewest = Number.POSITIVE_INFINITY
  for (let i = place + 1; i <= place + clauses[place]!; i++) {
    const literal = clauses[i]!
    if (values[literal]! <= 0) continue
    const count = clauseStarts[literal + 1]! - clauseStarts[literal]!
    if (count >= fewest) continue
    best = literal
    fewest = count
  }
  supportOf[place] = best
  supportedBefore[place] = supported[best]!
  supported[best] = place
}

/** What a linear constraint leaves of its limit. */
export function slackOf(
  { literals, weights, integers, factors, limit }: Linear,
  { values, integers: places }: Assignment,
): number {
  let slack = limit
  for (let i = 0; i < literals.length; i++) if (values[literals[i]!]! > 0) slack -= weights[i]!
  for (let i = 0; i < integers.length; i++) slack -= factors[i]! * places[integers[i]!]!
  return slack
}
