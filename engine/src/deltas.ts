import { apply, brokenAfter, type Checker, type Delta, otherBrokenAfter, type Scope } from './solver/checker.ts'
import { type Assignment, negate } from './solver/problem.ts'
import { type Preference, search, UNLIMITED } from './solver/search.ts'
import type { Solver } from './solver/solver.ts'
import { atMost, cancel } from './solver/trail.ts'
import { tryLiteral, type Workspace } from './workspace.ts'

/** How to make a literal hold in a valid assignment, or undefined where nothing can. The solver stands at level 1. */
export function findDelta(work: Workspace, assignment: Assignment, literal: number): Delta | undefined {
  const { solver, checker } = work
  const start = solver.trailSize
  const possible = tryLiteral(solver, literal)
  const delta = possible ? mendNearby(work, assignment, start) : undefined
  cancel(solver, 1)
  if (!possible) return undefined
  if (delta && (delta.integers.length > 0 ? holdsWith : othersHoldWith)(checker, assignment, delta)) return delta
  return searchDelta(work, assignment, [literal])
}

/** So many other deltas may be joined to one; more would be worse than a new one. */
const JOINED_LIMIT = 12

/**
 * A delta that was good once, joined by deltas of what it lacks now, where that makes it good again; each is known already,
 * so that nothing need be derived. Undefined where that is not enough.
 */
export function mendDelta(
  checker: Checker,
  assignment: Assignment,
  delta: Delta,
  known: (literal: number) => Delta | undefined,
): Delta | undefined {
  const undo = apply(checker, assignment, delta)
  let mended = true
  for (let joined = 0; mended; joined++) {
    const broken = brokenAfter(checker, assignment, undo)
    if (!broken) break
    const help = broken.byOne && joined < JOINED_LIMIT ? helpFor(broken, assignment, undo, known) : undefined
    mended = help !== undefined
    if (help) append(undo, apply(checker, assignment, help))
  }
  const result = mended ? made(checker, assignment, undo) : undefined
  apply(checker, assignment, undo)
  return result
}

/** A known delta that makes one of the literals hold and takes nothing back that was changed. */
function helpFor(
  { literals }: Scope,
  { values }: Assignment,
  undo: Delta,
  known: (literal: number) => Delta | undefined,
): Delta | undefined {
  for (let i = 0; i < literals.length; i++) {
    const literal = literals[i]!
    if (values[literal]! > 0 || undo.literals.includes(literal)) continue
    const help = known(literal)
    if (help && help.integers.length === 0 && !help.literals.some(one => undo.literals.includes(one))) return help
  }
  return undefined
}

function append(undo: Delta, more: Delta): void {
  undo.literals.push(...more.literals)
}

/** What was changed, as a delta. */
function made({ problem }: Checker, { integers }: Assignment, undo: Delta): Delta {
  return {
    literals: undo.literals.filter(literal => problem.boundOf[literal >> 1]! < 0).map(negate),
    integers: undo.integers.slice(),
    places: undo.integers.map(integer => integers[integer]!),
  }
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
export function searchDelta(
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

/** Whether a delta contradicts nothing that the solver has derived. */
export function isOpen({ values, lower, upper }: Solver, { literals, integers, places }: Delta): boolean {
  for (let i = 0; i < literals.length; i++) if (values[literals[i]!]! < 0) return false
  for (let i = 0; i < integers.length; i++) {
    if (places[i]! < lower[integers[i]!]! || places[i]! > upper[integers[i]!]!) return false
  }
  return true
}

export function holdsWith(checker: Checker, assignment: Assignment, delta: Delta): boolean {
  const undo = apply(checker, assignment, delta)
  const good = !brokenAfter(checker, assignment, undo)
  apply(checker, assignment, undo)
  return good
}

/** The same where the clauses are known to hold. */
function othersHoldWith(checker: Checker, assignment: Assignment, delta: Delta): boolean {
  const undo = apply(checker, assignment, delta)
  const good = !otherBrokenAfter(checker, assignment, undo)
  apply(checker, assignment, undo)
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
