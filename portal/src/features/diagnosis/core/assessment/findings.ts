import { detectionThreshold } from '../detection/detector.ts'
import type { MetricCourse, Standing } from './assess.ts'
import type { Plan } from './plan.ts'

/**
 * What can be found: a metric has moved away from what it usually is in the same use; it did at once what it never did; the metrics do not move
 * together as they do; a sensor shows the same whatever the machine does.
 */
export const findingKinds = ['drift', 'sudden', 'pattern', 'stuck'] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Contribution {
  metric: string
  /** 0 to 1; of one finding they sum to 1 */
  share: number
  higher: boolean
}

/** What is found at a machine at an hour. */
export interface Found {
  kind: FindingKind
  /** of the finding at its machine: 'drift:spindle_vibration' */
  key: string
  component: string | null
  /** 1: just out of what is usual */
  score: number
  contributions: Contribution[]
}

/** moments at work at which a metric shows exactly the same before its sensor is doubted */
const stuckAfter = 400
/** an open finding ends below this */
const endsBelow = 0.5
/** the pattern has to be farther apart than single hours are */
const patternLimit = 1.4

/** What is found now. open: keys of findings that are open, which end later than they begin */
export function findingsIn(standing: Standing, plan: Plan, open: ReadonlySet<string>): Found[] {
  if (standing.knownSince === null) return []
  const found: Found[] = []
  for (const { key: metric, component } of plan.watched) {
    const course = standing.courses[metric]
    if (!course) continue
    const contributions = [{ metric, share: 1, higher: course.mean > 0 }]
    const score = scoreOf(course)
    if (score >= (open.has(`drift:${metric}`) ? endsBelow : 1))
      found.push({ kind: 'drift', key: `drift:${metric}`, component, score, contributions })
    if (course.sudden >= (open.has(`sudden:${metric}`) ? endsBelow : 1) * detectionThreshold && score < 1)
      found.push({ kind: 'sudden', key: `sudden:${metric}`, component, score: course.sudden / detectionThreshold, contributions })
    if (course.same >= stuckAfter && course.spread > 0.1 && course.limit < Number.MAX_SAFE_INTEGER)
      found.push({ kind: 'stuck', key: `stuck:${metric}`, component, score: 1, contributions })
  }
  const apart = standing.apart / patternLimit
  if (!found.some(({ kind }) => kind === 'drift') && apart >= (open.has('pattern') ? endsBelow : 1))
    found.push({
      kind: 'pattern',
      key: 'pattern',
      component: null,
      score: apart,
      contributions: plan.watched
        .map(({ key }, i) => ({ metric: key, share: standing.shares[i] ?? 0, higher: (standing.courses[key]?.mean ?? 0) > 0 }))
        .filter(({ share }) => share >= 0.05)
        .sort((a, b) => b.share - a.share),
    })
  return found
}

/** How far the mean of a metric is out of what was usual; 1: at its limit. */
export const scoreOf = ({ mean, limit }: MetricCourse): number => Math.abs(mean) / limit

/**
 * Somebody looked and found no fault: what is now counts as usual from here on, with some room. Answers whether there was anything to learn.
 */
export function learnNoFault(standing: Standing, key: string): boolean {
  const course = standing.courses[key.replace(/^(drift|sudden|stuck):/, '')]
  if (key === 'pattern') standing.apart = 0
  else if (!course) return false
  else if (key.startsWith('stuck:')) course.same = 0
  else if (key.startsWith('sudden:')) course.sudden = 0
  else course.limit = Math.max(course.limit, 1.3 * Math.abs(course.mean))
  return true
}
