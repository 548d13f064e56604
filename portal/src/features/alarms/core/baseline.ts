import type { Point } from './part-state.ts'

/** What is usual for a metric of one machine: means of the last hours, in steps. */
export interface Baseline {
  buckets: readonly { start: number; mean: number }[]
  /** the step that is going on: it is no part of what is usual yet */
  open: { start: number; sum: number; count: number } | null
  /** median, and 1.4826 times the median of distances from it; null: too little is known */
  centre: number | null
  spread: number | null
}

const steps = 120
/** As long as fewer are known it is learning, and nothing deviates. */
export const leastSteps = 30

/** The baseline with one more reading. */
export function noteBaseline(baseline: Baseline, hours: number, { at, value }: Point): Baseline {
  const length = (hours * 3_600_000) / steps
  const start = Math.floor(at / length) * length
  const { open } = baseline
  if (open?.start === start) return { ...baseline, open: { start, sum: open.sum + value, count: open.count + 1 } }
  const fresh = { start, sum: value, count: 1 }
  if (!open) return { ...baseline, open: fresh }
  const buckets = [...baseline.buckets, { start: open.start, mean: open.sum / open.count }].filter(
    bucket => bucket.start >= start - steps * length,
  )
  return { buckets, open: fresh, ...usualOf(buckets.map(({ mean }) => mean)) }
}

/** What is usual; null while it is learning. */
export const baselineOf = ({ centre, spread }: Baseline): { centre: number; spread: number } | null =>
  centre === null || spread === null ? null : { centre, spread }

function usualOf(means: readonly number[]): Pick<Baseline, 'centre' | 'spread'> {
  if (means.length < leastSteps) return { centre: null, spread: null }
  const centre = median(means)
  const spread = 1.4826 * median(means.map(mean => Math.abs(mean - centre)))
  // a metric that hardly moves would call its last digit unusual
  return { centre, spread: Math.max(spread, Math.abs(centre) * 0.005, Number.EPSILON) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
