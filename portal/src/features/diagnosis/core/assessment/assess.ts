import { createDetector, type Detector, detectorVersion, observe } from '../detection/detector.ts'
import { clipped } from '../detection/order.ts'
import { believe, hasCalmed, newTrust, onlyCounts, type Trust } from '../validity/trust.ts'
import { type Baseline, distanceFrom, isKnown, learnLater, learnUsual } from './baseline.ts'
import { suspect, waitingMetrics } from './growth.ts'
import {
  freshness,
  isJudged,
  keepHour,
  type LearnedHour,
  type MetricCourse,
  newCourse,
  newOwnTime,
  offMiddle,
  settleCourse,
  withoutFirst,
} from './metric-course.ts'
import { fitOf, learnPattern, type Pattern, patternLimit } from './pattern.ts'
import type { Plan } from './plan.ts'
import { modeOf, newRegimes, type Regimes, regimeOf } from './regime.ts'

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
  /** metrics, as rows of hours, the pattern and the shares have them; absent: from before it was kept, by the plan's order */
  order?: string[]
  /** distances of each hour while it learns */
  learned: (number | null)[][]
  /** of each of these hours, whether work began in it; absent: from before that was asked */
  begun?: boolean[]
  /** when it last worked; absent: it did not yet, or from before that was kept */
  worked?: number
  /** whether metrics are believed; absent: from before that was asked */
  trust?: Record<string, Trust>
  /** by metric */
  courses: Record<string, MetricCourse>
  pattern: Pattern | null
  /** of the pattern, like `high` of a metric */
  apart: number
  /** contributions to it */
  shares: number[]
  /** what the pattern will be learned anew from, with metrics that came later; absent: it has all that are judged */
  growing?: Growing
  detectors: Record<string, Detector>
}

/** A learning time of the pattern. Plain data of bounded size. */
interface Growing {
  order: string[]
  /** days with hours of it that are left, and the last of them */
  left: number
  day: number | null
  /** distances of each hour, as `order` has its metrics */
  hours: (number | null)[][]
}

interface Hour {
  begin: number
  /** work began in it after a pause */
  begins?: boolean
  sums: Record<string, [sum: number, count: number]>
  /** of metrics that are not believed: to see whether they are as usual again */
  aside?: Record<string, [sum: number, count: number]>
  /** metrics of which nothing new is learned, by how the machine was when it began */
  waiting?: string[]
}

/** samples that make an hour count; of what is measured less often, as many as it ever has */
const samplesOfHour = 6
/** without work for so long, and it begins anew: much of a machine is cold then, and usually is */
const pauseMs = hourMs / 2
/** deviations of an hour beyond which it makes no difference */
const farthest = 60
/** hours from which the pattern is learned anew at most */
const mostGrown = 1000
/** deviations within which an hour of a metric that jumped has to lie before it is believed again */
const asUsual = 3

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
  const unlearned = (key: string) => standing.knownSince !== null && !isJudged(standing.courses[key] ?? newCourse())
  standing.order ??= plan.watched.map(({ key }) => (unlearned(key) ? '' : key))
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
    standing.hour ??= { begin, sums: {}, waiting: standing.knownSince === null ? [] : waitingMetrics(standing, plan) }
    take(standing, plan, standing.hour, sample)
  }
  complete(until)
}

function take(standing: Standing, plan: Plan, hour: Hour, sample: Sample): void {
  const { at, values } = sample
  const [day, learning] = [Math.floor(at / dayMs), standing.knownSince === null]
  if (learning && standing.days.at(-1) !== day) {
    standing.days.push(day)
    if (standing.days.length > plan.learningDays + 1) standing.days.shift()
  }
  const use = plan.regime.map(key => {
    const believed = trusts(standing, sample, key, { learning, use: null })
    const value = values[key]
    if (value !== undefined && !believed) return undefined
    if (value !== undefined) return plan.modes.includes(key) ? modeOf(value) : value
    return standing.trust![key]!.at === null ? null : undefined
  })
  const regime = regimeOf(standing.regimes, use)
  if (regime !== null && regime !== 'rest') {
    if (at - (standing.worked ?? Number.NEGATIVE_INFINITY) >= pauseMs) hour.begins = true
    standing.worked = at
  }
  for (const { key } of plan.watched) {
    const course = standing.courses[key]
    const believed = trusts(standing, sample, key, { learning: learning || course?.own !== undefined || !course, use: regime })
    const value = values[key]
    if (regime === null || value === undefined) continue
    const distance = learn(standing, plan, { regime, key, value, day, believed, waits: hour.waiting?.includes(key) ?? false })
    if (distance === null || regime === 'rest') continue
    hour.aside ??= {}
    const sums = believed ? hour.sums : hour.aside
    sums[key] ??= [0, 0]
    const sum = sums[key]
    sum[0] += distance
    sum[1]++
  }
}

