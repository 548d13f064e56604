import { FALSE, TRUE } from './problem.ts'
import type { Solver } from './solver.ts'

/**
 * Why a literal was assigned, packed in an integer whose low two bits say which kind:
 * 0 it was assumed or guessed (or is a fact: FACT), 1 a clause by its place in the arena,
 * 2 a clause of two by its other literal, 3 a propagator by its index.
 */
export const GUESS = 0
export const FACT = 4
export const byClause = (place: number) => (place << 2) | 1
export const byLiteral = (other: number) => (other << 2) | 2
export const byPropagator = (index: number) => (index << 2) | 3

export const level = (solver: Solver) => solver.levelStarts.length

/** Assigns an open literal, and moves the bound of its integer. */
export function enqueue(solver: Solver, literal: number, reason: number): void {
  const variable = literal >> 1
  solver.values[literal] = 1
  solver.values[literal ^ 1] = -1
  solver.levels[variable] = solver.levelStarts.length
  solver.reasons[variable] = reason
  solver.positions[variable] = solver.trailSize
  solver.trail[solver.trailSize++] = literal
  const integer = solver.boundOf[variable]!
  if (integer < 0) return
  const bound = solver.boundAt[variable]!
  if ((literal & 1) === 0) {
    if (bound < solver.upper[integer]!) {
      solver.priorBounds[variable] = solver.upperLiterals[integer]!
      solver.upper[integer] = bound
      solver.upperLiterals[integer] = literal
    }
  } else if (bound >= solver.lower[integer]!) {
    solver.priorBounds[variable] = solver.lowerLiterals[integer]!
    solver.lower[integer] = bound + 1
    solver.lowerLiterals[integer] = literal
  }
}

export function newLevel(solver: Solver): void {
  solver.levelStarts.push(solver.trailSize)
}

/** Takes back everything above a level. */
export function cancel(solver: Solver, to: number): void {
  if (solver.levelStarts.length <= to) return
  const start = solver.levelStarts[to]!
  for (let i = solver.trailSize - 1; i >= start; i--) unassign(solver, solver.trail[i]!)
  solver.trailSize = start
  solver.head = start
  solver.levelStarts.length = to
  for (const index of solver.queue) solver.queued[index] = 0
  solver.queue.length = 0
}

function unassign(solver: Solver, literal: number): void {
  const variable = literal >> 1
  solver.values[literal] = 0
  solver.values[literal ^ 1] = 0
  const integer = solver.boundOf[variable]!
  if (integer < 0) return
  if (solver.upperLiterals[integer] === literal) {
    const prior = solver.priorBounds[variable]!
    solver.upperLiterals[integer] = prior
    solver.upper[integer] = prior < 0 ? solver.problem.integers[integer]! : solver.boundAt[prior >> 1]!
  } else if (solver.lowerLiterals[integer] === literal) {
    const prior = solver.priorBounds[variable]!
    solver.lowerLiterals[integer] = prior
    solver.lower[integer] = prior < 0 ? 0 : solver.boundAt[prior >> 1]! + 1
  }
}

/**
 * The literal `integer <= bound`, named now if it was not yet.
 * A new one must be open: the caller asks only for bounds between lower and upper - 1.
 */
export function atMost(solver: Solver, integer: number, bound: number): number {
  if (bound < 0) return FALSE
  if (bound >= solver.problem.integers[integer]!) return TRUE
  const keys = solver.boundKeys[integer]!
  const place = placeOf(keys, bound)
  if (keys[place] === bound) return 2 * solver.boundVariables[integer]![place]!
  return 2 * newVariable(solver, integer, bound)
}

/** The literal that held the integer up (from below) before a position of the trail, or -1. */
export function lowerLiteralBefore(solver: Solver, integer: number, before: number): number {
  let literal = solver.lowerLiterals[integer]!
  while (literal >= 0 && solver.positions[literal >> 1]! >= before) literal = solver.priorBounds[literal >> 1]!
  return literal
}

/** The literal that held the integer down before a position of the trail, or -1. */
export function upperLiteralBefore(solver: Solver, integer: number, before: number): number {
  let literal = solver.upperLiterals[integer]!
  while (literal >= 0 && solver.positions[literal >> 1]! >= before) literal = solver.priorBounds[literal >> 1]!
  return literal
}

/** Where `bound` stands, or belongs, among ascending keys. */
export function placeOf(keys: number[], bound: number): number {
  let from = 0
  let to = keys.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (keys[middle]! < bound) from = middle + 1
    else to = middle
  }
  return from
}

export function newVariable(solver: Solver, boundOf: number, boundAt: number): number {
  const variable = solver.variables++
  if (variable >= solver.levels.length) grow(solver)
  solver.boundOf[variable] = boundOf
  solver.boundAt[variable] = boundAt
  solver.implied.push([], [])
  solver.watches.push([], [])
  solver.wakeLiterals.push(undefined, undefined)
  if (boundOf >= 0) {
    const keys = solver.boundKeys[boundOf]!
    const place = placeOf(keys, boundAt)
    keys.splice(place, 0, boundAt)
    solver.boundVariables[boundOf]!.splice(place, 0, variable)
  }
  return variable
}

function grow(solver: Solver): void {
  const capacity = solver.levels.length * 2
  const ints = (old: Int32Array) => {
    const grown = new Int32Array(capacity)
    grown.set(old)
    return grown
  }
  const floats = (old: Float64Array) => {
    const grown = new Float64Array(capacity)
    grown.set(old)
    return grown
  }
  const values = new Int8Array(2 * capacity)
  values.set(solver.values)
  const seen = new Uint8Array(capacity)
  seen.set(solver.seen)
  solver.values = values
  solver.seen = seen
  solver.levels = ints(solver.levels)
  solver.reasons = ints(solver.reasons)
  solver.positions = ints(solver.positions)
  solver.priorBounds = ints(solver.priorBounds)
  solver.boundOf = ints(solver.boundOf)
  solver.trail = ints(solver.trail)
  solver.boundAt = floats(solver.boundAt)
  solver.activity = floats(solver.activity)
}
