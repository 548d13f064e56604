import type { Scale } from './lower-formula.ts'
import {
  apply,
  brokenAfter,
  type Checker,
  type Delta,
  roomOf,
  type Scope,
  type Touched,
  touchedBetween,
} from './solver/checker.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { assume, type Preference, search, UNLIMITED } from './solver/search.ts'
import type { Solver } from './solver/solver.ts'
import { atMost, cancel } from './solver/trail.ts'
import { copyOf, type Requirement, stand, tryLiteral, type Workspace } from './workspace.ts'

/**
 * Everything that is still possible in a state, each with its proof at hand: a valid assignment (the witness), and for every
 * option whose value in it may be otherwise the few changes (a delta) that make it so and keep the assignment valid.
 * After a click most deltas still do; only what the click touched is checked again, and only what fails is searched for.
 */
export interface Standing {
  witness: Assignment
  /** by literal of an option: how to make it hold */
  deltas: (Delta | undefined)[]
  /** literals of options that hold in every valid assignment of this state */
  fixed: number[]
  /** by integer of a number or quantity: the places it can take while it counts */
  stretches: Stretch[][]
  /** by integer: changes that lead to each of its stretches */
  points: Delta[][]
}

/** Inclusive places on a grid. */
export type Stretch = readonly [number, number]

/** A standing found before, and how its requirements relate to the new ones. */
export interface Hint {
  standing: Standing
  relation: 'fewer' | 'more' | 'other'
}

/** A number split into more stretches than this is closed up beyond: its list would help nobody. */
const STRETCH_LIMIT = 10_000

/** Finds the standing of requirements of which `witness` is a valid assignment. */
export function findStanding(work: Workspace, requirements: readonly Requirement[], witness: Assignment, hint?: Hint): Standing {
  const { solver, checker, lowered } = work
  stand(work, requirements, hint?.relation === 'fewer' ? hint.standing.fixed : [])
  const standing: Standing = { witness, deltas: hint?.standing.deltas.slice() ?? [], fixed: [], stretches: [], points: [] }
  const doubtful = doubtAbout(checker, witness, hint)
  const scratch = copyOf(witness)

  for (const { literal } of lowered.options.values()) {
    const other = witness.values[literal]! > 0 ? negate(literal) : literal
    if (solver.values[other] === 0) {
      const delta = standing.deltas[other]
      if (delta && isStillGood(work, scratch, delta, doubtful(other))) continue
      const found = findDelta(work, scratch, other)
      if (found) {
        standing.deltas[other] = found
        continue
      }
      if (solver.values[other] === 0) assume(solver, [negate(other)])
    }
    standing.fixed.push(negate(other))
  }
  for (const { scale, counts } of scalesOf(work)) {
    const { integer } = scale
    const points = hint?.standing.points[integer]?.slice() ?? []
    const known = hint && { stretches: hint.standing.stretches[integer]!, relation: hint.relation }
    standing.stretches[integer] = findStretches(work, scratch, scale, standing.deltas[counts], points, known)
    standing.points[integer] = points
  }
  return standing
}

/** Every number and quantity, with the literal while which it counts. */
function scalesOf({ lowered }: Workspace): { scale: Scale; counts: number }[] {
  const numbers = [...lowered.numbers.values()].map(scale => ({ scale, counts: scale.counts }))
  const quantities = [...lowered.options.values()].flatMap(({ pieces, literal }) =>
    pieces ? [{ scale: pieces, counts: literal }] : [],
  )
  return [...numbers, ...quantities]
}

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
  known?: { stretches: readonly Stretch[]; relation: Hint['relation'] },
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

/** Which deltas must be checked again: those that stand near what changed since the hint, and those that did not hold there. */
function doubtAbout(
  checker: Checker,
  witness: Assignment,
  hint: Hint | undefined,
): (literal: number) => Touched | 'all' | undefined {
  if (!hint) return () => 'all'
  const touched = touchedBetween(checker, hint.standing.witness, witness)
  const excluded = new Set(hint.standing.fixed.map(negate))
  return literal => (excluded.has(literal) ? 'all' : touched)
}

function isStillGood(work: Workspace, assignment: Assignment, delta: Delta, doubt: Touched | 'all' | undefined): boolean {
  if (!isOpen(work.solver, delta)) return false
  if (doubt === undefined) return true
  const near =
    doubt === 'all' ||
    delta.literals.some(literal => doubt.variables[literal >> 1]) ||
    delta.integers.some(integer => doubt.integers[integer])
  return !near || holdsWith(work.checker, assignment, delta)
}

/** Whether a delta contradicts nothing that the solver has derived. */
function isOpen({ values, lower, upper }: Solver, { literals, integers, places }: Delta): boolean {
  for (let i = 0; i < literals.length; i++) if (values[literals[i]!]! < 0) return false
  for (let i = 0; i < integers.length; i++) {
    if (places[i]! < lower[integers[i]!]! || places[i]! > upper[integers[i]!]!) return false
  }
  return true
}

