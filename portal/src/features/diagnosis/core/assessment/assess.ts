import { createDetector, type Detector, observe } from '../detection/detector.ts'
import { clipped, quantile, robustSpread } from '../detection/order.ts'
import { believe, hasCalmed, newTrust, type Trust } from '../validity/trust.ts'
import { type Baseline, distanceFrom, learnUsual } from './baseline.ts'
import { fitOf, learnPattern, type Pattern } from './pattern.ts'
import type { Plan } from './plan.ts'
import { newRegimes, type Regimes, regimeOf } from './regime.ts'

export const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What a machine measured at one moment, by metric. at: milliseconds since 1970 */
export interface Sample {
  at: number
  values: Readonly<Record<string, number>>
  /** metrics that cannot have got there from the reading before */
  jumped?: readonly string[]
}

/** All that is known of what is usual at a machine, and how it is now. Plain data of bounded size; `assess` goes on with it. */
export interface Standing {
  version: 1
  /** days with readings, while it learns */
  days: number[]
  /** since when it is judged; null: it learns */
  knownSince: number | null
  regimes: Regimes
  baseline: Baseline
  hour: Hour | null
  /** by the machine's clock: hours before are over */
  past: number
  /** distances of each hour while it learns, by the plan's order */
  learned: (number | null)[][]
  /** whether metrics are believed; absent: from before that was asked */
  trust?: Record<string, Trust>
  /** by metric */
  courses: Record<string, MetricCourse>
  pattern: Pattern | null
  /** of the pattern, like `high` of a metric */
  apart: number
  /** contributions to it, by the plan's order */
  shares: number[]
  detectors: Record<string, Detector>
}

/** The course of one metric over hours, in usual deviations of an hour. */
export interface MetricCourse {
  middle: number
  spread: number
  /** mean over some eight hours of work */
  mean: number
  /** from here on it is out of what was usual */
  limit: number
  /** of its last hour, for what happens at once; 0 to 1 */
  sudden: number
  /** samples of the fullest hour, as many as make one count at most; absent: from before it was counted */
  often?: number
}

interface Hour {
  begin: number
  sums: Record<string, [sum: number, count: number]>
  /** of metrics that are not believed: to see whether they are as usual again */
  aside?: Record<string, [sum: number, count: number]>
}

/** samples that make an hour count; of what is measured less often, as many as it ever has */
const samplesOfHour = 6
/** share of a new hour in the mean of a metric */
const freshness = 1 / 8
/** usual deviations of an hour that the mean of eight hours may be away in any case */
const leastLimit = 1.6
/** deviations of an hour beyond which it makes no difference */
const farthest = 60
/** deviations within which an hour of a metric that jumped has to lie before it is believed again */
const asUsual = 3
/** above the highest mean while it learned */
const margin = 1.5

export function newStanding(): Standing {
  return {
    version: 1,
    ...{ days: [], knownSince: null, regimes: newRegimes(), baseline: {}, hour: null, past: 0, learned: [] },
    ...{ courses: {}, pattern: null, apart: 0, shares: [], detectors: {} },
  }
}

/**
 * Goes on with samples, in the order of their time; those of hours that are over are left out. Changes `standing`, and calls `afterHour` at the end
 * of each hour, with the standing as it is then.
 * until: nothing more comes of the time before, so that an hour that ends there is over
 */
export function assess(
  standing: Standing,
  plan: Plan,
  { samples, until }: { samples: readonly Sample[]; until: number },
  afterHour: (at: number) => void,
): void {
  const complete = (before: number) => {
    if (!standing.hour || standing.hour.begin + hourMs > before) return
    endHour(standing, plan, standing.hour)
    standing.past = standing.hour.begin + hourMs
    standing.hour = null
    afterHour(standing.past)
  }
  for (const sample of samples) {
    if (sample.at < standing.past) continue
    complete(sample.at)
    const begin = Math.floor(sample.at / hourMs) * hourMs
    if (standing.hour && begin < standing.hour.begin) continue
    standing.hour ??= { begin, sums: {} }
    take(standing, plan, standing.hour, sample)
  }
  complete(until)
}

function take(standing: Standing, plan: Plan, hour: Hour, sample: Sample): void {
  const { at, values } = sample
  const learning = standing.knownSince === null
  if (learning) {
    const day = Math.floor(at / dayMs)
    if (standing.days.at(-1) !== day) standing.days.push(day)
  }
  const used = plan.regime.map(key => trusts(standing, sample, key, null) || values[key] === undefined)
  const regime = used.every(Boolean)
    ? regimeOf(
        standing.regimes,
        plan.regime.map(key => values[key]),
      )
    : null
  for (const { key } of plan.watched) {
    const believed = trusts(standing, sample, key, regime)
    const value = values[key]
    if (regime === null || value === undefined) continue
    standing.courses[key] ??= newCourse()
    const distance = distanceFrom(standing.baseline, regime, key, value)
    if (learning && believed) learnUsual(standing.baseline, regime, key, value)
    if (distance === null || regime === 'rest') continue
    hour.aside ??= {}
    const sums = believed ? hour.sums : hour.aside
    sums[key] ??= [0, 0]
    const sum = sums[key]
    sum[0] += distance
    sum[1]++
  }
}

