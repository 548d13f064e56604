/** What becomes of a training. */
export const modelStatuses = ['training', 'accepted', 'refused', 'failed', 'cancelled'] as const
export type ModelStatus = (typeof modelStatuses)[number]

/** Where each status may lead. */
export const modelMoves: Record<ModelStatus, readonly ModelStatus[]> = {
  training: ['accepted', 'refused', 'failed', 'cancelled'],
  accepted: [],
  refused: [],
  failed: [],
  cancelled: [],
}

/** Why training ended without a model to judge. */
export const trainingFailures = ['too-few-readings', 'too-long', 'broken'] as const

/** Why a component has no number. */
export const silences = [
  /** fewer failures are known than a model needs, and no trend is seen */
  'no-history',
  /** there are failures enough, but no model runs */
  'no-model',
  'age-unknown',
  'no-readings',
  'no-trend',
  'too-far',
] as const
export type Silence = (typeof silences)[number]
