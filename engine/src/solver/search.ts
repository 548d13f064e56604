import { analyze, assumptionsBehind, levelOfConflict } from './analyze.ts'
import type { Scope } from './checker.ts'
import { forget, learn } from './clauses.ts'
import { negate } from './problem.ts'
import { propagate } from './propagate.ts'
import type { Solver } from './solver.ts'
import { atMost, cancel, enqueue, FACT, GUESS, level, newLevel } from './trail.ts'

/** What a search may still spend. One step is a guess or a conflict. */
export interface Effort {
  steps: number
  shouldStop?: () => boolean
}

/** Whether nothing more may be spent. */
export const spent = ({ steps, shouldStop }: Effort): boolean => steps <= 0 || shouldStop?.() === true

export const UNLIMITED: Effort = { steps: Number.POSITIVE_INFINITY }

/** Values to try first: by literal, as in an assignment, and by integer. */
export interface Preference {
  values: Int8Array
  integers: Float64Array
}

/** What to settle next; undefined when enough is settled and the rest may stay as preferred. */
export type Focus = () => Scope | undefined

/** A search that meets so many conflicts settles everything: looking what is broken no longer pays. */
const FOCUS_CONFLICTS = 8

export type Outcome = 'found' | 'none' | 'stopped'

/** Back to level 0, with the facts found meanwhile. False when the problem turned out contradictory. */
export function reset(solver: Solver): boolean {
  cancel(solver, 0)
  for (const fact of solver.facts) {
    const value = solver.values[fact]!
    if (value < 0) solver.consistent = false
    else if (value === 0) enqueue(solver, fact, FACT)
  }
  solver.facts.length = 0
  if (solver.consistent && !propagate(solver)) solver.consistent = false
  return solver.consistent
}

/**
 * Assumes literals at level 1 (opened if need be) and derives what follows.
 * Undefined when they agree; otherwise some of those assumed so far that contradict each other.
 */
export function assume(solver: Solver, literals: Iterable<number>): number[] | undefined {
  if (!solver.consistent) return []
  if (level(solver) === 0) newLevel(solver)
  for (const literal of literals) {
    const value = solver.values[literal]!
    if (value > 0) continue
    if (value < 0) return [...assumptionsBehind(solver, [literal]), literal]
    enqueue(solver, literal, GUESS)
    if (!propagate(solver)) return assumptionsBehind(solver, solver.conflict)
  }
  return undefined
}

/** Guesses a literal on a new level; false on a conflict. */
export function tryLiteral(solver: Solver, literal: number): boolean {
  newLevel(solver)
  enqueue(solver, literal, GUESS)
  return propagate(solver)
}

/**
 * Looks for a complete assignment above the present level in which the wishes hold.
 * found: it stands on the trail, or as much of it as `focus` asks for. none: there is none; `solver.conflict` is the clause that
 * says so, unless a wish was simply false.
 */
export function search(solver: Solver, wishes: number[], prefer: Preference, effort: Effort, focus?: Focus): Outcome {
  if (!solver.consistent) return 'none'
  const base = level(solver)
  let conflicts = 0
  let restarts = 0
  let untilRestart = 64
  let scope: Scope | undefined
  let turns = 0
  let limit = 1000 + solver.learned.length
  let next = 0
  for (;;) {
    if (!propagate(solver)) {
      conflicts++
      effort.steps--
      if (levelOfConflict(solver, base) === base) return 'none'
      const clause = analyze(solver)
      let back = base
      for (let i = 1; i < clause.length; i++) back = Math.max(back, solver.levels[clause[i]! >> 1]!)
      cancel(solver, back)
      learn(solver, clause)
      next = 0
      continue
    }
    if (effort.steps <= 0 || (turns++ % 256 === 0 && effort.shouldStop?.())) {
      cancel(solver, base)
      return 'stopped'
    }
    if (conflicts >= untilRestart) {
      untilRestart = conflicts + 64 * luby(++restarts)
      if (forget(solver, base, limit)) limit += 200
      cancel(solver, base)
      sortOrder(solver)
      next = 0
      continue
    }
    const depth = level(solver) - base
    if (depth < wishes.length) {
      const wish = wishes[depth]!
      if (solver.values[wish]! < 0) {
        solver.conflict = [wish]
        cancel(solver, base)
        return 'none'
      }
      newLevel(solver)
      if (solver.values[wish] === 0) enqueue(solver, wish, GUESS)
      continue
    }
    let guess = -1
    if (focus && conflicts < FOCUS_CONFLICTS) {
      if (scope) guess = guessIn(solver, scope, prefer, conflicts > 0)
      if (guess < 0) {
        scope = focus()
        if (!scope) return 'found'
        guess = guessIn(solver, scope, prefer, conflicts > 0)
      }
    }
    if (guess < 0) {
      const { values, order } = solver
      while (next < order.length && values[2 * order[next]!] !== 0) next++
      guess = next < order.length ? preferred(2 * order[next]!, prefer) : integerGuess(solver, prefer, conflicts > 0)
    }
    if (guess < 0) return 'found'
    effort.steps--
    newLevel(solver)
    enqueue(solver, guess, GUESS)
  }
}

/** Writes the complete assignment on the trail into `into`. */
export function readAssignment(solver: Solver, into: Preference): void {
  into.values.set(solver.values.subarray(0, into.values.length))
  into.integers.set(solver.lower)
}

const preferred = (literal: number, { values }: Preference) => (values[literal]! > 0 ? literal : negate(literal))

function guessIn(solver: Solver, { literals, integers }: Scope, prefer: Preference, byHalves: boolean): number {
  for (let i = 0; i < literals.length; i++) if (solver.values[literals[i]!] === 0) return preferred(literals[i]! & ~1, prefer)
  const integer = integers.find(one => solver.lower[one]! < solver.upper[one]!)
  return integer === undefined ? -1 : settle(solver, integer, prefer, byHalves)
}

function integerGuess(solver: Solver, prefer: Preference, byHalves: boolean): number {
  for (let integer = 0; integer < solver.lower.length; integer++) {
    if (solver.lower[integer]! < solver.upper[integer]!) return settle(solver, integer, prefer, byHalves)
  }
  return -1
}

/** A bound that brings an open integer to its preferred value, or after conflicts by halves towards it. */
function settle(solver: Solver, integer: number, prefer: Preference, byHalves: boolean): number {
  const lower = solver.lower[integer]!
  const upper = solver.upper[integer]!
  const wanted = Math.min(Math.max(prefer.integers[integer]!, lower), upper)
  const middle = lower + Math.floor((upper - lower) / 2)
  const bound = byHalves ? middle : wanted < upper ? wanted : upper - 1
  const below = atMost(solver, integer, bound)
  return wanted <= bound ? below : negate(below)
}

function sortOrder(solver: Solver): void {
  const { activity } = solver
  solver.order.sort((a, b) => activity[b]! - activity[a]! || a - b)
}

/** 1 1 2 1 1 2 4 … */
function luby(i: number): number {
  let size = 1
  let power = 0
  while (size < i + 1) {
    size = 2 * size + 1
    power++
  }
  let at = i
  while (size - 1 !== at) {
    size = (size - 1) >> 1
    power--
    at %= size
  }
  return 2 ** power
}
