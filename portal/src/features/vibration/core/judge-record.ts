import type { Point } from './plan-api.ts'
import { recordLimits, type SaidRecord } from './record.ts'

/** Why a record is not kept, in the words by which it is counted at the machine. */
export type RecordRefusal = 'unknown-metric' | 'type' | 'time' | 'length' | 'rate' | 'flat'

export interface Record {
  point: Point
  at: Date
  rate: number
  speed: number | null
  /** in the unit of the point */
  samples: Float32Array
}

/** As far as the time of readings may lie from now, in ms. */
const [ahead, behind] = [5 * 60_000, 366 * 24 * 3_600_000]
/** a sensor that samples otherwise than declared is set up wrongly; clocks differ a little */
const rateApart = 0.1

/** Whether a record can be what it says; scaled to the unit of its point. Of a sensor that shows one value alone nothing can be told. */
export function judgeRecord(said: SaidRecord, points: readonly Point[], receivedAt: Date): Record | RecordRefusal {
  const point = points.find(({ key }) => key === said.point)
  if (!point) return 'unknown-metric'
  if (said.samples.length < recordLimits.least || said.samples.length > point.samples) return 'length'
  const rate = said.rate ?? point.rate
  if (!(Math.abs(rate / point.rate - 1) <= rateApart)) return 'rate'
  const speed = said.speed === null || (Number.isFinite(said.speed) && said.speed >= 0) ? said.speed : undefined
  const samples = said.samples.map(value => value * point.scale)
  if (speed === undefined || !samples.every(Number.isFinite)) return 'type'
  if (samples.every(value => value === samples[0])) return 'flat'
  const at = momentOf(said.at, receivedAt)
  return at === null ? 'time' : { point, at, rate, speed, samples }
}

function momentOf(said: unknown, receivedAt: Date): Date | null {
  const now = receivedAt.getTime()
  const moment =
    said === undefined
      ? now
      : typeof said === 'number'
        ? Math.round(said)
        : typeof said === 'string' && said.includes('T') && zoned.test(said)
          ? Date.parse(said)
          : Number.NaN
  return moment >= now - behind && moment <= now + ahead ? new Date(moment) : null
}

/** Without a zone nobody knows which moment is meant. */
const zoned = /(Z|[+-]\d\d:?\d\d)$/
