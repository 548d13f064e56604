import type { Box } from '../expression.ts'
import { negate, TRUE } from '../problem.ts'
import type { Propagator, Solver } from '../solver.ts'
import { atMost, byPropagator, enqueue } from '../trail.ts'

/** What an objective adds up. Values are integers. */
export type Term =
  /** weight, any sign, while the literal holds */
  | { kind: 'weight'; literal: number; weight: number }
  /** the amount of the one literal that holds, 0 if none does; one must while `sure` holds */
  | { kind: 'choice'; literals: number[]; amounts: number[]; sure: number }
  /** factor, any sign, times the value of the integer */
  | { kind: 'integer'; integer: number; factor: number }
  /** any function, by its least and greatest value over a box; exact where the box is a point */
  | { kind: 'function'; literals: number[]; integers: number[]; range(box: Box): [number, number] }

/** Keeps the sum of the terms at or below a limit while its guard holds. */
export interface Objective extends Propagator {
  guard: number
  limit: number
  /** by variable: what led to what this propagator derived */
  derived: Map<number, number[]>
}

/** Keeps `constant` and the terms to a limit, which is yet to be set. */
export function objectivePropagator(terms: Term[], constant: number): Objective {
  const literals = new Set<number>()
  const read = new Set<number>()
  for (const term of terms) readBy(term, literals, read)
  const integers = [...read]

  return {
    guard: TRUE,
    limit: Number.POSITIVE_INFINITY,
    derived: new Map(),
    wakesOn: { literals: [...literals, ...Array.from(literals, negate)], lower: integers, upper: integers },

    propagate(solver, self) {
      if (this.limit === Number.POSITIVE_INFINITY || solver.values[this.guard]! <= 0) return true
      const slack = this.limit - constant - leastSum(terms, solver)
      if (slack < 0) {
        solver.conflict = reasonsOf(terms, this.guard, solver)
        return false
      }
      let reasons: number[] | undefined
      const derive = (literal: number) => {
        if (solver.values[literal] !== 0) return
        reasons ??= reasonsOf(terms, this.guard, solver)
        this.derived.set(literal >> 1, reasons)
        enqueue(solver, literal, byPropagator(self))
      }
      for (const term of terms) {
        switch (term.kind) {
          case 'weight':
            if (Math.abs(term.weight) > slack) derive(term.weight > 0 ? negate(term.literal) : term.literal)
            break
          case 'choice': {
            const least = leastOf(term, solver)
            term.literals.forEach((literal, i) => {
              if (term.amounts[i]! - least > slack) derive(negate(literal))
            })
            break
          }
          case 'integer': {
            const { integer, factor } = term
            const room = Math.floor(slack / Math.abs(factor))
            const from = solver.lower[integer]!
            const to = solver.upper[integer]!
            if (to - from > room)
              derive(factor > 0 ? atMost(solver, integer, from + room) : negate(atMost(solver, integer, to - room - 1)))
            break
          }
          default:
        }
      }
      return true
    },

    explain(_solver, literal, _before, out) {
      for (const reason of this.derived.get(literal >> 1)!) out.push(reason)
    },
  }
}

/** Adds the literals and integers that a term depends on. */
export function readBy(term: Term, literals: Set<number>, integers: Set<number>): void {
  switch (term.kind) {
    case 'weight':
      literals.add(term.literal)
      return
    case 'choice':
      for (const literal of [...term.literals, term.sure]) literals.add(literal)
      return
    case 'integer':
      integers.add(term.integer)
      return
    case 'function':
      for (const literal of term.literals) literals.add(literal)
      for (const integer of term.integers) integers.add(integer)
      return
    default:
      term satisfies never
  }
}

/** The least that the terms can add up to over a box. */
export function leastSum(terms: readonly Term[], box: Box): number {
  let sum = 0
  for (const term of terms) sum += leastOf(term, box)
  return sum
}

function leastOf(term: Term, box: Box): number {
  switch (term.kind) {
    case 'weight': {
      const value = box.values[term.literal]!
      return value > 0 || (value === 0 && term.weight < 0) ? term.weight : 0
    }
    case 'choice': {
      let least = box.values[term.sure]! > 0 ? Number.POSITIVE_INFINITY : 0
      for (let i = 0; i < term.literals.length; i++) {
        const value = box.values[term.literals[i]!]!
        if (value > 0) return term.amounts[i]!
        if (value === 0) least = Math.min(least, term.amounts[i]!)
      }
      return least === Number.POSITIVE_INFINITY ? 0 : least
    }
    case 'integer':
      return term.factor * (term.factor > 0 ? box.lower : box.upper)[term.integer]!
    case 'function':
      return term.range(box)[0]
    default:
      return term satisfies never
  }
}

/** The false literals that hold the sum up, and the guard that forbids it. */
function reasonsOf(terms: Term[], guard: number, solver: Solver): number[] {
  const reasons = new Set<number>(guard === TRUE ? [] : [negate(guard)])
  const { values } = solver
  const addBound = (literal: number) => {
    if (literal >= 0) reasons.add(negate(literal))
  }
  for (const term of terms) {
    if (term.kind === 'weight') {
      const value = values[term.literal]!
      if (value > 0 && term.weight > 0) reasons.add(negate(term.literal))
      if (value < 0 && term.weight < 0) reasons.add(term.literal)
    } else if (term.kind === 'choice') {
      const chosen = term.literals.find(literal => values[literal]! > 0)
      if (chosen !== undefined) {
        reasons.add(negate(chosen))
        continue
      }
      const least = leastOf(term, solver)
      if (least > 0) reasons.add(negate(term.sure))
      term.literals.forEach((literal, i) => {
        if (values[literal]! < 0 && term.amounts[i]! < least) reasons.add(literal)
      })
    } else if (term.kind === 'integer') {
      addBound((term.factor > 0 ? solver.lowerLiterals : solver.upperLiterals)[term.integer]!)
    } else {
      for (const literal of term.literals) {
        if (values[literal] !== 0) reasons.add(values[literal]! > 0 ? negate(literal) : literal)
      }
      for (const integer of term.integers) {
        addBound(solver.lowerLiterals[integer]!)
        addBound(solver.upperLiterals[integer]!)
      }
    }
  }
  return [...reasons]
}
