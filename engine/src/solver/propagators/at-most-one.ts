import { negate, TRUE } from '../problem.ts'
import type { Propagator } from '../solver.ts'
import { byPropagator, enqueue } from '../trail.ts'

/** At most one of the literals holds, while `guard` does. */
export function atMostOnePropagator(literals: number[], guard: number): Propagator {
  return {
    wakesOn: { literals: guard === TRUE ? literals : [...literals, guard], lower: [], upper: [] },

    propagate(solver, self) {
      const { values } = solver
      if (values[guard]! < 0) return true
      let chosen = -1
      for (const literal of literals) {
        if (values[literal]! <= 0) continue
        if (chosen < 0) {
          chosen = literal
          continue
        }
        if (values[guard] === 0) {
          enqueue(solver, negate(guard), byPropagator(self))
          return true
        }
        solver.conflict = [negate(chosen), negate(literal), negate(guard)]
        return false
      }
      if (chosen < 0 || values[guard] === 0) return true
      for (const literal of literals) {
        if (values[literal] === 0) enqueue(solver, negate(literal), byPropagator(self))
      }
      return true
    },

    explain(solver, literal, before, out) {
      let wanted = 2
      if (literal !== negate(guard)) {
        out.push(negate(guard))
        wanted = 1
      }
      for (const other of literals) {
        if (solver.values[other]! <= 0 || solver.positions[other >> 1]! >= before) continue
        out.push(negate(other))
        if (--wanted === 0) return
      }
    },
  }
}
