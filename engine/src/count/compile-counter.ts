import type { Lowered } from '../lower.ts'
import type { Assignment } from '../solver/problem.ts'
import { buildCircuit, type Circuit, NOUGHT } from './circuit.ts'
import { type Allowance, compileCircuit } from './compile-circuit.ts'
import { EXACT, type Ground, ground, HELPER, type Precision } from './ground.ts'
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

/** Of what is left of the allowance, for the exact count, and for each attempt at a bound. */
const EXACT_SHARE = 0.4
const ATTEMPT_SHARE = 0.4

/** Regions of an integer and steps of a sum for a bound, ever finer. */
const WIDER = [4, 8, 16, 32, 64, 256, 1024].map((steps): Precision => ({ side: 'wider', places: steps, steps }))
const NARROWER = [
  { places: 16, steps: 16 },
  ...[64, Number.POSITIVE_INFINITY].map(steps => ({ places: 64, steps })),
  ...[256, 1024].map(places => ({ places, steps: Number.POSITIVE_INFINITY })),
].map((precision): Precision => ({ side: 'narrower', ...precision }))

/** Shares of the variables, those first that are branched on first, that are held or freed for a bound; ever fewer. */
const SHARES = [1, 1 / 4, 1 / 16, 1 / 64]

/**
 * Compiles the count of a model, whole if it can be done within a part of the allowance. Otherwise two others are: sums are measured in
 * steps, as finely as can be done; and if that does not do, the variables that hold everything together are held as they are in `witness`
 * (what is counted then exists, but is not all), or their constraints are left out (all is counted, and more).
 */
export function compileCounter(lowered: Lowered, witness: Assignment, allowance: Allowance): Bounds {
  const whole = ground(lowered, EXACT)
  if (whole.leftOut === 0) {
    const exact = attempt(lowered, () => whole, allowance, EXACT_SHARE)
    if (exact) return { inner: exact, outer: exact }
  }
  return { inner: innerBound(lowered, witness, allowance), outer: outerBound(lowered, allowance) }
}

function innerBound(lowered: Lowered, witness: Assignment, allowance: Allowance): Counted {
  const around = witness.integers
  const coarse = finest(hasSums(lowered) ? NARROWER : [], precision =>
    attempt(lowered, () => ground(lowered, { ...precision, around }), allowance, ATTEMPT_SHARE),
  )
  if (coarse && coarse.circuit.root !== NOUGHT) return coarse
  const whole = ground(lowered, { ...EXACT, side: 'narrower', around })
  const order = firstToLast(whole)
  const held = finest(SHARES, share =>
    attempt(
      lowered,
      () => whole,
      allowance,
      ATTEMPT_SHARE,
      residual => hold(residual, first(order, share), witness),
    ),
  )
  return held ?? nothing(lowered, whole)
}

function outerBound(lowered: Lowered, allowance: Allowance): Counted {
  const coarse = finest(hasSums(lowered) ? WIDER : [], precision =>
    attempt(lowered, () => ground(lowered, precision), allowance, ATTEMPT_SHARE),
  )
  if (coarse) return coarse
  const coarsest = ground(lowered, WIDER[0]!)
  const order = firstToLast(coarsest)
  const freed = finest(SHARES, share => attempt(lowered, () => freeing(coarsest, first(order, share)), allowance, ATTEMPT_SHARE))
  return freed ?? everything(lowered, coarsest)
}

/** The last of ever finer attempts that succeeded. */
function finest<T>(list: readonly T[], attemptWith: (one: T) => Counted | undefined): Counted | undefined {
  let best: Counted | undefined
  for (const one of list) {
    const counted = attemptWith(one)
    if (!counted) return best
    best = counted
  }
  return best
}

/** Whether there is anything to measure in steps. */
const hasSums = ({ problem }: Lowered) => problem.constraints.some(({ kind }) => kind === 'linear' || kind === 'comparison')

/** Compiles a ground problem within a share of the allowance; `prepare` may assign before, and says whether that can be. */
function attempt(
  lowered: Lowered,
  grounded: () => Ground,
  allowance: Allowance,
  share: number,
  prepare?: (residual: Residual) => boolean,
): Counted | undefined {
  const looks = share * allowance.looks
  if (looks < 1) return undefined
  const problem = grounded()
  const residual = createResidual(problem)
  if (!begin(residual)) return nothing(lowered, problem)
  settleHelpers(residual)
  if (prepare && !prepare(residual)) return nothing(lowered, problem)
  const ranks = branchingOrder(residual)
  const circuit = compileCircuit(residual, ranks, leavesOf(lowered, problem), { ...allowance, looks: looks - residual.looks })
  allowance.looks = Math.max(0, allowance.looks - residual.looks)
  return circuit && { circuit, ends: endsOf(problem) }
}

/** Holds variables as they are in a valid assignment; false where a constraint stricter than the model's forbids that. */
export function hold(residual: Residual, variables: readonly number[], { values }: Assignment): boolean {
  for (const v of variables) {
    if (residual.values[2 * v] !== 0 || 2 * v >= values.length) continue
    assign(residual, values[2 * v]! > 0 ? 2 * v : 2 * v + 1)
    if (!propagate(residual)) return false
  }
  return true
}

/** The problem without the constraints on some variables. */
export function freeing(problem: Ground, variables: readonly number[]): Ground {
  const freed = new Set(variables)
  return {
    ...problem,
    sums: problem.sums.filter(sum => !sum.mayBeLeftOut || !sum.literals.some(literal => freed.has(literal >> 1))),
    comparisons: problem.comparisons.filter(comparison => ![...variablesOf(comparison)].some(v => freed.has(v))),
  }
}

/** The variables that are not helpers, those first that would be branched on first. */
function firstToLast(problem: Ground): number[] {
  const residual = createResidual(problem)
  if (!begin(residual)) return []
  const ranks = branchingOrder(residual)
  const open = Array.from(problem.kinds, (_, v) => v).filter(v => problem.kinds[v] !== HELPER && residual.values[2 * v] === 0)
  return open.sort((a, b) => ranks[a]! - ranks[b]!)
}

const first = (order: readonly number[], share: number) => order.slice(0, Math.ceil(share * order.length))

/** By variable of a ground problem its variable in the circuit, or 0. */
export function leavesOf({ options }: Lowered, { variables, regions }: Ground): Int32Array {
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