interface Learnt {
  regime: string
  key: string
  value: number
  day: number
  believed: boolean
  /** something is found at what it belongs to */
  waits: boolean
}

/** Learns of a value what may be learned of it, and answers how far it is from what was usual before; null: that is not known. */
function learn(standing: Standing, plan: Plan, { regime, key, value, day, believed, waits }: Learnt): number | null {
  const { baseline, knownSince, courses } = standing
  courses[key] ??= newCourse()
  const course = courses[key]
  if (course.counts) return null
  if (knownSince !== null && !isJudged(course)) course.own ??= newOwnTime(plan.learningDays)
  const distance = distanceFrom(baseline, regime, key, value)
  if (knownSince === null) {
    if (believed) learnUsual(baseline, regime, key, value)
    return distance
  }
  const { own } = course
  if (!own && isKnown(baseline[regime]?.[key])) return distance
  if (!believed || waits || regime === 'rest') return null
  if (!own) {
    learnLater(baseline, { regime, metric: key, value, day, days: plan.learningDays })
    return null
  }
  if (own.day !== day) Object.assign(own, { day, left: own.left - 1 })
  learnUsual(baseline, regime, key, value)
  return distance
}

/** Whether what a metric said at a moment may be learned and judged of. use: null for metrics that tell of it themselves, and where it is not known */
function trusts(
  standing: Standing,
  { at, values, jumped }: Sample,
  key: string,
  { learning, use }: { learning: boolean; use: string | null },
): boolean {
  standing.trust ??= {}
  standing.trust[key] ??= newTrust()
  const course = standing.courses[key]
  const known = standing.knownSince !== null && course !== undefined && isJudged(course)
  return believe(standing.trust[key], {
    ...{ at, value: values[key], jumped: jumped?.includes(key) ?? false, use, learning },
    ...{ moves: known && course.spread > 0.1, calms: !known },
  })
}

function endHour(standing: Standing, plan: Plan, { begin, begins = false, sums, aside, waiting = [] }: Hour): void {
  const means = new Map<string, number>()
  for (const [key, [sum, count]] of Object.entries(sums)) {
    const course = standing.courses[key]!
    const often = Math.max(course.often ?? samplesOfHour, Math.min(count, samplesOfHour))
    course.often = often
    if (count >= often) means.set(key, sum / count)
  }
  const at = begin + hourMs
  if (standing.knownSince !== null) {
    learnHour(standing, means, begins)
    judge(standing, plan, { at, begins, means })
    if (means.size > 0 && !begins && waiting.length === 0) growPattern(standing, plan, at, means)
  } else if (means.size > 0) {
    for (const key of means.keys()) if (!standing.order!.includes(key)) standing.order!.push(key)
    standing.begun ??= standing.learned.map(() => false)
    standing.begun.push(begins)
    standing.learned.push(standing.order!.map(key => means.get(key) ?? null))
  }
  calm(standing, { at, begins }, aside ?? {})
  if (standing.knownSince === null && standing.days.length > plan.learningDays) settle(standing, plan, at)
}

/** Hours of metrics in their own learning time are kept for its end, and not judged. */
function learnHour({ courses, trust = {} }: Standing, means: Map<string, number>, begins: boolean): void {
  for (const [key, mean] of means) {
    const course = courses[key]!
    if (!course.own) continue
    means.delete(key)
    keepHour(course.own, mean, begins)
    const { hours, begun, left } = course.own
    const learned = hours.map((distance, i) => ({ distance, begins: begun?.[i] ?? false }))
    if (left < 0) settleCourse(course, withoutFirst(learned), onlyCounts(trust[key]))
  }
}

/** A metric that jumped is believed again after an hour without a jump in which it was as usual: what stays where it jumped to is not. */
function calm(
  { trust = {}, courses }: Standing,
  { at, begins }: { at: number; begins: boolean },
  aside: NonNullable<Hour['aside']>,
): void {
  for (const [key, [sum, count]] of Object.entries(aside)) {
    const [own, course] = [trust[key], courses[key]]
    if (!own || !course || !hasCalmed(own, at)) continue
    if (Math.abs(offMiddle(course, sum / count, begins)) <= asUsual) own.doubt = null
  }
}

/**
 * The machine's learning ends. A metric that came in its second half, or of which there is too little, goes on in a time of its own. Nothing
 * ends before there is anything to judge of.
 */
