/**
 * A count as a circuit of sums and products without subtraction (d-DNNF): the parts of a product share no variable, the parts of
 * a sum exclude each other, so that one walk over it counts. Nodes are numbered, parts before what is made of them:
 *
 *   0 … 2n-1    a literal (2v holds, 2v+1 fails; 0 is the constant one, 1 the constant nought)
 *   2n … 3n-1   variable v either way
 *   3n …        sums and products
 */
export interface Circuit {
  /** n, the constant included */
  variables: number
  /** by sum or product, and one more: where its parts start */
  starts: Int32Array
  parts: Int32Array
  /** by sum or product: 1 a sum */
  isSum: Uint8Array
  root: number
}

export const ONE = 0
export const NOUGHT = 1

export interface CircuitBuilder {
  /** how many sums and products there are */
  size(): number
  /** how many parts they have */
  edges(): number
  either(variable: number): number
  product(parts: readonly number[]): number
  sum(a: number, b: number): number
  /** with only what the root is made of */
  finish(root: number): Circuit
}

export function buildCircuit(variables: number): CircuitBuilder {
  const first = 3 * variables
  const starts = [0]
  const parts: number[] = []
  const isSum: number[] = []
  const close = (sum: number) => {
    isSum.push(sum)
    starts.push(parts.length)
    return first + isSum.length - 1
  }
  return {
    size: () => isSum.length,
    edges: () => parts.length,
    either: variable => 2 * variables + variable,
    product(list) {
      let kept = 0
      for (const part of list) {
        if (part === NOUGHT) {
          parts.length = starts[isSum.length]!
          return NOUGHT
        }
        if (part === ONE) continue
        parts.push(part)
        kept++
      }
      if (kept > 1) return close(0)
      return kept === 0 ? ONE : parts.pop()!
    },
    sum(a, b) {
      if (a === NOUGHT) return b
      if (b === NOUGHT) return a
      parts.push(a, b)
      return close(1)
    },
    finish: root =>
      reachable({
        variables,
        starts: Int32Array.from(starts),
        parts: Int32Array.from(parts),
        isSum: Uint8Array.from(isSum),
        root,
      }),
  }
}

function reachable({ variables, starts, parts, isSum, root }: Circuit): Circuit {
  const first = 3 * variables
  const reached = new Uint8Array(isSum.length)
  if (root >= first) reached[root - first] = 1
  const numbers = new Int32Array(isSum.length)
  let edges = 0
  for (let node = isSum.length - 1; node >= 0; node--) {
    if (!reached[node]) continue
    edges += starts[node + 1]! - starts[node]!
    for (let at = starts[node]!; at < starts[node + 1]!; at++) if (parts[at]! >= first) reached[parts[at]! - first] = 1
  }
  const nodes = reached.reduce((sum, one) => sum + one, 0)
  const kept: Circuit = {
    variables,
    starts: new Int32Array(nodes + 1),
    parts: new Int32Array(edges),
    isSum: new Uint8Array(nodes),
    root,
  }
  let count = 0
  let at = 0
  for (let node = 0; node < isSum.length; node++) {
    if (!reached[node]) continue
    numbers[node] = first + count
    kept.isSum[count] = isSum[node]!
    for (let i = starts[node]!; i < starts[node + 1]!; i++)
      kept.parts[at++] = parts[i]! >= first ? numbers[parts[i]! - first]! : parts[i]!
    kept.starts[++count] = at
  }
  if (root >= first) kept.root = numbers[root - first]!
  return kept
}
