import { compare, scopeOf } from '../solver/expression.ts'
import { type Comparison, negate, TRUE } from '../solver/problem.ts'
import { type Ground, HELPER } from './ground.ts'

/**
 * A ground problem under a growing and shrinking list of literals that hold. Of each sum it knows at every time the slack, what may
 * still be added, and the rest, what is still open: where the rest fits into the slack the sum is satisfied and no longer there.
 */
export interface Residual {
  ground: Ground
  /** by literal: 1 holds, -1 fails, 0 open */
  values: Int8Array
  trail: Int32Array
  length: number
  /** how much of the trail the sums know of */
  head: number
  slack: Float64Array
  rest: Float64Array
  /** by sum: where its literals start */
  starts: Int32Array
  literals: Int32Array
  weights: Float64Array
  /** by literal: where the places of the sums with it start; by such a place: the sum and the weight */
  occurrences: Int32Array
  occursIn: Int32Array
  occursWith: Float64Array
  /** by variable: the comparisons that read it */
  compared: number[][]
  /** by comparison: 1 it is satisfied */
  settled: Uint8Array
  /** settled comparisons and the length of the trail where they were, in order */
  settling: number[]
  /** literals looked at since the start */
  looks: number
}

export function createResidual(ground: Ground): Residual {
  const { variables, sums, comparisons } = ground
  const starts = new Int32Array(sums.length + 1)
  sums.forEach((sum, s) => {
    starts[s + 1] = starts[s]! + sum.literals.length
  })
  const size = starts[sums.length]!
  const literals = new Int32Array(size)
  const weights = new Float64Array(size)
  const occurrences = new Int32Array(2 * variables + 1)
  sums.forEach((sum, s) => {
    literals.set(sum.literals, starts[s])
    weights.set(sum.weights, starts[s])
    for (const literal of sum.literals) occurrences[literal + 1]!++
  })
  for (let literal = 0; literal < 2 * variables; literal++) occurrences[literal + 1]! += occurrences[literal]!
  const next = occurrences.slice()
  const occursIn = new Int32Array(size)
  const occursWith = new Float64Array(size)
  sums.forEach((sum, s) => {
    sum.literals.forEach((literal, i) => {
      const place = next[literal]!++
      occursIn[place] = s
      occursWith[place] = sum.weights[i]!
    })
  })
  const compared: number[][] = Array.from({ length: variables }, () => [])
  comparisons.forEach((comparison, c) => {
    for (const variable of variablesOf(comparison)) compared[variable]!.push(c)
  })
  return {
    ground,
    values: new Int8Array(2 * variables),
    trail: new Int32Array(variables),
    length: 0,
    head: 0,
    slack: Float64Array.from(sums, sum => sum.limit),
    rest: Float64Array.from(sums, sum => sum.weights.reduce((a, b) => a + b, 0)),
    starts,
    literals,
    weights,
    occurrences,
    occursIn,
    occursWith,
    compared,
    settled: new Uint8Array(comparisons.length),
    settling: [],
    looks: size,
  }
}

/** Assigns what follows from the constraints alone; false where they contradict each other. */
export function begin(residual: Residual): boolean {
  const { ground, values, slack, starts, literals, weights } = residual
  assign(residual, TRUE)
  for (let sum = 0; sum < ground.sums.length; sum++) {
    if (slack[sum]! < 0) return false
    for (let place = starts[sum]!; place < starts[sum + 1]! && weights[place]! > slack[sum]!; place++) {
      if (values[literals[place]!]! > 0) return false
      if (values[literals[place]!] === 0) assign(residual, negate(literals[place]!))
    }
  }
  return propagate(residual) && ground.comparisons.every((_, comparison) => judge(residual, comparison)) && propagate(residual)
}

/** Lets helpers hold or fail where no constraint minds, again and again: what they were asked for may have been nothing. */
export function settleHelpers(residual: Residual): void {
  const { ground, values, occurrences, occursIn, settled } = residual
  const guards = new Set(ground.comparisons.flatMap(({ guard }, c) => (settled[c] ? [] : [guard])))
  const isMinded = (literal: number) => {
    if (guards.has(literal)) return true
    for (let at = occurrences[literal]!; at < occurrences[literal + 1]!; at++) if (isActive(residual, occursIn[at]!)) return true
    return false
  }
  for (let before = -1; before !== residual.length; ) {
    before = residual.length
    for (let v = 1; v < ground.variables; v++) {
      if (ground.kinds[v] !== HELPER || values[2 * v] !== 0) continue
      const free = [2 * v, 2 * v + 1].find(literal => !isMinded(literal))
      if (free === undefined) continue
      assign(residual, free)
      propagate(residual)
    }
  }
}

