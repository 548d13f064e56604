import type { Circuit } from './circuit.ts'

/** How often each literal of a circuit counts: 1 or 0, or the places of a region. */
export type Weights = Float64Array

/** The count, by all of its nodes. */
export function countAll(circuit: Circuit, weights: Weights): bigint {
  return countsOf(circuit, weights)[circuit.root]!
}

/**
 * By literal: what the count would be if it were counted only where that literal holds. One walk upwards, and one downwards that finds
 * how often each node enters the whole.
 */
export function countByLiteral(circuit: Circuit, weights: Weights): bigint[] {
  const { variables, starts, parts, isSum, root } = circuit
  const first = 3 * variables
  const counts = countsOf(circuit, weights)
  const uses: bigint[] = new Array(counts.length).fill(0n)
  uses[root] = 1n
  for (let node = isSum.length - 1; node >= 0; node--) {
    const use = uses[first + node]!
    if (use === 0n) continue
    const start = starts[node]!
    const end = starts[node + 1]!
    if (isSum[node]) {
      for (let at = start; at < end; at++) uses[parts[at]!]! += use
      continue
    }
    let zero = -1
    let zeros = 0
    for (let at = start; at < end; at++) {
      if (counts[parts[at]!] !== 0n) continue
      zero = at
      zeros++
    }
    if (zeros > 1) continue
    if (zeros === 1) {
      let others = use
      for (let at = start; at < end; at++) if (at !== zero) others *= counts[parts[at]!]!
      uses[parts[zero]!]! += others
      continue
    }
    const whole = use * counts[first + node]!
    for (let at = start; at < end; at++) {
      const count = counts[parts[at]!]!
      uses[parts[at]!]! += count === 1n ? whole : whole / count
    }
  }
  const byLiteral: bigint[] = []
  for (let literal = 0; literal < 2 * variables; literal++) {
    byLiteral.push((uses[literal]! + uses[2 * variables + (literal >> 1)]!) * counts[literal]!)
  }
  return byLiteral
}

function countsOf({ variables, starts, parts, isSum }: Circuit, weights: Weights): bigint[] {
  const counts: bigint[] = []
  for (let literal = 0; literal < 2 * variables; literal++) counts.push(BigInt(weights[literal]!))
  for (let v = 0; v < variables; v++) counts.push(counts[2 * v]! + counts[2 * v + 1]!)
  for (let node = 0; node < isSum.length; node++) {
    let at = starts[node]!
    const end = starts[node + 1]!
    let count = counts[parts[at]!]!
    if (isSum[node]) while (++at < end) count += counts[parts[at]!]!
    else {
      while (++at < end && count !== 0n) {
        const factor = counts[parts[at]!]!
        if (factor !== 1n) count *= factor
      }
    }
    counts.push(count)
  }
  return counts
}
