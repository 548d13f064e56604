import { randomFillSync } from 'node:crypto'

const size = 4096

/** Bytes nobody can foresee, taken from the system many at a time: asking for each few costs more than an answer from the page cache. */
export function takeRandom(bytes: number): Buffer {
  if (taken + bytes > size) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(size)) // a new one: what was taken from the old one keeps it
    taken = 0
  }
  taken += bytes
  return pool.subarray(taken - bytes, taken)
}

let pool = Buffer.alloc(0)
let taken = size
