import type { Platform } from '#platform/server'
import type { Reading } from '../core/index.ts'

/** Readings of one message of a machine that were kept. */
export interface TakenReadings {
  deviceId: string
  receivedAt: Date
  /** as they came: not always in the order of their time, and some may have come before */
  readings: readonly Reading[]
}

/**
 * Is handed readings once they are on the disk, before they are acknowledged to the machine, in the process they came to. Where several
 * portals share the load, that is not always the same one for a machine: who remembers something of a machine brings it together himself. Where it throws, the messages come again later, and all takers
 * are called again: so it throws only where something essential is away, and what it does may be done twice.
 */
export type ReadingTaker = (taken: readonly TakenReadings[], platform: Platform) => Promise<void>
