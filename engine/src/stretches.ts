import { isOpen, searchDelta } from './deltas.ts'
import type { Scale } from './linear-form.ts'
import { apply, brokenAfter, type Delta } from './solver/checker.ts'
import type { Footing } from './solver/footing.ts'
import { negate } from './solver/problem.ts'
import { roomOf } from './solver/room.ts'
import { atMost } from './solver/trail.ts'
import { copyOf, refresh, type Workspace } from './workspace.ts'

/** Inclusive places on a grid. */
export type Stretch = readonly [number, number]

/** How the requirements behind an earlier answer relate to those now: it had fewer, or more. */
export type Relation = 'fewer' | 'more' | 'other'

/**
 * So many searches one number may take; what is not refuted by then counts as possible. Numbers of up to 10,000 places are always
 * exact, others unless they fall apart into very many stretches or move only together with another number.
 */
const SEARCH_LIMIT = 20_000

/** Points kept although others reach as far: after the next click they may not. */
const SPARE_POINTS = 8

/**
 * The places a number can take while it counts, under what the solver assumes. `footing` comes back unchanged;
 * `points` are deltas that may lead to some of the places, and gets those found.
 *
 * From every valid assignment known the number is moved as far as all else may stay. What no such move reaches is a gap,
 * and each gap is searched, as a whole, until it yields a new assignment or is refuted.
 */
export function findStretches(
  work: Workspace,
  footing: Footing,
  scale: Scale,
  counting: Delta | undefined,
  points: Delta[],
  known?: { stretches: readonly Stretch[]; relation: Relation },
): Stretch[] {
  const { checker } = work
  const { literal, integer } = scale
  if (work.solver.values[literal]! < 0) return []
  const min = work.solver.lower[integer]!
  const max = work.solver.upper[integer]!
  const reached: Stretch[] = known?.relation === 'more' ? known.stretches.slice() : []

  const roomWith = (delta: Delta): Stretch | undefined => {
    if (!isOpen(work.solver, delta)) return undefined
    const undo = apply(checker, footing, delta)
    const good = footing.values[literal]! > 0 && !brokenAfter(checker, footing, undo)
    const room = good ? roomOf(checker, footing, integer, min, max) : undefined
    apply(checker, footing, undo)
    return room
  }
  const kept: Delta[] = []
  for (const delta of [{ literals: [], integers: [], places: [] }, ...(counting ? [counting] : []), ...points]) {
    const room = roomWith(delta)
    if (room && (add(reached, room) || kept.length < SPARE_POINTS) && delta.integers.length > 0) kept.push(delta)
  }

  const possible: readonly Stretch[] = known?.relation === 'fewer' ? clipped(known.stretches, min, max) : [[min, max]]
  const gaps = without(possible, reached)
  let searches = 0
  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    if (++searches > SEARCH_LIMIT) {
      for (const open of [gap, ...gaps]) add(reached, open)
      break
    }
    refresh(work)
    const delta = findPlace(work, footing, scale, gap, kept.length)
    const room = delta && roomWith(delta)
    if (!room) continue
    add(reached, room)
    kept.push(delta)
    gaps.push(...without([gap], [room]))
  }
  points.splice(0, points.length, ...kept)
  return reached
}

/** The changes that lead a number into a gap: at its far end first where an end was reached before, then anywhere. */
function findPlace(work: Workspace, footing: Footing, scale: Scale, [from, to]: Stretch, before: number): Delta | undefined {
  const { solver } = work
  const { literal, integer } = scale
  const wishes = [literal]
  if (from > solver.lower[integer]!) wishes.push(negate(atMost(solver, integer, from - 1)))
  if (to < solver.upper[integer]!) wishes.push(atMost(solver, integer, to))
  const place = footing.integers[integer]!
  const far = place < from ? to : from
  if (before > 0 && from < to) {
    const extreme = far === to ? negate(atMost(solver, integer, to - 1)) : atMost(solver, integer, from)
    const delta = searchDelta(work, footing, [...wishes, extreme])
    if (delta) return delta
  }
  if (from > solver.upper[integer]! || to < solver.lower[integer]!) return undefined
  const prefer = copyOf(footing)
  prefer.integers[integer] = far
  return searchDelta(work, footing, wishes, prefer)
}

/** Adds a stretch to disjoint ascending ones, neighbours become one; false where it was covered already. */
function add(stretches: Stretch[], [from, to]: Stretch): boolean {
  let first = 0
  for (let end = stretches.length; first < end; ) {
    const middle = (first + end) >> 1
    if (stretches[middle]![1] + 1 < from) first = middle + 1
    else end = middle
  }
  let after = first
  while (after < stretches.length && stretches[after]![0] <= to + 1) after++
  const low = stretches[first]
  const high = stretches[after - 1]
  if (low && after === first + 1 && low[0] <= from && low[1] >= to) return false
  const merged: Stretch = after === first ? [from, to] : [Math.min(from, low![0]), Math.max(to, high![1])]
  stretches.splice(first, after - first, merged)
  return true
}

function clipped(stretches: readonly Stretch[], min: number, max: number): Stretch[] {
  return stretches.map(([from, to]): Stretch => [Math.max(from, min), Math.min(to, max)]).filter(([from, to]) => from <= to)
}

/** What remains of disjoint ascending stretches without others. */
function without(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  let rest = stretches.slice()
  for (const [from, to] of taken) {
    rest = rest.flatMap(([start, end]): Stretch[] => {
      if (end < from || start > to) return [[start, end]]
      const parts: Stretch[] = []
      if (start < from) parts.push([start, from - 1])
      if (end > to) parts.push([to + 1, end])
      return parts
    })
  }
  return rest
}
