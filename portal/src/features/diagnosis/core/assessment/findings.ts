import { tellingThreshold } from '../detection/detector.ts'
import { believeAgain, type DoubtKind, doubtKinds } from '../validity/trust.ts'
import type { Standing } from './assess.ts'
import { isJudged, scoreOf } from './metric-course.ts'
import { patternLimit } from './pattern.ts'
import type { Plan } from './plan.ts'

/**
 * What can be found: a metric has moved away from what it usually is in the same use; it did at once what it never did; the metrics do not move
 * together as they do; or a metric is not believed, and so neither learned nor judged of.
 */
export const findingKinds = ['drift', 'sudden', 'pattern', ...doubtKinds] as const
export type FindingKind = (typeof findingKinds)[number]

/** Whether it is about a sensor, not about the machine. */
export const isDoubt = (kind: FindingKind): kind is DoubtKind => (doubtKinds as readonly string[]).includes(kind)

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
  /** of a metric that is not believed: since when, by the machine's clock in milliseconds since 1970, and moments whose reading was not used */
  doubt?: { since: number; unused: number }
}

/** an open finding ends below this */
const endsBelow = 0.5
/** beyond what was found to be no fault, in times of it */
const room = 1.3
/** from this share on a metric is named among those that do not fit together */
export const named = 0.05

/** What is found now. open: keys of findings that are open, which end later than they begin */
export function findingsIn(standing: Standing, plan: Plan, open: ReadonlySet<string>): Found[] {
  if (standing.knownSince === null) return []
  const found = doubtsIn(standing, plan)
  const doubted = new Set(found.map(({ contributions }) => contributions[0]!.metric))
  for (const { key: metric, component } of plan.watched) {
    const course = standing.courses[metric]
    if (!course || !isJudged(course)) continue
    const contributions = [{ metric, share: 1, higher: course.mean > 0 }]
    const score = scoreOf(course)
    // of what is not believed nothing new is said, and what was said before goes on
    const begins = doubted.has(metric) ? Number.POSITIVE_INFINITY : 1
    if (score >= (open.has(`drift:${metric}`) ? endsBelow : begins))
      found.push({ kind: 'drift', key: `drift:${metric}`, component, score, contributions })
    if (course.sudden >= (open.has(`sudden:${metric}`) ? endsBelow : begins) * tellingThreshold && score < 1)
      found.push({ kind: 'sudden', key: `sudden:${metric}`, component, score: course.sudden / tellingThreshold, contributions })
  }
  const apart = standing.apart / patternLimit
  if (!found.some(({ kind }) => kind === 'drift') && apart >= (open.has('pattern') ? endsBelow : 1))
    found.push({
      kind: 'pattern',
      key: 'pattern',
      component: null,
      score: apart,
      contributions: (standing.order ?? plan.watched.map(({ key }) => key))
        .map((key, i) => ({ metric: key, share: standing.shares[i] ?? 0, higher: (standing.courses[key]?.mean ?? 0) > 0 }))
        .filter(({ share }) => share >= named)
        .sort((a, b) => b.share - a.share),
    })
  return found
}

/** Metrics that are not believed. They belong to no component: it is the sensor that is wrong, or what it is wired to. */
function doubtsIn({ trust = {} }: Standing, plan: Plan): Found[] {
  return [...plan.regime, ...plan.watched.map(({ key }) => key)].flatMap(metric => {
    const doubt = trust[metric]?.doubt
    if (!doubt) return []
    const { kind, since, unused } = doubt
    const contributions = [{ metric, share: 1, higher: true }]
    return [{ kind, key: `${kind}:${metric}`, component: null, score: 1, contributions, doubt: { since, unused } }]
  })
}

/**
 * Somebody looked and found no fault: what is now counts as usual from here on, with some room. Answers whether there was anything to learn.
 */
export function learnNoFault(standing: Standing, key: string): boolean {
  const [kind, metric = ''] = key.split(':')
  const [course, trust] = [standing.courses[metric], standing.trust?.[metric]]
  if (kind === 'pattern') widen(standing)
  else if (isDoubt(kind as FindingKind)) {
    if (!trust) return false
    believeAgain(trust)
  } else if (!course) return false
  else if (kind === 'sudden') course.sudden = 0
  else course.limit = Math.max(course.limit, room * Math.abs(course.mean))
  return true
}

/** What was usual before is usual no more, so that what is to be learned begins with it. */
function widen(standing: Standing): void {
  delete standing.growing
  const times = Math.max(1, (room * standing.apart) / patternLimit)
  standing.apart /= times
  if (standing.pattern) standing.pattern.limits = standing.pattern.limits.map(limit => limit * times ** 2) as [number, number]
}
