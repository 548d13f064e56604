import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
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

export interface Assessor {
  /** Rejects where the thread fails: then it is of no more use. */
  assess(order: AssessmentOrder): Promise<Assessment>
  close(): Promise<void>
}

/** A thread that assesses machines, so that the portal answers meanwhile; bounded in memory. */
export function openAssessor(): Assessor {
  const worker = new Worker(new URL('./assess-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 400 },
  })
  return {
    async assess(order) {
      const answer = once(worker, 'message') // rejects on its error
      worker.postMessage(order)
      return ((await answer) as [Assessment])[0]
    },
    async close() {
      await worker.terminate()
    },
  }
}
