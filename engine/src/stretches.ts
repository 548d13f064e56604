import { isOpen, searchDelta } from './deltas.ts'
import type { Scale } from './linear-form.ts'
import { apply, brokenAfter, type Delta, roomOf } from './solver/checker.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { atMost } from './solver/trail.ts'
import { copyOf, type Workspace } from './workspace.ts'

/** Inclusive places on a grid. */
export type Stretch = readonly [number, number]

/** How the requirements behind an earlier answer relate to those now: it had fewer, or more. */
export type Relation = 'fewer' | 'more' | 'other'

/** A number split into more stretches than this is closed up beyond: its list would help nobody. */
const STRETCH_LIMIT = 10_000

/**
 * The places a number can take while it counts, under what the solver assumes. `assignment` is valid and comes back unchanged;
 * `points` are deltas that may lead to some of the places, and gets those found.
 */
export function findStretches(
  work: Workspace,
  assignment: Assignment,
  scale: Scale,
  counting: Delta | undefined,
  points: Delta[],
  known?: { stretches: readonly Stretch[]; relation: Relation },
): Stretch[] {
  const { solver, checker } = work
  const { literal, integer } = scale
  if (solver.values[literal]! < 0) return []
  const min = solver.lower[integer]!
  const max = solver.upper[integer]!
  let reached: Stretch[] = known?.relation === 'more' ? known.stretches.slice() : []

  const reach = (delta: Delta): boolean => {
    if (!isOpen(solver, delta)) return false
    const undo = apply(checker, assignment, delta)
    const good = assignment.values[literal]! > 0 && !brokenAfter(checker, assignment, undo)
    if (good) reached = joined(reached, roomOf(checker, assignment, integer, min, max))
    apply(checker, assignment, undo)
    return good
  }
  const kept = points.filter(reach)
  reach({ literals: [], integers: [], places: [] })
  if (counting) reach(counting)

  const possible: readonly Stretch[] = known?.relation === 'fewer' ? clipped(known.stretches, min, max) : [[min, max]]
  const gaps = without(possible, reached)
  for (let queries = 0; gaps.length > 0; queries++) {
    if (queries === STRETCH_LIMIT) return [[reached[0]![0], reached.at(-1)![1]]]
    const gap = gaps.pop()!
    const delta = findPlace(work, assignment, scale, gap, kept.length)
    if (!delta || !reach(delta)) continue
    kept.push(delta)
    gaps.push(...without([gap], reached))
  }
  points.splice(0, points.length, ...kept.slice(-8))
  return reached
}

/** The changes that lead a number into a gap: at its far end first where an end was reached before, then anywhere. */
function findPlace(
  work: Workspace,
  assignment: Assignment,
  scale: Scale,
  [from, to]: Stretch,
  before: number,
): Delta | undefined {
  const { solver } = work
  const { literal, integer } = scale
  const wishes = [literal]
  if (from > solver.lower[integer]!) wishes.push(negate(atMost(solver, integer, from - 1)))
  if (to < solver.upper[integer]!) wishes.push(atMost(solver, integer, to))
  const place = assignment.integers[integer]!
  const far = place < from ? to : from
  if (before > 0 && from < to) {
    const extreme = far === to ? negate(atMost(solver, integer, to - 1)) : atMost(solver, integer, from)
    const delta = searchDelta(work, assignment, [...wishes, extreme])
    if (delta) return delta
  }
  if (from > solver.upper[integer]! || to < solver.lower[integer]!) return undefined
  const prefer = copyOf(assignment)
  prefer.integers[integer] = far
  return searchDelta(work, assignment, wishes, prefer)
}

/** Adds a stretch to disjoint ascending ones; neighbours become one. */
function joined(stretches: readonly Stretch[], [from, to]: Stretch): Stretch[] {
  const before = stretches.filter(([, end]) => end + 1 < from)
  const after = stretches.filter(([start]) => start > to + 1)
  const merged = stretches.slice(before.length, stretches.length - after.length)
  return [...before, [Math.min(from, merged[0]?.[0] ?? from), Math.max(to, merged.at(-1)?.[1] ?? to)], ...after]
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
