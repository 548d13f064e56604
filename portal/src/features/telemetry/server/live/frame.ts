import { type LiveReading, writeEvent } from '../../core/index.ts'

/** What is new of one machine, encoded once for all who may see all of it. */
export interface Frame {
  readings: readonly LiveReading[]
  /** earliest and latest moment in it */
  first: number
  last: number
  /** the event in bytes */
  encoded(): Uint8Array
}

const encoder = new TextEncoder()

/** readings: one at least */
export function frameOf(device: string, readings: readonly LiveReading[]): Frame {
  let bytes: Uint8Array | undefined
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [, at] of readings) [first, last] = [Math.min(first, at), Math.max(last, at)]
  return {
    ...{ readings, first, last },
    encoded: () => (bytes ??= encoder.encode(writeEvent('readings', { device, readings: [...readings] }))),
  }
}
