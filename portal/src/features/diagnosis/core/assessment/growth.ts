import type { Standing } from './assess.ts'
import { isKnown } from './baseline.ts'
import { named } from './findings.ts'
import { isJudged, newCourse, scoreOf } from './metric-course.ts'
import { patternLimit } from './pattern.ts'
import type { Plan } from './plan.ts'
import { rangeOf } from './regime.ts'

/** What is learned of a machine in a time of its own, since it was not there in its first weeks. */
export interface LaterLearning {
  /** key of a metric; null: the way of use */
  metric: string | null
  /** the way of use, by the metrics that tell of it; empty for a metric */
  use: UsePart[]
  /** days with readings that are left; 0: the days are over, and there is not enough of it yet */
  left: number
  /** something is found at what it belongs to: nothing is learned until that is over */
  waits: boolean
}

export interface UsePart {
  metric: string
  from: number
  /** null: and beyond */
  until: number | null
}

/** What of a machine is judged now, and what is learned later than the rest. */
export interface Growth {
  /** keys of metrics */
  judged: string[]
  later: LaterLearning[]
}

/** From here on a metric may be on its way out of what is usual. It is more than what remains where a look at the machine found no fault. */
export const suspect = 0.8

/** Metrics of which nothing new is learned now: what they belong to may not be as usual. */
export function waitingMetrics(standing: Standing, { watched }: Plan): string[] {
  const out = watched.filter(({ key }) => {
    const course = standing.courses[key]
    const apart = standing.apart >= patternLimit && (standing.shares[standing.order?.indexOf(key) ?? -1] ?? 0) >= named
    return apart || (course && isJudged(course) && scoreOf(course) >= suspect)
  })
  return watched
    .filter(({ key, component }) => out.some(one => one.key === key || (component !== null && one.component === component)))
    .map(({ key }) => key)
}

/** While the machine itself learns there is nothing later. The ways of use that are nearest to be known come first. */
export function growthOf(standing: Standing, plan: Plan): Growth {
  if (standing.knownSince === null) return { judged: [], later: [] }
  const waiting = new Set(waitingMetrics(standing, plan))
  const judged = plan.watched.flatMap(({ key }) => (isJudged(standing.courses[key] ?? newCourse()) ? [key] : []))
  const metrics = plan.watched.flatMap(({ key }) => {
    const own = standing.courses[key]?.own
    return own ? [{ metric: key, use: [], left: Math.max(0, own.left), waits: waiting.has(key) }] : []
  })
  const uses = Object.entries(standing.baseline).flatMap(([regime, usuals]) => {
    const open = judged.filter(key => usuals[key]?.[3] !== undefined && !isKnown(usuals[key]))
    if (regime === 'rest' || open.length === 0) return []
    const left = Math.max(...open.map(key => usuals[key]![3]!))
    return [{ metric: null, use: partsOf(standing, plan, regime), left, waits: open.every(key => waiting.has(key)) }]
  })
  return { judged, later: [...metrics, ...uses.sort((a, b) => a.left - b.left)] }
}

const partsOf = ({ regimes }: Standing, { regime: keys }: Plan, regime: string): UsePart[] =>
  keys.flatMap((metric, place) => {
    const range = rangeOf(regimes, regime, place)
    return range ? [{ metric, ...range }] : []
  })
