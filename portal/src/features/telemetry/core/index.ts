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
  watchDevices,
  watchMine,
} from './api.ts'
export {
  type ChartMark,
  getMarks,
  getMyMarks,
  listAlike,
  listMyAlike,
  type MarkKind,
  type MarkWish,
} from './chart-api.ts'
export { extendHistory } from './extend-history.ts'
export { type Judged, judge } from './judge.ts'
export {
  type LiveEventName,
  type LiveEvents,
  type LiveReading,
  mostLiveDevices,
  readMarks,
  writeEvent,
  writeMarks,
} from './live.ts'
export { readJson } from './read-json.ts'
export { type Presence, readPresence } from './read-presence.ts'
export {
  type DeclaredMetric,
  type Reading,
  readingLimits,
  type SaidMessage,
  type SaidReading,
  type Sequence,
  unscaled,
} from './reading.ts'
export { type CsvColumn, coarser, pointAt, readingsCsv } from './readings-table.ts'
export { hourlyBefore, isShorter, nightlyRun, type RetentionMonths, retentionLimits, runAfter, takenSince } from './retention.ts'
export { getRetention, type Retention, type RetentionEffect, saveRetention, weighRetention } from './retention-api.ts'
export {
  type BornMetric,
  type EdgeNode,
  type Followed,
  follow,
  type Heard,
  rebirthEvery,
  unknownNode,
} from './sparkplug/edge-node.ts'
export {
  longestName,
  meantBy,
  metricKeyOf,
  type SparkplugMetric,
  type SparkplugPayload,
  type SparkplugType,
  sparkplugTypes,
  textType,
  type WireValue,
} from './sparkplug/payload.ts'
export { stepFor } from './steps.ts'
