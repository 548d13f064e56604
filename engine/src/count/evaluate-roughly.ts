import type { Circuit } from './circuit.ts'
import type { Weights } from './evaluate.ts'

/**
 * Counts too large for a double, each as a double and an exponent: parts[i] × 2^(512 × exponents[i]), where a part is 0 or from 1 up
 * to 2^512. Nothing is ever subtracted, so each is right to some twelve digits.
 */
interface Amounts {
  parts: Float64Array
  exponents: Int32Array
}

const BASE = 2 ** 512

/** The same as `countAll`, as a decimal logarithm; -Infinity of none. */
export function logOfAll(circuit: Circuit, weights: Weights): number {
  return logOf(amountsOf(circuit, weights), circuit.root)
}

/** The same as `countByLiteral`, as decimal logarithms. */
export function logsByLiteral(circuit: Circuit, weights: Weights): Float64Array {
  const { variables, starts, parts, isSum, root } = circuit
  const first = 3 * variables
  const counts = amountsOf(circuit, weights)
  const uses = emptyAmounts(first + isSum.length)
  add(uses, root, 1, 0)
  for (let node = isSum.length - 1; node >= 0; node--) {
    const use = uses.parts[first + node]!
    const exponent = uses.exponents[first + node]!
    if (use === 0) continue
    for (let at = starts[node]!; at < starts[node + 1]!; at++) {
      if (isSum[node]) add(uses, parts[at]!, use, exponent)
      else if (counts.parts[first + node] !== 0) {
        const part = use * (counts.parts[first + node]! / counts.parts[parts[at]!]!)
        add(uses, parts[at]!, part, exponent + counts.exponents[first + node]! - counts.exponents[parts[at]!]!)
      } else if (counts.parts[parts[at]!] === 0) addOthers(node, at)
    }
  }
  const logs = new Float64Array(2 * variables)
  for (let literal = 0; literal < logs.length; literal++) {
    const either = 2 * variables + (literal >> 1)
    add(uses, literal, uses.parts[either]!, uses.exponents[either]!)
    logs[literal] = logOf(uses, literal) + Math.log10(weights[literal]!)
  }
  return logs

  /** Adds to a part that is nought what the others of its product make of it. */
  function addOthers(node: number, nought: number): void {
    let part = uses.parts[first + node]!
    let exponent = uses.exponents[first + node]!
    for (let at = starts[node]!; at < starts[node + 1]! && part !== 0; at++) {
      if (at === nought) continue
      part *= counts.parts[parts[at]!]!
      exponent += counts.exponents[parts[at]!]!
      if (part >= BASE) {
        part /= BASE
        exponent++
      }
    }
    add(uses, parts[nought]!, part, exponent)
  }
}

function amountsOf({ variables, starts, parts, isSum }: Circuit, weights: Weights): Amounts {
  const first = 3 * variables
  const counts = emptyAmounts(first + isSum.length)
  counts.parts.set(weights)
  for (let v = 0; v < variables; v++) counts.parts[2 * variables + v] = weights[2 * v]! + weights[2 * v + 1]!
  for (let node = 0; node < isSum.length; node++) {
    if (isSum[node]) {
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        add(counts, first + node, counts.parts[parts[at]!]!, counts.exponents[parts[at]!]!)
      }
      continue
    }
    let part = 1
    let exponent = 0
    for (let at = starts[node]!; at < starts[node + 1]! && part !== 0; at++) {
      part *= counts.parts[parts[at]!]!
      exponent += counts.exponents[parts[at]!]!
      if (part >= BASE) {
        part /= BASE
        exponent++
      }
    }
    add(counts, first + node, part, exponent)
  }
  return counts
}

const emptyAmounts = (size: number): Amounts => ({ parts: new Float64Array(size), exponents: new Int32Array(size) })

/** Adds to an amount a part from 0 up to 2^1024, with its exponent; parts between 0 and 1 are brought into range. */
function add({ parts, exponents }: Amounts, at: number, part: number, exponent: number): void {
  if (part === 0) return
  if (part < 1) {
    part *= BASE
    exponent--
  } else if (part >= BASE) {
    part /= BASE
    exponent++
  }
  const own = parts[at]!
  const distance = own === 0 ? Number.POSITIVE_INFINITY : exponent - exponents[at]!
  if (distance > 0) {
    parts[at] = distance === 1 ? part + own / BASE : part
    exponents[at] = exponent
  } else if (distance === 0) parts[at] = own + part
  else if (distance === -1) parts[at] = own + part / BASE
  if (parts[at]! >= BASE) {
    parts[at]! /= BASE
    exponents[at]!++
  }
}

const logOf = ({ parts, exponents }: Amounts, at: number) => Math.log10(parts[at]!) + exponents[at]! * Math.log10(BASE)
