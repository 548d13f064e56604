import { clipped, quantile, robustSpread } from '../detection/order.ts'

/** The course of one metric over hours, in usual deviations of an hour. */
export interface MetricCourse {
  middle: number
  spread: number
  /** the same of hours in which work begins after a pause, when much is cold yet; absent: they are like others, or too few to tell */
  begins?: { middle: number; spread: number }
  /** mean over some eight hours of work */
  mean: number
  /** from here on it is out of what was usual */
  limit: number
  /** of its last hour, for what happens at once; 0 to 1 */
  sudden: number
  /** samples of the fullest hour, as many as make one count at most; absent: from before it was counted */
  often?: number
  /** its own learning time, where the machine's was over before it came; absent: none */
  own?: OwnTime
  /** it only counts, and tells nothing of how the machine is */
  counts?: boolean
}

/** The learning time of a metric that came later. Plain data of bounded size. */
export interface OwnTime {
  /** days with readings of it that are left, and the last of them */
  left: number
  day: number | null
  /** its distances, hour by hour */
  hours: number[]
  /** of each of these, whether work began in it; absent: from before that was asked */
  begun?: boolean[]
}

/** share of a new hour in the mean of a metric */
export const freshness = 1 / 8
/** usual deviations of an hour that the mean of eight hours may be away in any case */
const leastLimit = 1.6
/** above the highest mean while it learned */
const margin = 1.5
/** hours without which nothing is said */
const fewestHours = 24
/** hours in which work begins without which they are held against all hours */
const fewestBegun = 6
/** hours of a metric that are kept while it learns */
const mostHours = 2000

export function newCourse(own?: OwnTime): MetricCourse {
  return {
    ...{ middle: 0, spread: 1, mean: 0, limit: Number.MAX_SAFE_INTEGER, sudden: 0, often: 0 },
    ...(own ? { own } : {}),
  }
}

export const newOwnTime = (days: number): OwnTime => ({ left: days, day: null, hours: [] })

/** Whether what is usual of it is known, so that it is judged. */
export const isJudged = (course: MetricCourse): boolean => course.limit < Number.MAX_SAFE_INTEGER

/** How far the mean of a metric is out of what was usual; 1: at its limit. */
export const scoreOf = ({ mean, limit }: MetricCourse): number => Math.abs(mean) / limit

/** In usual deviations of such an hour, how far a mean of it is from their middle. begins: work began in it */
export function offMiddle(course: MetricCourse, mean: number, begins: boolean): number {
  const { middle, spread } = (begins && course.begins) || course
  return (mean - middle) / spread
}

/** One more hour of its own learning time. begins: work began in it */
export function keepHour(own: OwnTime, distance: number, begins: boolean): void {
  own.begun ??= own.hours.map(() => false)
  own.hours.push(distance)
  own.begun.push(begins)
  if (own.hours.length <= mostHours) return
  own.hours.shift()
  own.begun.shift()
}

/** Its first hours were judged by little. */
export const withoutFirst = <Hour>(hours: readonly Hour[]): Hour[] => hours.slice(Math.floor(hours.length / 3))

/** An hour that was learned: how far a metric was from its usual, and whether work began in it. */
export interface LearnedHour {
  distance: number
  begins: boolean
}

/** The learning of a metric ends: what an hour of it usually is, and how far means of hours wander. false: too few to tell, or it only counts */
export function settleCourse(course: MetricCourse, hours: readonly LearnedHour[], onlyCounts: boolean): boolean {
  if (hours.length < fewestHours) return false
  delete course.own
  if (onlyCounts) {
    course.counts = true
    return false
  }
  const distances = (those: readonly LearnedHour[]) => those.map(({ distance }) => distance)
  const begun = hours.filter(({ begins }) => begins)
  const others = hours.filter(({ begins }) => !begins)
  const apart = begun.length >= fewestBegun && others.length >= fewestHours
  Object.assign(course, usualOf(distances(apart ? others : hours)))
  if (apart) course.begins = usualOf(distances(begun))
  let highest = 0
  for (const { distance, begins } of hours) {
    course.mean += freshness * (clipped(offMiddle(course, distance, begins), 6) - course.mean)
    highest = Math.max(highest, Math.abs(course.mean))
  }
  course.limit = Math.max(leastLimit, margin * highest)
  return true
}

const usualOf = (distances: readonly number[]) => ({
  middle: quantile(distances, 0.5),
  spread: Math.max(robustSpread(distances), 0.1),
})
