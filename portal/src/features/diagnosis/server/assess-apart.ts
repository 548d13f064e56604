import { openThread, type Thread } from '#platform/server'
import type { Found, Growth, HealthIndex, Plan, Sample } from '../core/index.ts'

export interface AssessmentOrder {
  /** as text; null: nothing was seen yet */
  standing: string | null
  plan: Plan
  /** keys of open findings */
  open: string[]
  samples: Sample[]
  /** milliseconds since 1970: all that was reported of the time before is among the samples, or was before */
  until: number
}

export interface AssessedHour {
  /** its end by the machine's clock, in milliseconds since 1970 */
  at: number
  found: Found[]
  health: HealthIndex[]
}

export interface Assessment {
  standing: string
  learnedDays: number
  knownSince: number | null
  growth: Growth
  hours: AssessedHour[]
}

export type Assessor = Thread<AssessmentOrder, Assessment>

/** A thread that assesses machines. */
export const openAssessor = (): Assessor => openThread(new URL('./assess-worker.ts', import.meta.url), { megabytes: 400 })
