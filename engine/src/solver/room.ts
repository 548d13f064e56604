import type { Checker } from './checker.ts'
import { compare } from './expression.ts'
import { slackOf } from './footing.ts'
import type { Assignment, Comparison, Linear } from './problem.ts'

/**
 * How far an integer may move while everything else stays: the stretch around its place, within min..max,
 * in which the assignment is valid throughout. May fall short where a clause leaves a choice.
 */
export function roomOf(checker: Checker, assignment: Assignment, integer: number, min: number, max: number): [number, number] {
  const { problem, clauses, clausesWith, clauseStarts, boundsOf, othersOfInteger } = checker
  const { values } = assignment
  const room: [number, number] = [min, max]
  for (const variable of boundsOf[integer]!) {
    const held = values[2 * variable]! > 0 ? 2 * variable : 2 * variable + 1
    const bound = problem.boundAt[variable]!
    const needed = clausesWith.subarray(clauseStarts[held], clauseStarts[held + 1]).some(place => {
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