function settle(standing: Standing, plan: Plan, at: number): void {
  const late = withoutFirst(standing.learned.map((row, i) => ({ row, begins: standing.begun?.[i] ?? false })))
  const columns = standing.order!.map((key, i) => ({
    ...{ key, i },
    hours: late.flatMap(({ row, begins }): LearnedHour[] => (row[i] == null ? [] : [{ distance: row[i], begins }])),
  }))
  const settled = columns.filter(({ key, i, hours }) => {
    const first = standing.learned.findIndex(row => row[i] != null)
    return (
      standing.courses[key] &&
      first <= standing.learned.length / 2 &&
      settleCourse(standing.courses[key], hours, onlyCounts(standing.trust?.[key]))
    )
  })
  if (settled.length === 0) return
  for (const { key, hours } of columns) {
    const course = standing.courses[key]
    if (course && !isJudged(course) && !course.counts) {
      course.own = {
        ...newOwnTime(plan.learningDays),
        hours: hours.map(({ distance }) => distance),
        begun: hours.map(({ begins }) => begins),
      }
    }
  }
  standing.order = settled.map(({ key }) => key)
  standing.pattern = patternOf(
    standing,
    late.flatMap(({ row, begins }) => (begins ? [] : [settled.map(({ i }) => row[i] ?? null)])),
  )
  standing.learned = []
  delete standing.begun
  standing.days = []
  standing.knownSince = at
}

/** Of hours as `order` has its metrics, without those in which work begins: then each gets warm at a pace of its own. What is measured now and then says nothing of how the others move together, and must not keep them from being looked at. */
function patternOf(standing: Pick<Standing, 'courses' | 'order'>, hours: readonly (number | null)[][]): Pattern | null {
  const order = standing.order!
  const often = order.map((_, i) => hours.filter(row => row[i] !== null).length >= hours.length / 2)
  const rows = hours
    .filter(row => order.every((_, i) => !often[i] || row[i] !== null))
    .map(row => distancesOf(standing, new Map(order.flatMap((key, i) => (row[i] == null ? [] : [[key, row[i]]])))))
  return learnPattern(rows)
}

/**
 * Metrics that came later are judged: the pattern is learned anew with them, from hours in which nothing is out of what is usual, in as many days as the machine
 * learned. Until then it judges as it is; one more metric begins these days anew.
 */
function growPattern(standing: Standing, plan: Plan, at: number, means: ReadonlyMap<string, number>): void {
  const { courses, trust = {} } = standing
  const order = plan.watched.flatMap(({ key }) => (courses[key] && isJudged(courses[key]) ? [key] : []))
  if (order.every(key => standing.order!.includes(key))) {
    delete standing.growing
    return
  }
  if (standing.growing?.order.join(' ') !== order.join(' '))
    standing.growing = { order, left: plan.learningDays, day: null, hours: [] }
  const { growing } = standing
  if (standing.apart >= suspect * patternLimit || order.some(key => trust[key]?.doubt)) return
  const day = Math.floor((at - hourMs) / dayMs)
  if (growing.day !== day) Object.assign(growing, { day, left: growing.left - 1 })
  growing.hours.push(order.map(key => means.get(key) ?? null))
  if (growing.hours.length > mostGrown) growing.hours.shift()
  const pattern = growing.left < 0 ? patternOf({ courses, order }, growing.hours) : null
  if (!pattern) return
  const shares = order.map(key => standing.shares[standing.order!.indexOf(key)] ?? 0)
  Object.assign(standing, { pattern, order, shares })
  delete standing.growing
}

function judge(
  standing: Standing,
  plan: Plan,
  { at, begins, means }: { at: number; begins: boolean; means: ReadonlyMap<string, number> },
): void {
  if (means.size === 0) return
  for (const [key, mean] of means) {
    const course = standing.courses[key]!
    const distance = distanceOf(course, mean, begins)
    course.mean += freshness * (distance - course.mean)
    const kept = standing.detectors[key]
    const detector = kept?.version === detectorVersion ? kept : createDetector({ learning: plan.learningDays * 12 })
    standing.detectors[key] = detector
    course.sudden = observe(detector, { at, value: distance }).strength
  }
  if (!standing.pattern || begins) return
  // with a value that is put in for what is not believed, metrics fit together no more
  if (plan.watched.some(({ key }) => standing.order!.includes(key) && standing.trust?.[key]?.doubt)) return
  const { t2, q, shares } = fitOf(standing.pattern, distancesOf(standing, means))
  const far = Math.sqrt(Math.max(t2 / standing.pattern.limits[0], q / standing.pattern.limits[1]))
  standing.apart += freshness * (Math.min(far, 4) - standing.apart)
  standing.shares = shares
}

const distancesOf = ({ courses, order }: Pick<Standing, 'courses' | 'order'>, means: ReadonlyMap<string, number>): number[] =>
  order!.map(key => (courses[key] && means.has(key) ? distanceOf(courses[key], means.get(key)!, false) : 0))

const distanceOf = (course: MetricCourse, mean: number, begins: boolean): number =>
  clipped(offMiddle(course, mean, begins), farthest)
