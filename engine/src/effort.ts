import type { Budget } from './api.ts'
import type { Effort } from './solver/search.ts'

/** Search steps that one question may cost unless its budget says otherwise. */
export const DEFAULT_STEPS = 200_000

/** A budget as the solver spends it. */
export function effortOf(budget?: Budget): Effort {
  return { steps: budget?.steps ?? DEFAULT_STEPS, ...(budget?.shouldStop && { shouldStop: budget.shouldStop }) }
}
