import { clipped, quantile, robustSpread } from '../detection/order.ts'

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
}

/** share of a new hour in the mean of a metric */
export const freshness = 1 / 8
/** usual deviations of an hour that the mean of eight hours may be away in any case */
const leastLimit = 1.6
/** above the highest mean while it learned */
const margin = 1.5
/** hours without which nothing is said */
const fewestHours = 24
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

/** One more hour of its own learning time. */
export function keepHour({ hours }: OwnTime, distance: number): void {
  hours.push(distance)
  if (hours.length > mostHours) hours.shift()
}

/** Its first hours were judged by little. */
export const withoutFirst = <Hour>(hours: readonly Hour[]): Hour[] => hours.slice(Math.floor(hours.length / 3))

/** The learning of a metric ends: what an hour of it usually is, and how far means of hours wander. hours: its distances. false: too few to tell, or it only counts */
export function settleCourse(course: MetricCourse, hours: readonly number[], onlyCounts: boolean): boolean {
  if (hours.length < fewestHours) return false
  delete course.own
  if (onlyCounts) {
    course.counts = true
    return false
  }
  course.middle = quantile(hours, 0.5)
  course.spread = Math.max(robustSpread(hours), 0.1)
  let highest = 0
  for (const hour of hours) {
    course.mean += freshness * (clipped((hour - course.middle) / course.spread, 6) - course.mean)
    highest = Math.max(highest, Math.abs(course.mean))
  }
  course.limit = Math.max(leastLimit, margin * highest)
  return true
}
