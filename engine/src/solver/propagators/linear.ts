import type { Linear } from '../problem.ts'
import { negate, TRUE } from '../problem.ts'
import type { Propagator, Solver } from '../solver.ts'
import { atMost, byPropagator, enqueue, lowerLiteralBefore, upperLiteralBefore } from '../trail.ts'

/** A linear propagator whose limit the caller may lower, to search for something better. */
export interface LinearPropagator extends Propagator {
  limit: number
  /** the least the sum can be now */
  least(solver: Solver): number
}

/** Weighted literals and factored integers add up to at most the limit, while `guard` holds. */
export function linearPropagator(linear: Linear, guard: number): LinearPropagator {
  const byWeight = linear.literals.map((literal, i) => ({ literal, weight: linear.weights[i]! }))
  byWeight.sort((a, b) => b.weight - a.weight)
  const literals = Int32Array.from(byWeight, term => term.literal)
  const weights = Float64Array.from(byWeight, term => term.weight)
  const { integers, factors } = linear

  const least = (solver: Solver): number => {
    let sum = 0
    for (let i = 0; i < literals.length; i++) {
      if (solver.values[literals[i]!]! > 0) sum += weights[i]!
    }
    for (let i = 0; i < integers.length; i++) {
      const factor = factors[i]!
      sum += factor * (factor > 0 ? solver.lower : solver.upper)[integers[i]!]!
    }
    return sum
  }

  /** The false literals that hold the sum up, `except` one integer's. */
  const reasons = (solver: Solver, before: number, except: number, out: number[]) => {
    for (let i = 0; i < literals.length; i++) {
      const literal = literals[i]!
      if (solver.values[literal]! > 0 && solver.positions[literal >> 1]! < before) out.push(negate(literal))
    }
    for (let i = 0; i < integers.length; i++) {
      const integer = integers[i]!
      if (integer === except) continue
      const bound = factors[i]! > 0 ? lowerLiteralBefore(solver, integer, before) : upperLiteralBefore(solver, integer, before)
      if (bound >= 0) out.push(negate(bound))
    }
  }

  return {
    limit: linear.limit,
    least,
    wakesOn: {
      literals: guard === TRUE ? Array.from(literals) : [...literals, guard],
      lower: integers.filter((_, i) => factors[i]! > 0),
      upper: integers.filter((_, i) => factors[i]! < 0),
    },

    propagate(solver, self) {
      const { values } = solver
      if (values[guard]! < 0) return true
      const slack = this.limit - least(solver)
      if (slack < 0) {
        if (values[guard] === 0) {
          enqueue(solver, negate(guard), byPropagator(self))
          return true
        }
        solver.conflict = [negate(guard)]
        reasons(solver, solver.trailSize, -1, solver.conflict)
        return false
      }
      if (values[guard] === 0) return true
      for (let i = 0; i < literals.length && weights[i]! > slack; i++) {
        const literal = literals[i]!
        if (values[literal] === 0) enqueue(solver, negate(literal), byPropagator(self))
      }
      for (let i = 0; i < integers.length; i++) {
        const integer = integers[i]!
        const factor = factors[i]!
        const lower = solver.lower[integer]!
        const upper = solver.upper[integer]!
        const room = Math.floor(slack / Math.abs(factor))
        if (upper - lower <= room) continue
        const bound = factor > 0 ? atMost(solver, integer, lower + room) : negate(atMost(solver, integer, upper - room - 1))
        if (solver.values[bound] === 0) enqueue(solver, bound, byPropagator(self))
      }
      return true
    },

    explain(solver, literal, before, out) {
      if (literal !== negate(guard)) out.push(negate(guard))
      const integer = solver.boundOf[literal >> 1]!
      reasons(solver, before, integer, out)
    },
  }
}