/** Whether what a metric said at a moment may be learned and judged of. use: null for metrics that tell of it themselves, and where it is not known */
function trusts(standing: Standing, { at, values, jumped }: Sample, key: string, use: string | null): boolean {
  standing.trust ??= {}
  standing.trust[key] ??= newTrust()
  const course = standing.courses[key]
  const known = standing.knownSince !== null && course !== undefined && course.limit < Number.MAX_SAFE_INTEGER
  return believe(standing.trust[key], {
    ...{ at, value: values[key], jumped: jumped?.includes(key) ?? false, use, learning: standing.knownSince === null },
    ...{ moves: known && course.spread > 0.1, calms: !known },
  })
}

function endHour(standing: Standing, plan: Plan, { begin, sums, aside }: Hour): void {
  const means = plan.watched.map(({ key }) => {
    const [sum, count] = sums[key] ?? [0, 0]
    const course = standing.courses[key]
    if (!course || count === 0) return null
    const often = Math.max(course.often ?? samplesOfHour, Math.min(count, samplesOfHour))
    course.often = often
    return count < often ? null : sum / count
  })
  if (means.some(mean => mean !== null)) {
    if (standing.knownSince === null) standing.learned.push(means)
    else judge(standing, plan, begin + hourMs, means)
  }
  calm(standing, begin + hourMs, aside ?? {})
  if (standing.knownSince === null && standing.days.length > plan.learningDays) settle(standing, plan, begin + hourMs)
}

/** A metric that jumped is believed again after an hour without a jump in which it was as usual: what stays where it jumped to is not. */
function calm({ trust = {}, courses }: Standing, at: number, aside: NonNullable<Hour['aside']>): void {
  for (const [key, [sum, count]] of Object.entries(aside)) {
    const [own, course] = [trust[key], courses[key]]
    if (!own || !course || !hasCalmed(own, at)) continue
    if (Math.abs((sum / count - course.middle) / course.spread) <= asUsual) own.doubt = null
  }
}

/** The learning ends: what an hour usually is, how far means of hours wander, and how the metrics move together. */
function settle(standing: Standing, plan: Plan, at: number): void {
  const late = standing.learned.slice(Math.floor(standing.learned.length / 3)) // the first hours were judged by little
  for (const [i, { key }] of plan.watched.entries()) {
    const hours = late.flatMap(means => (means[i] === null ? [] : [means[i]!]))
    const course = standing.courses[key]
    if (!course || hours.length < 24) {
      if (course) course.limit = Number.MAX_SAFE_INTEGER
      continue
    }
    course.middle = quantile(hours, 0.5)
    course.spread = Math.max(robustSpread(hours), 0.1)
    let highest = 0
    for (const hour of hours) {
      course.mean += freshness * (clipped((hour - course.middle) / course.spread, 6) - course.mean)
      highest = Math.max(highest, Math.abs(course.mean))
    }
    course.limit = Math.max(leastLimit, margin * highest)
  }
  // what is measured now and then says nothing of how the others move together, and must not keep them from being looked at
  const seldom = plan.watched.map((_, i) => late.filter(means => means[i] == null).length > late.length / 2)
  const rows = late
    .filter(means => means.every((mean, i) => mean !== null || seldom[i]))
    .map(means => distancesOf(standing, plan, means))
  standing.pattern = learnPattern(rows)
  standing.learned = []
  standing.days = []
  standing.knownSince = at
}

function judge(standing: Standing, plan: Plan, at: number, means: readonly (number | null)[]): void {
  const distances = distancesOf(standing, plan, means)
  for (const [i, { key }] of plan.watched.entries()) {
    const course = standing.courses[key]
    if (!course || means[i] == null) continue
    course.mean += freshness * (distances[i]! - course.mean)
    standing.detectors[key] ??= createDetector({ learning: plan.learningDays * 12 })
    const detector = standing.detectors[key]
    course.sudden = observe(detector, { at, value: means[i]! }).strength
  }
  // with a value that is put in for what is not believed, metrics fit together no more
  if (!standing.pattern || plan.watched.some(({ key }) => standing.trust?.[key]?.doubt)) return
  const { t2, q, shares } = fitOf(standing.pattern, distances)
  const far = Math.sqrt(Math.max(t2 / standing.pattern.limits[0], q / standing.pattern.limits[1]))
  standing.apart += freshness * (Math.min(far, 4) - standing.apart)
  standing.shares = shares
}

function distancesOf({ courses }: Standing, plan: Plan, means: readonly (number | null)[]): number[] {
  return plan.watched.map(({ key }, i) => {
    const course = courses[key]
    return !course || means[i] == null ? 0 : clipped((means[i]! - course.middle) / course.spread, farthest)
  })
}

function newCourse(): MetricCourse {
  return { middle: 0, spread: 1, mean: 0, limit: Number.MAX_SAFE_INTEGER, sudden: 0, often: 0 }
}
