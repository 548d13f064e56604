import { apply, brokenAfter, type Checker, type Delta, otherBrokenAfter, type Scope } from './solver/checker.ts'
import type { Footing } from './solver/footing.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { type Effort, type Preference, search, tryLiteral, UNLIMITED } from './solver/search.ts'
import type { Solver } from './solver/solver.ts'
import { atMost, cancel } from './solver/trail.ts'
import type { Workspace } from './workspace.ts'

/**
 * How to make a literal hold in a valid assignment, or undefined where nothing can, or not for this effort. The solver stands at level 1.
 * `beside`: by literal, what searches for others found in this assignment and makes it hold, too.
 */
export function findDelta(
  work: Workspace,
  footing: Footing,
  literal: number,
  effort = UNLIMITED,
  beside?: Map<number, Delta>,
): Delta | undefined {
  const { solver, checker } = work
  const near = spread(work, footing, literal)
  if (near) return near
  const start = solver.trailSize
  const possible = tryLiteral(solver, literal)
  const delta = possible ? mendNearby(work, footing, start) : undefined
  cancel(solver, 1)
  if (!possible) return undefined
  if (delta && (delta.integers.length > 0 ? holdsWith : othersHoldWith)(checker, footing, delta)) return delta
  const known = beside?.get(literal)
  if (known) return known
  const found = searchDelta(work, footing, [literal], footing, effort)
  if (found && beside) for (const one of found.literals) if (!beside.has(one)) beside.set(one, found)
  return found
}

/** A delta of more literals is better searched for. */
const SPREAD_LIMIT = 200

/**
 * How to make a literal hold, by changing what that breaks, and what this breaks, until nothing is broken: what has to change first,
 * and where there is a choice the first that may. Undefined where that comes to no end; there may still be a way.
 */
function spread({ solver, checker }: Workspace, footing: Footing, literal: number): Delta | undefined {
  const { problem, clauses, atMostOneWith } = checker
  const { values, supported, supportedBefore, holderOf } = footing
  const changed: number[] = []
  // Two instead of one marks what was changed: it is not to be changed back.
  const change = (to: number) => {
    values[to] = 2
    values[negate(to)] = -2
    changed.push(to)
  }
  const mayChange = (to: number) => values[to] === -1 && solver.values[to] === 0 && problem.boundOf[to >> 1]! < 0
  /** Mends a clause that no literal holds of; where there is a choice, only if asked to make one. */
  const mend = (place: number, choose: boolean): 'mended' | 'choice' | 'stuck' => {
    let way = -1
    for (let i = place + 1; i <= place + clauses[place]!; i++) {
      const one = clauses[i]!
      if (values[one]! > 0) return 'mended'
      if (!mayChange(one)) continue
      if (way >= 0 && !choose) return 'choice'
      if (way < 0) way = one
    }
    if (way < 0) return 'stuck'
    change(way)
    return 'mended'
  }
  const settled = (): boolean => {
    const choices: number[] = []
    for (let at = 0; changed.length < SPREAD_LIMIT; ) {
      if (at < changed.length) {
        const now = changed[at++]!
        for (let place = supported[negate(now)]!; place >= 0; place = supportedBefore[place]!) {
          const outcome = mend(place, false)
          if (outcome === 'stuck') return false
          if (outcome === 'choice') choices.push(place)
        }
        for (const index of atMostOneWith[now]!) {
          const holder = holderOf[index]!
          if (holder < 0 || holder === now || values[holder]! < 0) continue
          if (!mayChange(negate(holder))) return false
          change(negate(holder))
        }
        continue
      }
      const place = choices.pop()
      if (place !== undefined) {
        if (mend(place, true) === 'stuck') return false
        continue
      }
      // what was changed later may have broken what was looked at before
      const broken = brokenAfter(checker, footing, undoOf(changed))
      if (!broken) return true
      const way = broken.byOne ? Array.from(broken.literals).find(mayChange) : undefined
      if (way === undefined) return false
      change(way)
    }
    return false
  }
  change(literal)
  const done = settled()
  apply(checker, footing, undoOf(changed))
  return done ? { literals: changed, integers: [], places: [] } : undefined
}

