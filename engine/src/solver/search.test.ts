import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../test/seed.ts'
import { assumptionsBehind } from './analyze.ts'
import { type Assignment, buildProblem, type Comparison, type Linear, negate, type Problem, TRUE } from './problem.ts'
import { assume, readAssignment, reset, search, UNLIMITED } from './search.ts'
import { createSolver, type Solver } from './solver.ts'

/** Four Boolean variables, two integers from 0 to 3. */
const BOOLEANS = 4
const GREATEST = 3

const literal = fc.integer({ min: 1, max: BOOLEANS }).chain(v => fc.constantFrom(2 * v, 2 * v + 1))
const clause = fc.array(literal, { minLength: 1, maxLength: 3 })
const linear = fc.record({
  guard: fc.oneof(fc.constant(TRUE), literal),
  weights: fc.array(fc.tuple(literal, fc.integer({ min: 1, max: 4 })), { maxLength: 4 }),
  factors: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
  limit: fc.integer({ min: -8, max: 8 }),
})
const comparison = fc.record({
  guard: fc.oneof(fc.constant(TRUE), literal),
  expect: fc.boolean(),
  op: fc.constantFrom('<=', '<', '==', '!=', '>=', '>'),
  by: fc.constantFrom('*', '/', '+', '-'),
  than: fc.integer({ min: -2, max: 10 }),
})
const bound = fc.record({ literal, integer: fc.nat({ max: 1 }), at: fc.nat({ max: GREATEST - 1 }), above: fc.boolean() })

test('a search finds an assignment exactly where there is one, and conflicts name enough assumptions', () => {
  const anything = fc.tuple(
    fc.array(clause, { maxLength: 5 }),
    fc.array(linear, { maxLength: 3 }),
    fc.array(comparison, { maxLength: 2 }),
    fc.array(bound, { maxLength: 3 }),
    fc.array(literal, { maxLength: 3 }),
  )
  fc.assert(
    fc.property(anything, ([clauses, linears, comparisons, bounds, assumptions]) => {
      const problem = problemOf(clauses, linears, comparisons, bounds)
      const solver = createSolver(problem)
      expect(solves(solver, [])).toBe(possible(problem, []))
      expect(solves(solver, assumptions)).toBe(possible(problem, assumptions))
      const core = conflictOf(solver, assumptions)
      if (core) {
        expect(possible(problem, core)).toBe(false)
        expect(core.every(one => assumptions.includes(one))).toBe(true)
      }
      // Asked again in another order, with all that was learned.
      expect(solves(solver, assumptions.slice().reverse())).toBe(!core)
      expect(solves(solver, [])).toBe(possible(problem, []))
    }),
    runs(3000),
  )
}, 60_000)

test('a refutation that needs thousands of conflicts forgets and still ends', () => {
  // Eight pigeons in seven holes.
  const builder = buildProblem()
  const at = Array.from({ length: 8 }, () => Array.from({ length: 7 }, () => builder.literal()))
  for (const holes of at) builder.clause(-1, holes)
  for (let hole = 0; hole < 7; hole++) builder.add({ kind: 'at-most-one', rule: -1, literals: at.map(holes => holes[hole]!) })
  const effort = { steps: 10_000_000 }
  const solver = createSolver(builder.problem)
  expect(search(solver, [], blank(solver), effort)).toBe('none')
  expect(10_000_000 - effort.steps).toBeGreaterThan(2000)
})

test('the same question takes the same steps every time', () => {
  const steps = Array.from({ length: 2 }, () => {
    const builder = buildProblem()
    const xs = Array.from({ length: 20 }, () => builder.literal())
    const weights = xs.map((_, i) => 11 + ((i * 7) % 13))
    const all = { kind: 'linear' as const, rule: -1, guard: TRUE, integers: [], factors: [] }
    builder.add({ ...all, literals: xs, weights, limit: 150 })
    builder.add({ ...all, literals: xs.map(negate), weights, limit: weights.reduce((a, b) => a + b) - 150 })
    const effort = { steps: 100_000 }
    const solver = createSolver(builder.problem)
    return [search(solver, [], blank(solver), effort), effort.steps]
  })
  expect(steps[0]).toEqual(steps[1])
})

