import { chanceOfRise, hittingQuantiles } from './hitting-time.ts'
import { median } from './quantiles.ts'
import { readWandering } from './wandering.ts'

export interface TrendPoint {
  /** hours */
  at: number
  value: number
}

/** Where a value is a limit, and from which side it is reached. */
export interface Limit {
  value: number
  side: 'rising' | 'falling'
}

/** Hours until a limit is reached; upper null: it may be never. */
export type TrendForecast =
  | { kind: 'forecast'; lower: number; median: number; upper: number | null }
  /** why there is none: too few points; it does not move towards the limit; even its middle is further away than it can be told */
  | { kind: 'none'; reason: 'too-little' | 'no-trend' | 'too-far' }
  | { kind: 'reached' }

const fewestPoints = 12
/** below this chance of moving towards the limit at all nothing is foretold */
const certain = 0.9
/** a trend says nothing of times many times longer than those it was seen in */
const farthest = 10

/**
 * Foretells when a value that drifts and wanders (a Wiener process seen through noise) first reaches a limit. Points are in order and about evenly
 * spaced; single ones that lie far off are drawn to their neighbours first. coverage: of the interval
 */
export function forecastTrend(points: readonly TrendPoint[], limit: Limit, coverage = 0.9): TrendForecast {
  const span = points.length > 1 ? points.at(-1)!.at - points[0]!.at : 0
  if (points.length < fewestPoints || !(span > 0)) return { kind: 'none', reason: 'too-little' }
  const sign = limit.side === 'rising' ? 1 : -1
  const readings = readWandering(calmed(points.map(({ value }) => sign * value)))
  const level = readings.reduce((sum, one) => sum + one.weight * one.level, 0)
  if (level >= sign * limit.value) return { kind: 'reached' }
  const freedom = points.length - 2
  // of values that never move it is not a number
  if (!(chanceOfRise(readings, freedom) >= certain)) return { kind: 'none', reason: 'no-trend' }
  const tail = (1 - coverage) / 2
  const wanted = [tail, 0.5, 1 - tail]
  const found = hittingQuantiles(readings, sign * limit.value, freedom, farthest * points.length, wanted)
  const step = span / (points.length - 1)
  const [lower, middle, upper] = found.map(steps => (steps === null ? null : steps * step))
  if (typeof lower !== 'number' || typeof middle !== 'number') return { kind: 'none', reason: 'too-far' }
  return { kind: 'forecast', lower, median: middle, upper: upper ?? null }
}

/** Points further than four usual distances from the median of their neighbours are moved to it (Hampel). */
function calmed(values: readonly number[]): number[] {
  return values.map((value, place) => {
    const near = values.slice(Math.max(0, place - 3), place + 4)
    const middle = median(near)
    const usual = 1.4826 * median(near.map(one => Math.abs(one - middle)))
    return usual > 0 && Math.abs(value - middle) > 4 * usual ? middle : value
  })
}
