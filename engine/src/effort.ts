import type { Budget } from './api.ts'
import type { Effort } from './solver/search.ts'

/** Search steps that one question may cost unless its budget says otherwise. */
export const DEFAULT_STEPS = 200_000

/** A budget as the solver spends it. Once it is told to stop it stays stopped. */
export function effortOf({ steps = DEFAULT_STEPS, shouldStop }: Budget = {}): Effort {
  let stopped = false
  if (!shouldStop) return { steps }
  return {
    steps,
    shouldStop() {
      stopped ||= shouldStop()
      return stopped
    },
  }
}
