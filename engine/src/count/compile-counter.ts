import type { Lowered } from '../lower.ts'
import type { Assignment } from '../solver/problem.ts'
import { buildCircuit, type Circuit, NOUGHT } from './circuit.ts'
import { type Allowance, compileCircuit } from './compile-circuit.ts'
import { type Ground, ground, HELPER } from './ground.ts'
import { branchingOrder } from './order.ts'
import { assign, begin, createResidual, propagate, type Residual, settleHelpers, variablesOf } from './residual.ts'

/**
 * A circuit that counts selections of a model. Its variable i is the i-th option, from 1; after the options come the regions of
 * integers, one integer after the other.
 */
export interface Counted {
  circuit: Circuit
  /** by integer: the last place of each of its regions */
  ends: number[][]
}

/** Circuits of which one counts at most as many selections as there are, and the other at least as many: the same one where it is exact. */
export interface Bounds {
  inner: Counted
  outer: Counted
}

/** Of the allowance, for the exact count, and for each attempt at a bound. */
const EXACT_SHARE = 0.5
const ATTEMPT_SHARE = 0.05

/** Steps in which sums are measured for a bound. */
const COARSE_STEPS = [64, 16, 4]

/** Shares of the variables, first those that are branched on first, that are held or freed for a bound. */
const SHARES = [1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]

/**
 * Compiles the count of a model, whole if it can be done within half of the allowance. Otherwise two others are: sums are measured in
 * steps, ever coarser; and if that does not do, the variables that hold everything together are held as they are in `witness`
 * (what is counted then exists, but is not all), or their constraints are left out (all is counted, and more).
 */
export function compileCounter(lowered: Lowered, witness: Assignment, allowance: Allowance): Bounds {
  const whole = ground(lowered)
  if (whole.leftOut === 0) {
    const exact = attempt(lowered, whole, allowance, EXACT_SHARE)
    if (exact) return { inner: exact, outer: exact }
  }
  return { inner: innerBound(lowered, witness, allowance), outer: outerBound(lowered, allowance) }
}

function innerBound(lowered: Lowered, witness: Assignment, allowance: Allowance): Counted {
  for (const steps of COARSE_STEPS) {
    const counted = attempt(lowered, ground(lowered, witness.integers, { steps, side: 'narrower' }), allowance, ATTEMPT_SHARE)
    if (counted && counted.circuit.root !== NOUGHT) return counted
  }
  const whole = ground(lowered, witness.integers)
  for (const share of SHARES) {
    const counted = attempt(lowered, whole, allowance, ATTEMPT_SHARE, residual => hold(residual, share, witness))
    if (counted) return counted
  }
  return nothing(lowered, whole)
}

function outerBound(lowered: Lowered, allowance: Allowance): Counted {
  for (const steps of COARSE_STEPS) {
    const counted = attempt(lowered, ground(lowered, undefined, { steps, side: 'wider' }), allowance, ATTEMPT_SHARE)
    if (counted) return counted
  }
  const coarsest = ground(lowered, undefined, { steps: COARSE_STEPS.at(-1)!, side: 'wider' })
  for (const share of SHARES) {
    const counted = attempt(lowered, withoutFirst(coarsest, share), allowance, ATTEMPT_SHARE)
    if (counted) return counted
  }
  return everything(lowered, coarsest)
}

/** Compiles a ground problem within a share of the allowance, after `prepare` has assigned what it likes. */
function attempt(
  lowered: Lowered,
  problem: Ground,
  allowance: Allowance,
  share: number,
  prepare?: (residual: Residual) => void,
): Counted | undefined {
  const residual = createResidual(problem)
  if (!begin(residual)) return nothing(lowered, problem)
  settleHelpers(residual)
  prepare?.(residual)
  const limited = { ...allowance, looks: share * allowance.looks }
  const circuit = compileCircuit(residual, branchingOrder(residual), leavesOf(lowered, problem), limited)
  return circuit && { circuit, ends: endsOf(problem) }
}

/** Holds the variables that would be branched on first as they are in a valid assignment. */
function hold(residual: Residual, share: number, { values }: Assignment): void {
  for (const v of firstOf(residual, share)) {
    if (residual.values[2 * v] !== 0 || 2 * v >= values.length) continue
    assign(residual, values[2 * v]! > 0 ? 2 * v : 2 * v + 1)
    propagate(residual)
  }
}

/** The problem without the constraints on the variables that would be branched on first. */
function withoutFirst(problem: Ground, share: number): Ground {
  const residual = createResidual(problem)
  begin(residual)
  const freed = new Set(firstOf(residual, share))
  return {
    ...problem,
    sums: problem.sums.filter(sum => !sum.mayBeLeftOut || !sum.literals.some(literal => freed.has(literal >> 1))),
    comparisons: problem.comparisons.filter(comparison => ![...variablesOf(comparison)].some(v => freed.has(v))),
  }
}

function firstOf(residual: Residual, share: number): number[] {
  const { kinds } = residual.ground
  const ranks = branchingOrder(residual)
  const open = Array.from(kinds, (_, v) => v).filter(v => kinds[v] !== HELPER && residual.values[2 * v] === 0)
  return open.sort((a, b) => ranks[a]! - ranks[b]!).slice(0, Math.ceil(share * open.length))
}

/** By variable of a ground problem its variable in the circuit, or 0. */
function leavesOf({ options }: Lowered, { variables, regions }: Ground): Int32Array {
  const leaves = new Int32Array(variables)
  let leaf = 1
  for (const { literal } of options.values()) leaves[literal >> 1] = leaf++
  for (const list of regions) for (const { literal } of list) leaves[literal >> 1] = leaf++
  return leaves
}

const endsOf = ({ regions }: Ground) => regions.map(list => list.map(({ to }) => to))

function nothing(lowered: Lowered, problem: Ground): Counted {
  return { circuit: buildCircuit(leavesIn(lowered, problem)).finish(NOUGHT), ends: endsOf(problem) }
}

/** Every option either way, every integer at each of its places. */
function everything(lowered: Lowered, problem: Ground): Counted {
  const builder = buildCircuit(leavesIn(lowered, problem))
  const parts = Array.from(lowered.options.keys(), (_, i) => builder.either(i + 1))
  let leaf = lowered.options.size + 1
  for (const list of problem.regions) {
    parts.push(list.reduce(sum => builder.sum(sum, 2 * leaf++), NOUGHT))
  }
  return { circuit: builder.finish(builder.product(parts)), ends: endsOf(problem) }
}

/** Variables of a circuit, the constant included. */
const leavesIn = ({ options }: Lowered, { regions }: Ground) => regions.reduce((sum, list) => sum + list.length, options.size + 1)
