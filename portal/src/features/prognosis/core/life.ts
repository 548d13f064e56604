/**
 * What was measured in one life of a component, step by step; a step is an hour, a day or a cycle, the same for all lives of a model.
 * sensors, settings: per metric one value per step, NaN where nothing was measured. Settings say how the machine was run, sensors how it was.
 */
export interface Life {
  unit: string
  /** steps; the last one is that of the failure, or where observing ended */
  steps: number
  /** steps the component had behind it before the first one here */
  before: number
  sensors: Float64Array[]
  settings: Float64Array[]
  /** failed: remaining life is known at each step. censored: it is known only to be longer than what was observed */
  end: 'failed' | 'censored'
}

/** Remaining life at each step, `horizon` at most. NaN where a life that has not failed leaves it open. */
export function labelsOf({ steps, end }: Pick<Life, 'steps' | 'end'>, horizon: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, step) => {
    const observed = steps - 1 - step
    if (observed >= horizon) return horizon
    return end === 'failed' ? observed : Number.NaN
  })
}
