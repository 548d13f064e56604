import { compare, scopeOf } from '../expression.ts'
import type { Comparison } from '../problem.ts'
import { negate, TRUE } from '../problem.ts'
import type { Propagator, Solver } from '../solver.ts'
import { atMost, byPropagator, enqueue, lowerLiteralBefore, upperLiteralBefore } from '../trail.ts'

/**
 * A comparison of any arithmetic, judged by interval evaluation. While `guard` holds, every value that alone
 * makes it fail is taken away: of literals by trying both, of integers from either end.
 */
export function comparisonPropagator(comparison: Comparison, guard: number): Propagator {
  const literalSet = new Set<number>()
  const integerSet = new Set<number>()
  scopeOf(comparison.left, literalSet, integerSet)
  scopeOf(comparison.right, literalSet, integerSet)
  const literals = [...literalSet]
  const integers = [...integerSet]
  const sign = comparison.expect ? 1 : -1
  const judge = (solver: Solver) => sign * compare(comparison, solver)

  const reasons = (solver: Solver, before: number, out: number[]) => {
    for (const literal of literals) {
      const value = solver.values[literal]!
      if (value === 0 || solver.positions[literal >> 1]! >= before) continue
      out.push(value > 0 ? negate(literal) : literal)
    }
    for (const integer of integers) {
      const low = lowerLiteralBefore(solver, integer, before)
      const high = upperLiteralBefore(solver, integer, before)
      if (low >= 0) out.push(negate(low))
      if (high >= 0) out.push(negate(high))
    }
  }

  return {
    wakesOn: {
      literals: [...literals, ...literals.map(negate), ...(guard === TRUE ? [] : [guard])],
      lower: integers,
      upper: integers,
    },

    propagate(solver, self) {
      const { values } = solver
      if (values[guard]! < 0) return true
      const verdict = judge(solver)
      if (verdict < 0) {
        if (values[guard] === 0) {
          enqueue(solver, negate(guard), byPropagator(self))
          return true
        }
        solver.conflict = [negate(guard)]
        reasons(solver, solver.trailSize, solver.conflict)
        return false
      }
      if (verdict > 0 || values[guard] === 0) return true
      for (const literal of literals) {
        if (values[literal] !== 0) continue
        if (failsWith(solver, literal, judge)) enqueue(solver, negate(literal), byPropagator(self))
        else if (failsWith(solver, negate(literal), judge)) enqueue(solver, literal, byPropagator(self))
      }
      for (const integer of integers) {
        const first = solver.lower[integer]!
        const last = solver.upper[integer]!
        if (first === last) continue
        const low = failingFrom(first, last, to => failsWithin(solver, integer, first, to, judge))
        // Everything fails only when another integer was narrowed meanwhile: that wakes this propagator again.
        if (low === last) continue
        if (low !== undefined) enqueue(solver, negate(atMost(solver, integer, low)), byPropagator(self))
        const start = solver.lower[integer]!
        if (start === last) continue
        const high = failingFrom(0, last - start, width => failsWithin(solver, integer, last - width, last, judge))
        if (high === undefined || high === last - start) continue
        enqueue(solver, atMost(solver, integer, last - high - 1), byPropagator(self))
      }
      return true
    },

    explain(solver, literal, before, out) {
      if (literal !== negate(guard)) out.push(negate(guard))
      reasons(solver, before, out)
    },
  }
}

function failsWith(solver: Solver, literal: number, judge: (solver: Solver) => number): boolean {
  solver.values[literal] = 1
  solver.values[negate(literal)] = -1
  const fails = judge(solver) < 0
  solver.values[literal] = 0
  solver.values[negate(literal)] = 0
  return fails
}

function failsWithin(solver: Solver, integer: number, from: number, to: number, judge: (solver: Solver) => number): boolean {
  const lower = solver.lower[integer]!
  const upper = solver.upper[integer]!
  solver.lower[integer] = from
  solver.upper[integer] = to
  const fails = judge(solver) < 0
  solver.lower[integer] = lower
  solver.upper[integer] = upper
  return fails
}

/** The farthest `to` for which all of first..to fails, or undefined; what fails within a wider stretch fails within a narrower. */
function failingFrom(first: number, last: number, fails: (to: number) => boolean): number | undefined {
  if (!fails(first)) return undefined
  let good = first
  let step = 1
  while (good + step < last && fails(good + step)) {
    good += step
    step *= 2
  }
  if (good + step >= last) {
    if (fails(last)) return last
    step = last - good
  }
  let bad = good + step
  while (bad - good > 1) {
    const middle = good + Math.floor((bad - good) / 2)
    if (fails(middle)) good = middle
    else bad = middle
  }
  return good
}
