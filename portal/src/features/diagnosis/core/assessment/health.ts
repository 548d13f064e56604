import type { Standing } from './assess.ts'
import type { Found } from './findings.ts'
import { isJudged, scoreOf } from './metric-course.ts'
import type { Plan } from './plan.ts'

/** In the words of NAMUR NE 107. function-check: what is measured does not count for now, since a sensor is not believed. */
export const healthStatuses = ['good', 'maintenance-required', 'out-of-specification', 'function-check', 'failure'] as const
export type HealthStatus = (typeof healthStatuses)[number]

export interface HealthIndex {
  /** null: the machine as a whole */
  component: string | null
  /** 100: as it usually is; 0: very far from it */
  index: number
}

/** The machine, and each component of which something is judged. While it learns there is none. */
export function healthIn(standing: Standing, plan: Plan, found: readonly Found[]): HealthIndex[] {
  if (standing.knownSince === null) return []
  const judged = plan.watched.flatMap(({ key, component }) => {
    const course = standing.courses[key]
    return course && isJudged(course) ? [{ component, index: indexOf(scoreOf(course)) }] : []
  })
  const components = [...new Set(judged.flatMap(({ component }) => component ?? []))]
  const of = (component: string | null) =>
    judged.filter(one => component === null || one.component === component).map(({ index }) => index)
  const pattern = found.find(({ kind }) => kind === 'pattern')
  return [
    { component: null, index: Math.min(100, ...of(null), ...(pattern ? [indexOf(pattern.score)] : [])) },
    ...components.map(component => ({ component, index: Math.min(100, ...of(component)) })),
  ]
}

/** Whole below half of its limit, 60 at it, 36 at four times, 0 at 32 times. */
function indexOf(score: number): number {
  const index = score <= 1 ? 100 - 80 * Math.max(0, score - 0.5) : 60 - 12 * Math.log2(score)
  return Math.round(Math.max(0, index))
}

/** Of the machine by what is believed of it; where nothing is wrong with that, by its sensors. findings: those of the machine; doubts: of its sensors */
export function statusOf(index: number, { findings, doubts }: { findings: number; doubts: number }): HealthStatus {
  if (index < 15) return 'failure'
  if (index < 40) return 'out-of-specification'
  if (index <= 60 || findings > 0) return 'maintenance-required'
  return doubts > 0 ? 'function-check' : 'good'
}
