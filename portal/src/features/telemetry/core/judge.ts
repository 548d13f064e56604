import type { FeatureRefusal } from '#platform/core'
import { type DeclaredMetric, type Reading, readingLimits, type SaidMessage, type SaidReading } from './reading.ts'

export interface Judged {
  readings: Reading[]
  /** each reading that is not kept, with the reason */
  refused: { metric: string; reason: FeatureRefusal }[]
}

/**
 * Which readings of a message are kept, scaled to whole numbers: those of a declared metric, in its range, of a time that can be.
 * Where the message says when it was sent and the device's clock is off, its times are moved by as much as that.
 * receivedAt, unsaidAt: milliseconds since 1970; unsaidAt is the moment of readings that do not say theirs
 */
export function judge(
  message: Pick<SaidMessage, 'readings' | 'sentAt'>,
  declared: ReadonlyMap<string, DeclaredMetric>,
  receivedAt: number,
  unsaidAt = receivedAt,
): Judged {
  const skew = skewOf(message.sentAt, receivedAt)
  const judged: Judged = { readings: [], refused: [] }
  for (const said of message.readings) {
    const reading = keep(said, declared, { receivedAt, unsaidAt, skew })
    if (typeof reading === 'string') judged.refused.push({ metric: said.metric.slice(0, readingLimits.name), reason: reading })
    else judged.readings.push(reading)
  }
  return judged
}

function keep(
  { metric, value, at }: SaidReading,
  declared: ReadonlyMap<string, DeclaredMetric>,
  { receivedAt, unsaidAt, skew }: { receivedAt: number; unsaidAt: number; skew: number },
): Reading | FeatureRefusal {
  const known = declared.get(metric)
  if (!known) return 'unknown-metric'
  const number = typeof value === 'boolean' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return 'type'
  if (number < known.min || number > known.max) return 'range'
  const moment = at === undefined ? unsaidAt : momentOf(at)
  if (moment === null) return 'time'
  const when = at === undefined ? unsaidAt : moment + skew
  if (when > receivedAt + readingLimits.ahead || when < receivedAt - readingLimits.behind) return 'time'
  return { metric, at: when, scaled: Math.round(number * 10 ** known.decimals) }
}

/** By how much the device's clock is behind ours, in milliseconds; 0 where it is not said, or so little that it is the network's doing. */
function skewOf(sentAt: unknown, receivedAt: number): number {
  const sent = sentAt === undefined ? null : momentOf(sentAt)
  if (sent === null || Math.abs(receivedAt - sent) < readingLimits.skew) return 0
  return receivedAt - sent
}

function momentOf(said: unknown): number | null {
  const moment =
    typeof said === 'number'
      ? Math.round(said)
      : typeof said === 'string' && said.includes('T') && zoned.test(said)
        ? Date.parse(said)
        : Number.NaN
  return Number.isSafeInteger(moment) ? moment : null
}

/** Without a zone nobody knows which moment is meant. */
const zoned = /(Z|[+-]\d\d:?\d\d)$/