function holdsWith(checker: Checker, assignment: Assignment, delta: Delta): boolean {
  const undo = apply(checker, assignment, delta)
  const good = !brokenAfter(checker, assignment, undo)
  apply(checker, assignment, undo)
  return good
}

/** How to make a literal hold in a valid assignment, or undefined where nothing can. The solver stands at level 1. */
export function findDelta(work: Workspace, assignment: Assignment, literal: number): Delta | undefined {
  const { solver, checker } = work
  const start = solver.trailSize
  const possible = tryLiteral(solver, literal)
  const delta = possible ? mendNearby(work, assignment, start) : undefined
  cancel(solver, 1)
  if (!possible) return undefined
  if (delta && holdsWith(checker, assignment, delta)) return delta
  return searchDelta(work, assignment, [literal])
}

/**
 * Mends what the assumed literal broke in the assignment, clause by clause and only there; undefined where that is not enough.
 * Constraints other than clauses are left to the check that follows.
 */
function mendNearby(work: Workspace, assignment: Assignment, start: number): Delta | undefined {
  const { solver, checker } = work
  const { problem, clauses, clausesWith } = checker
  const { values } = solver
  const integers = new Set<number>()
  const delta: Delta = { literals: [], integers: [], places: [] }
  for (let at = start; ; ) {
    for (; at < solver.trailSize; at++) {
      const literal = solver.trail[at]!
      const integer = solver.boundOf[literal >> 1]!
      if (integer >= 0) integers.add(integer)
      if (literal >> 1 >= problem.variables || assignment.values[literal]! > 0) continue
      if (integer < 0) delta.literals.push(literal)
      for (const place of clausesWith[negate(literal)]!) {
        const candidate = brokenAt(clauses, place, values, assignment)
        if (candidate === undefined) continue
        if (candidate < 0 || !tryLiteral(solver, candidate)) return undefined
      }
    }
    const misplaced = [...integers].find(
      x =>
        solver.lower[x]! < solver.upper[x]! &&
        (assignment.integers[x]! < solver.lower[x]! || assignment.integers[x]! > solver.upper[x]!),
    )
    if (misplaced === undefined) break
    const lower = solver.lower[misplaced]!
    const upper = solver.upper[misplaced]!
    const bound =
      assignment.integers[misplaced]! < lower ? atMost(solver, misplaced, lower) : negate(atMost(solver, misplaced, upper - 1))
    if (!tryLiteral(solver, bound)) return undefined
  }
  for (const integer of integers) {
    const place = assignment.integers[integer]!
    if (place >= solver.lower[integer]! && place <= solver.upper[integer]!) continue
    delta.integers.push(integer)
    delta.places.push(solver.lower[integer]!)
  }
  return delta
}

/** Undefined where the clause holds, with open literals as in the assignment; else an open literal that would mend it, or -1. */
function brokenAt(clauses: Int32Array, place: number, values: Int8Array, assignment: Assignment): number | undefined {
  let candidate = -1
  for (let i = place + 1; i <= place + clauses[place]!; i++) {
    const literal = clauses[i]!
    const value = values[literal]!
    if (value > 0 || (value === 0 && assignment.values[literal]! > 0)) return undefined
    if (value === 0 && candidate < 0) candidate = literal
  }
  return candidate
}

/**
 * The changes to a valid assignment in which the wishes hold, by a search that settles only what the changes so far break;
 * undefined where nothing can. `prefer`: the assignment itself, unless a number shall go elsewhere.
 */
function searchDelta(
  work: Workspace,
  assignment: Assignment,
  wishes: number[],
  prefer: Preference = assignment,
): Delta | undefined {
  const { solver, checker } = work
  const start = solver.trailSize
  const focus = (): Scope | undefined => {
    const undo = apply(checker, assignment, readDelta(work, assignment, start))
    const broken = brokenAfter(checker, assignment, undo)
    apply(checker, assignment, undo)
    return broken
  }
  const outcome = search(solver, wishes, prefer, UNLIMITED, focus)
  const delta = outcome === 'found' ? readDelta(work, assignment, start) : undefined
  cancel(solver, 1)
  return delta
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

/** In what the trail from a place on departs from an assignment. */
function readDelta({ solver, lowered: { problem } }: Workspace, assignment: Assignment, start: number): Delta {
  const delta: Delta = { literals: [], integers: [], places: [] }
  for (let i = start; i < solver.trailSize; i++) {
    const literal = solver.trail[i]!
    const integer = solver.boundOf[literal >> 1]!
    if (integer < 0) {
      if (literal >> 1 < problem.variables && assignment.values[literal]! < 0) delta.literals.push(literal)
      continue
    }
    const place = assignment.integers[integer]!
    const nearest = Math.min(Math.max(place, solver.lower[integer]!), solver.upper[integer]!)
    if (nearest === place || delta.integers.includes(integer)) continue
    delta.integers.push(integer)
    delta.places.push(nearest)
  }
  return delta
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
