import { HEADER } from './clauses.ts'
import type { Solver } from './solver.ts'
import { byClause, byLiteral, enqueue, placeOf } from './trail.ts'

/** Derives everything that follows from the trail; false on a conflict, which then stands in `solver.conflict`. */
export function propagate(solver: Solver): boolean {
  for (;;) {
    while (solver.head < solver.trailSize) {
      const literal = solver.trail[solver.head++]!
      if (!orderBounds(solver, literal) || !propagatePairs(solver, literal) || !propagateClauses(solver, literal)) return false
      wake(solver, literal)
    }
    const index = solver.queue.pop()
    if (index === undefined) return true
    solver.queued[index] = 0
    if (!solver.propagators[index]?.propagate(solver, index)) return false
  }
}

/** `x <= 3` makes the next named bound above hold, `x > 3` the next below fail; those then do the same. */
function orderBounds(solver: Solver, literal: number): boolean {
  const variable = literal >> 1
  const integer = solver.boundOf[variable]!
  if (integer < 0) return true
  const variables = solver.boundVariables[integer]!
  const upward = (literal & 1) === 0
  const place = placeOf(solver.boundKeys[integer]!, solver.boundAt[variable]!)
  const neighbour = variables[upward ? place + 1 : place - 1]
  if (neighbour === undefined) return true
  return follow(solver, 2 * neighbour + (upward ? 0 : 1), literal)
}

function propagatePairs(solver: Solver, literal: number): boolean {
  const followers = solver.implied[literal]!
  for (let i = 0; i < followers.length; i++) {
    if (!follow(solver, followers[i]!, literal)) return false
  }
  return true
}

function follow(solver: Solver, follower: number, literal: number): boolean {
  const value = solver.values[follower]!
  if (value > 0) return true
  if (value === 0) {
    enqueue(solver, follower, byLiteral(literal ^ 1))
    return true
  }
  solver.conflict = [follower, literal ^ 1]
  return false
}

/** Two literals of each clause are watched and come first in it; the clause is looked at when one of them fails. */
function propagateClauses(solver: Solver, literal: number): boolean {
  const failed = literal ^ 1
  const { values, arena } = solver
  const watching = solver.watches[failed]!
  const count = watching.length
  let kept = 0
  for (let i = 0; i < count; i++) {
    const place = watching[i]!
    const first = place + HEADER
    if (arena[first] === failed) {
      arena[first] = arena[first + 1]!
      arena[first + 1] = failed
    }
    const other = arena[first]!
    if (values[other]! > 0) {
      watching[kept++] = place
      continue
    }
    const end = first + arena[place]!
    let next = first + 2
    while (next < end && values[arena[next]!]! < 0) next++
    if (next < end) {
      const watch = arena[next]!
      arena[next] = failed
      arena[first + 1] = watch
      solver.watches[watch]!.push(place)
      continue
    }
    watching[kept++] = place
    if (values[other] === 0) {
      enqueue(solver, other, byClause(place))
      continue
    }
    for (i++; i < count; i++) watching[kept++] = watching[i]!
    watching.length = kept
    solver.conflict = Array.from(arena.subarray(first, end))
    return false
  }
  watching.length = kept
  return true
}

function wake(solver: Solver, literal: number): void {
  const woken = solver.wakeLiterals[literal]
  if (woken) schedule(solver, woken)
  const integer = solver.boundOf[literal >> 1]!
  if (integer < 0) return
  schedule(solver, ((literal & 1) === 0 ? solver.wakeUpper[integer] : solver.wakeLower[integer])!)
}

function schedule(solver: Solver, propagators: number[]): void {
  for (let i = 0; i < propagators.length; i++) {
    const index = propagators[i]!
    if (solver.queued[index]) continue
    solver.queued[index] = 1
    solver.queue.push(index)
  }
}