const undoOf = (changed: readonly number[]): Delta => ({ literals: changed.map(negate), integers: [], places: [] })

/**
 * Mends what the assumed literal broke in the assignment, clause by clause and only there; undefined where that is not enough.
 * Constraints other than clauses are left to the check that follows.
 */
function mendNearby(work: Workspace, footing: Footing, start: number): Delta | undefined {
  const { solver, checker } = work
  const { problem, clauses, clausesWith, clauseStarts } = checker
  const { values } = solver
  const integers = new Set<number>()
  const delta: Delta = { literals: [], integers: [], places: [] }
  for (let at = start; ; ) {
    for (; at < solver.trailSize; at++) {
      const literal = solver.trail[at]!
      const integer = solver.boundOf[literal >> 1]!
      if (integer >= 0) integers.add(integer)
      if (literal >> 1 >= problem.variables || footing.values[literal]! > 0) continue
      if (integer < 0) delta.literals.push(literal)
      for (let i = clauseStarts[negate(literal)]!; i < clauseStarts[negate(literal) + 1]!; i++) {
        const candidate = brokenAt(clauses, clausesWith[i]!, values, footing)
        if (candidate === undefined) continue
        if (candidate < 0 || !tryLiteral(solver, candidate)) return undefined
      }
    }
    const misplaced = [...integers].find(
      x =>
        solver.lower[x]! < solver.upper[x]! &&
        (footing.integers[x]! < solver.lower[x]! || footing.integers[x]! > solver.upper[x]!),
    )
    if (misplaced === undefined) break
    const lower = solver.lower[misplaced]!
    const upper = solver.upper[misplaced]!
    const bound =
      footing.integers[misplaced]! < lower ? atMost(solver, misplaced, lower) : negate(atMost(solver, misplaced, upper - 1))
    if (!tryLiteral(solver, bound)) return undefined
  }
  for (const integer of integers) {
    const place = footing.integers[integer]!
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
 * undefined where nothing can, or not for this effort. `prefer`: the assignment itself, unless a number shall go elsewhere.
 */
export function searchDelta(
  work: Workspace,
  footing: Footing,
  wishes: number[],
  prefer: Preference = footing,
  effort: Effort = UNLIMITED,
): Delta | undefined {
  const { solver, checker } = work
  const start = solver.trailSize
  const focus = (): Scope | undefined => {
    const undo = apply(checker, footing, readDelta(work, footing, start))
    const broken = brokenAfter(checker, footing, undo)
    apply(checker, footing, undo)
    return broken
  }
  const outcome = search(solver, wishes, prefer, effort, focus)
  const delta = outcome === 'found' ? readDelta(work, footing, start) : undefined
  cancel(solver, 1)
  return delta
}

/** Whether a delta contradicts nothing that the solver has derived. */
export function isOpen({ values, lower, upper }: Solver, { literals, integers, places }: Delta): boolean {
  for (let i = 0; i < literals.length; i++) if (values[literals[i]!]! < 0) return false
  for (let i = 0; i < integers.length; i++) {
    if (places[i]! < lower[integers[i]!]! || places[i]! > upper[integers[i]!]!) return false
  }
  return true
}

export function holdsWith(checker: Checker, footing: Footing, delta: Delta): boolean {
  const undo = apply(checker, footing, delta)
  const good = !brokenAfter(checker, footing, undo)
  apply(checker, footing, undo)
  return good
}

/** The same where the clauses are known to hold. */
function othersHoldWith(checker: Checker, footing: Footing, delta: Delta): boolean {
  const undo = apply(checker, footing, delta)
  const good = !otherBrokenAfter(checker, footing, undo)
  apply(checker, footing, undo)
  return good
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
