import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomSituation, situationOf } from '../../test/random-situation.ts'
import { runs } from '../../test/seed.ts'
import { compileCircuit } from './compile-circuit.ts'
import { freeing, hold, leavesOf } from './compile-counter.ts'
import { countAll } from './evaluate.ts'
import { EXACT, type Ground, ground, HELPER } from './ground.ts'
import { branchingOrder } from './order.ts'
import { begin, createResidual, type Residual } from './residual.ts'

const numeric = { groups: 4, options: 3, constraints: 6, values: 7 }
const precision = fc.record({ places: fc.integer({ min: 1, max: 8 }), steps: fc.integer({ min: 1, max: 40 }) })

test('numbers taken more coarsely to one side are counted no less than they are, to the other no more', () => {
  fc.assert(
    fc.property(randomSituation(numeric), precision, fc.boolean(), (drawn, coarse, around) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { all, compiled } = situation
      const { lowered, witness } = compiled
      expect(counted(ground(lowered, { side: 'wider', ...coarse }))).toBeGreaterThanOrEqual(all.length)
      const near = around ? { around: witness.integers } : {}
      expect(counted(ground(lowered, { side: 'narrower', ...coarse, ...near }))).toBeLessThanOrEqual(all.length)

      function counted(problem: Ground): bigint {
        return countOf(problem, leavesOf(lowered, problem))
      }
    }),
    runs(600),
  )
}, 60_000)

test('with variables held as in a valid selection no more is counted, and that selection is; without their rules no less', () => {
  fc.assert(
    fc.property(randomSituation(), fc.integer({ min: 1, max: 4 }), (drawn, every) => {
      const situation = situationOf(drawn)
      if (!situation) return
      const { all, compiled } = situation
      const { lowered, witness } = compiled
      const problem = ground(lowered, EXACT)
      const leaves = leavesOf(lowered, problem)
      const some = Array.from(problem.kinds, (_, v) => v).filter(v => v > 0 && problem.kinds[v] !== HELPER && v % every === 0)
      const held = countOf(problem, leaves, residual => hold(residual, some, witness))
      expect(held).toBeGreaterThanOrEqual(1)
      expect(held).toBeLessThanOrEqual(all.length)
      expect(countOf(freeing(problem, some), leaves)).toBeGreaterThanOrEqual(all.length)
    }),
    runs(300),
  )
}, 60_000)

function countOf(problem: Ground, leaves: Int32Array, prepare?: (residual: Residual) => void): bigint {
  const residual = createResidual(problem)
  if (!begin(residual)) return 0n
  prepare?.(residual)
  const circuit = compileCircuit(residual, branchingOrder(residual), leaves, { looks: 1e9, size: 1e9 })!
  const weights = new Float64Array(2 * circuit.variables).fill(1)
  weights[1] = 0
  for (const list of problem.regions) for (const { from, to, literal } of list) weights[2 * leaves[literal >> 1]!] = to - from + 1
  return countAll(circuit, weights)
}
