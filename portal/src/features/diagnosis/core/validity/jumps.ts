/** Steps that no machine can make between two readings. */
export interface RateLimit {
  /** fastest change that is possible, in the metric's unit per second */
  maxRate: number
  /** readings are whole numbers of 10^-decimals: a step of one of them says nothing */
  decimals: number
}

/** Readings closer together are taken as so far apart, in seconds: the time of a reading is not known better, and noise is no change. */
const closest = 1

/** Moments of readings that cannot be reached from the one before. points: of one metric, in the order of their time; at: milliseconds since 1970 */
export function jumpsIn(points: readonly { at: number; value: number }[], { maxRate, decimals }: RateLimit): number[] {
  return points.flatMap(({ at, value }, i) => {
    const before = points[i - 1]
    if (!before) return []
    const possible = maxRate * Math.max(closest, (at - before.at) / 1000) + 10 ** -decimals
    return Math.abs(value - before.value) > possible * (1 + 1e-9) ? [at] : []
  })
}
