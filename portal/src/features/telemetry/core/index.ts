export {
  type DeviceMetrics,
  getHistory,
  getMetrics,
  getMyHistory,
  getMyMetrics,
  type History,
  type HistoryWish,
  historyLimits,
  type Measured,
} from './api.ts'
export { type Judged, judge } from './judge.ts'
export { readJson } from './read-json.ts'
export {
  type DeclaredMetric,
  type Reading,
  type ReadingRefusal,
  readingLimits,
  readingRefusals,
  unscaled,
} from './reading.ts'
export { stepFor } from './steps.ts'