/** A literal that is open holds from now on; `propagate` tells the constraints. */
export function assign(residual: Residual, literal: number): void {
  residual.values[literal] = 1
  residual.values[negate(literal)] = -1
  residual.trail[residual.length++] = literal
}

/** Assigns all that follows from single constraints; false where one cannot be satisfied any more. */
export function propagate(residual: Residual): boolean {
  const { trail, compared } = residual
  const doubted: number[] = []
  do {
    while (residual.head < residual.length) {
      const literal = trail[residual.head++]!
      if (!tellSums(residual, literal)) return false
      for (const comparison of compared[literal >> 1]!) doubted.push(comparison)
    }
    const comparison = doubted.pop()
    if (comparison !== undefined && !judge(residual, comparison)) return false
  } while (doubted.length > 0 || residual.head < residual.length)
  return true
}

/** Takes literals back until the trail has this length. */
export function undo(residual: Residual, length: number): void {
  const { values, trail, slack, rest, occurrences, occursIn, occursWith, settled, settling } = residual
  while (residual.length > length) {
    const literal = trail[--residual.length]!
    values[literal] = 0
    values[negate(literal)] = 0
    if (residual.length >= residual.head) continue
    residual.head = residual.length
    for (let at = occurrences[literal]!; at < occurrences[literal + 1]!; at++) {
      slack[occursIn[at]!]! += occursWith[at]!
      rest[occursIn[at]!]! += occursWith[at]!
    }
    for (let at = occurrences[literal ^ 1]!; at < occurrences[(literal ^ 1) + 1]!; at++) rest[occursIn[at]!]! += occursWith[at]!
  }
  while (settling.length > 0 && settling[settling.length - 1]! > length) {
    settling.pop()
    settled[settling.pop()!] = 0
  }
}

/** Whether a sum may still be exceeded. */
export const isActive = ({ slack, rest }: Residual, sum: number) => rest[sum]! > slack[sum]!

function tellSums(residual: Residual, literal: number): boolean {
  const { values, slack, rest, starts, literals, weights, occurrences, occursIn, occursWith } = residual
  let possible = true
  const opposite = negate(literal)
  residual.looks += occurrences[literal + 1]! - occurrences[literal]! + occurrences[opposite + 1]! - occurrences[opposite]!
  for (let at = occurrences[opposite]!; at < occurrences[opposite + 1]!; at++) rest[occursIn[at]!]! -= occursWith[at]!
  for (let at = occurrences[literal]!; at < occurrences[literal + 1]!; at++) {
    const sum = occursIn[at]!
    rest[sum]! -= occursWith[at]!
    const left = slack[sum]! - occursWith[at]!
    slack[sum] = left
    if (left < 0) possible = false
    if (!possible || left >= rest[sum]! || left >= weights[starts[sum]!]!) continue
    let place = starts[sum]!
    for (const end = starts[sum + 1]!; place < end && weights[place]! > left; place++) {
      if (values[literals[place]!] === 0) assign(residual, negate(literals[place]!))
    }
    residual.looks += place - starts[sum]!
  }
  return possible
}

/** Looks at a comparison again: it is settled, its guard must fail, or it stays open. */
function judge(residual: Residual, index: number): boolean {
  const { ground, values, settled, settling } = residual
  if (settled[index]) return true
  const comparison = ground.comparisons[index]!
  residual.looks += 8
  if (values[comparison.guard]! >= 0) {
    const verdict = compare(comparison, { values, lower: NO_INTEGERS, upper: NO_INTEGERS })
    if (verdict === 0) return true
    if (verdict > 0 !== comparison.expect) {
      if (values[comparison.guard]! > 0) return false
      assign(residual, negate(comparison.guard))
    }
  }
  settled[index] = 1
  settling.push(index, residual.length)
  return true
}

/** The variables that a comparison reads, its guard among them. */
export function variablesOf({ guard, left, right }: Comparison): Set<number> {
  const literals = new Set([guard])
  scopeOf(left, literals, new Set())
  scopeOf(right, literals, new Set())
  return new Set([...literals].map(literal => literal >> 1))
}

const NO_INTEGERS = new Float64Array(0)
