import { takeRandom } from './random-pool.ts'

/**
 * UUIDv7 (RFC 9562): sorts by its millisecond, then by a counter within the process, so that ids made
 * one after the other keep their order.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastMillisecond) {
    lastMillisecond = now
    counter = takeRandom(2).readUInt16LE() & 0x3ff // room to count upwards within the millisecond
  } else if (++counter > 0xfff) {
    lastMillisecond++
    counter = 0
  }
  const time = lastMillisecond.toString(16).padStart(12, '0')
  const random = takeRandom(8)
  random[0] = (random[0]! & 0x3f) | 0x80
  const tail = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

let lastMillisecond = 0
let counter = 0
