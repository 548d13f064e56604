export {
  errorOf,
  fewestFailures,
  type Judgement,
  judge,
  type Refusal,
  refusals,
  refusalsOf,
} from './accept-model.ts'
export { type Conformal, intervalAbout, plainConformal, type Score } from './conformal.ts'
export type { Life } from './life.ts'
export {
  type Foretold,
  foretell,
  type LifeModel,
  type LifeSettings,
  scoresOf,
  trainLifeModel,
  usualSettings,
} from './life-model.ts'
export { forecastTrend, type Limit, type TrendForecast, type TrendPoint } from './trend.ts'