function problemOf(
  clauses: number[][],
  linears: { guard: number; weights: [number, number][]; factors: [number, number]; limit: number }[],
  comparisons: { guard: number; expect: boolean; op: Comparison['op']; by: '*' | '/' | '+' | '-'; than: number }[],
  bounds: { literal: number; integer: number; at: number; above: boolean }[],
): Problem {
  const builder = buildProblem()
  for (let v = 1; v <= BOOLEANS; v++) builder.literal()
  const x = builder.integer(GREATEST)
  const y = builder.integer(GREATEST)
  for (const literals of clauses) builder.clause(-1, literals)
  for (const { literal: unless, integer, at, above } of bounds) {
    const atMost = builder.atMost(integer === 0 ? x : y, at)
    builder.clause(-1, [unless, above ? negate(atMost) : atMost])
  }
  for (const { guard, weights, factors, limit } of linears) {
    const terms = new Map(weights)
    const integers = [x, y].filter((_, i) => factors[i] !== 0)
    builder.add({
      ...{ kind: 'linear', rule: -1, guard, literals: [...terms.keys()], weights: [...terms.values()], integers },
      ...{ factors: factors.filter(factor => factor !== 0), limit },
    } satisfies Linear)
  }
  for (const { guard, expect: wanted, op, by, than } of comparisons) {
    const sum = { op: 'sum' as const, constant: 0, literals: [] as number[], weights: [] as number[], factors: [1], divisor: 1 }
    const left = { op: by, left: { ...sum, integers: [x] }, right: { ...sum, integers: [y], literals: [2], weights: [1] } }
    const right = { ...sum, constant: than, integers: [], factors: [] }
    builder.add({ kind: 'comparison', rule: -1, guard, expect: wanted, op, left, right })
  }
  return builder.problem
}

/** By trying every assignment, each constraint written out again. */
function possible(problem: Problem, assumptions: readonly number[]): boolean {
  for (let bits = 0; bits < 2 ** BOOLEANS; bits++) {
    for (let x = 0; x <= GREATEST; x++) {
      for (let y = 0; y <= GREATEST; y++) {
        const places = [x, y]
        const holds = (one: number) => {
          const variable = one >> 1
          const integer = problem.boundOf[variable]!
          const value =
            variable === 0 ||
            (integer < 0 ? ((bits >> (variable - 1)) & 1) === 1 : places[integer]! <= problem.boundAt[variable]!)
          return value !== ((one & 1) === 1)
        }
        if (assumptions.every(holds) && problem.constraints.every(constraint => satisfied(constraint, holds, x, y))) return true
      }
    }
  }
  return false
}

function satisfied(
  constraint: Problem['constraints'][number],
  holds: (literal: number) => boolean,
  x: number,
  y: number,
): boolean {
  if (constraint.kind === 'clause') return constraint.literals.some(holds)
  if (constraint.kind === 'at-most-one') return constraint.literals.filter(holds).length <= 1
  if (!holds(constraint.guard)) return true
  if (constraint.kind === 'linear') {
    const booleans = constraint.literals.reduce((sum, one, i) => sum + (holds(one) ? constraint.weights[i]! : 0), 0)
    const integers = constraint.integers.reduce((sum, one, i) => sum + constraint.factors[i]! * [x, y][one]!, 0)
    return booleans + integers <= constraint.limit
  }
  const by = constraint.left.op
  const divisor = y + (holds(2) ? 1 : 0)
  const left = by === '*' ? x * divisor : by === '/' ? x / divisor : by === '+' ? x + divisor : x - divisor
  const than = constraint.right.op === 'sum' ? constraint.right.constant : 0
  if (by === '/' && divisor === 0) return !constraint.expect
  const result = {
    '<=': left <= than,
    '<': left < than,
    '==': left === than,
    '!=': left !== than,
    '>=': left >= than,
    '>': left > than,
  }
  return result[constraint.op] === constraint.expect
}

const blank = (solver: Solver): Assignment => ({
  values: new Int8Array(2 * solver.problem.variables),
  integers: new Float64Array(solver.lower.length),
})

function conflictOf(solver: Solver, assumptions: number[]): number[] | undefined {
  if (!reset(solver)) return []
  const core = assume(solver, assumptions)
  if (core) return core
  const found = blank(solver)
  if (search(solver, [], found, UNLIMITED) === 'none') return assumptionsBehind(solver, solver.conflict)
  readAssignment(solver, found)
  return undefined
}

const solves = (solver: Solver, assumptions: number[]) => conflictOf(solver, assumptions) === undefined
