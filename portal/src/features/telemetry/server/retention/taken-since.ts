import type { Platform } from '#platform/server'
import { retentionLimits, takenSince } from '../../core/index.ts'
import type { TakenReadings } from '../taken.ts'
import { hourlyEdge } from './hourly-until.ts'
import { readTerm } from './retention.ts'

/** Whatever the term, no younger reading is too old, in milliseconds. */
const neverTooOld = 89 * 86_400_000

/**
 * The moment before which readings are not taken in any more, since there are values by the hour alone, or soon will be. Only where one of the
 * readings is old enough to ask; else 0.
 */
export async function takenSinceFor(platform: Platform, taken: readonly TakenReadings[]): Promise<number> {
  const now = platform.now()
  const old = now.getTime() - neverTooOld
  if (!taken.some(({ readings }) => readings.some(({ at }) => at < old))) return 0
  const [{ months, next }, hourlyUntil] = await Promise.all([readTerm(platform), hourlyEdge(platform)])
  const shortest = Math.min(months ?? Number.POSITIVE_INFINITY, next?.months ?? Number.POSITIVE_INFINITY)
  const bySetting = shortest <= retentionLimits.most ? takenSince(now, shortest) : 0
  return Math.max(bySetting, hourlyUntil ?? 0)
}
