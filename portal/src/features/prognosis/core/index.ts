export {
  errorOf,
  fewestFailures,
  type Judgement,
  judge,
  type Refusal,
  refusals,
  refusalsOf,
} from './accept-model.ts'
export { ranBefore } from './activations.ts'
export {
  activateModel,
  addLife,
  type ComponentLife,
  cancelTraining,
  getMyOutlook,
  getOutlook,
  getPart,
  importLives,
  type LifeListView,
  type LifeModelView,
  lifeTemplate,
  listParts,
  mostLifeRows,
  type Outlook,
  type PartDetail,
  type PartSummary,
  type Remaining,
  removeLife,
  renewOutlook,
  rollBackModel,
  trainModel,
} from './api.ts'
export { type Conformal, intervalAbout, plainConformal, type Score } from './conformal.ts'
export { dailyCourse, type IndexChange } from './daily-course.ts'
export type { Life } from './life.ts'
export { endingWords, lifeColumns, lifeHeadings, type ReadLife, readLives } from './life-list.ts'
export {
  type Foretold,
  foretell,
  type LifeModel,
  type LifeSettings,
  scoresOf,
  trainLifeModel,
  usualSettings,
} from './life-model.ts'
export { type ModelStatus, modelMoves, type Silence } from './model-status.ts'
export { stepsFor } from './step-length.ts'
export { forecastTrend, type Limit, type TrendForecast, type TrendPoint } from './trend.ts'
