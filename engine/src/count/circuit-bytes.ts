import type { Circuit } from './circuit.ts'

/** Whole numbers from 0 to 2^53, written one after the other; small ones take one byte. */
export interface ByteWriter {
  add(value: number): void
  finish(): Uint8Array<ArrayBuffer>
}

export function writeBytes(): ByteWriter {
  let bytes = new Uint8Array(1024)
  let length = 0
  return {
    add(value) {
      if (length + 8 > bytes.length) {
        const larger = new Uint8Array(2 * bytes.length)
        larger.set(bytes)
        bytes = larger
      }
      for (; value >= 128; value = Math.floor(value / 128)) bytes[length++] = (value % 128) + 128
      bytes[length++] = value
    },
    finish: () => bytes.slice(0, length),
  }
}

/** Reads what a writer wrote; throws a RangeError beyond the end. */
export function readBytes(bytes: Uint8Array): () => number {
  let at = 0
  return () => {
    let value = 0
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('the bytes end too early')
      value += (byte & 127) * place
      if (byte < 128) return value
    }
  }
}

/** A part is written as its distance from the node it is a part of: most are near. */
export function writeCircuit({ add }: ByteWriter, { variables, starts, parts, isSum, root }: Circuit): void {
  const first = 3 * variables
  add(variables)
  add(isSum.length)
  for (let node = 0; node < isSum.length; node++) {
    const size = starts[node + 1]! - starts[node]!
    add(2 * size + isSum[node]!)
    for (let at = starts[node]!; at < starts[node + 1]!; at++) add(first + node - parts[at]!)
  }
  add(root)
}

/** Throws a RangeError where the bytes are no circuit. */
export function readCircuit(read: () => number): Circuit {
  const variables = read()
  const nodes = read()
  const first = 3 * variables
  const starts = [0]
  const parts: number[] = []
  const isSum: number[] = []
  for (let node = 0; node < nodes; node++) {
    const head = read()
    isSum.push(head % 2)
    for (let size = Math.floor(head / 2); size > 0; size--) {
      const distance = read()
      if (distance < 1 || distance > first + node) throw new RangeError('a part that is not there')
      parts.push(first + node - distance)
    }
    starts.push(parts.length)
  }
  const root = read()
  if (root >= first + nodes) throw new RangeError('a root that is not there')
  return { variables, starts: Int32Array.from(starts), parts: Int32Array.from(parts), isSum: Uint8Array.from(isSum), root }
}
