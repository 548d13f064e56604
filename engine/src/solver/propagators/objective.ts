import type { Box } from '../expression.ts'
import { negate } from '../problem.ts'
import type { Propagator, Solver } from '../solver.ts'
import { byPropagator, enqueue } from '../trail.ts'

/** What an objective adds up. Values are integers. */
export type Term =
  /** weight, any sign, while the literal holds */
  | { kind: 'weight'; literal: number; weight: number }
  /** the amount of the one literal that holds, 0 if none does; one must while `sure` holds */
  | { kind: 'choice'; literals: number[]; amounts: number[]; sure: number }
  /** any function, by its least and greatest value over a box; exact where the box is a point */
  | { kind: 'function'; literals: number[]; integers: number[]; range(box: Box): [number, number] }

/** Keeps the sum of the terms at or below a limit that the caller lowers. */
export interface Objective extends Propagator {
  limit: number
  /** the least the sum can be now */
  least(box: Box): number
  /** by variable: what led to what this propagator derived */
  derived: Map<number, number[]>
}

export function objectivePropagator(terms: Term[]): Objective {
  const functions = terms.filter(term => term.kind === 'function')
  const literals = terms.flatMap(term => (term.kind === 'weight' ? [term.literal] : term.literals))
  const sure = terms.flatMap(term => (term.kind === 'choice' ? [term.sure] : []))
  const both = new Set([...literals, ...literals.map(negate), ...sure])
  const integers = [...new Set(functions.flatMap(term => term.integers))]

  return {
    limit: Number.POSITIVE_INFINITY,
    derived: new Map(),
    wakesOn: { literals: [...both], lower: integers, upper: integers },

    least: box => terms.reduce((sum, term) => sum + leastOf(term, box), 0),

    propagate(solver, self) {
      if (this.limit === Number.POSITIVE_INFINITY) return true
      const slack = this.limit - this.least(solver)
      if (slack < 0) {
        solver.conflict = reasonsOf(terms, solver)
        return false
      }
      let reasons: number[] | undefined
      const derive = (literal: number) => {
        reasons ??= reasonsOf(terms, solver)
        this.derived.set(literal >> 1, reasons)
        enqueue(solver, literal, byPropagator(self))
      }
      for (const term of terms) {
        if (term.kind === 'weight') {
          if (solver.values[term.literal] === 0 && Math.abs(term.weight) > slack) {
            derive(term.weight > 0 ? negate(term.literal) : term.literal)
          }
        } else if (term.kind === 'choice') {
          const least = leastOf(term, solver)
          term.literals.forEach((literal, i) => {
            if (solver.values[literal] === 0 && term.amounts[i]! - least > slack) derive(negate(literal))
          })
        }
      }
      return true
    },

    explain(_solver, literal, _before, out) {
      for (const reason of this.derived.get(literal >> 1)!) out.push(reason)
    },
  }
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
    case 'function':
      return term.range(box)[0]
  }
}

/** The false literals that hold the sum up. */
function reasonsOf(terms: Term[], solver: Solver): number[] {
  const reasons = new Set<number>()
  const { values } = solver
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
    } else {
      for (const literal of term.literals) {
        if (values[literal] !== 0) reasons.add(values[literal]! > 0 ? negate(literal) : literal)
      }
      for (const integer of term.integers) {
        for (const bound of [solver.lowerLiterals[integer]!, solver.upperLiterals[integer]!]) {
          if (bound >= 0) reasons.add(negate(bound))
        }
      }
    }
  }
  return [...reasons]
}
