export { type Analysis, type AnalysisOrder, analyse, type Feature, features } from './analyse.ts'
export {
  type DeviceVibration,
  getMySpectra,
  getMyVibration,
  getSpectra,
  getVibration,
  type PointView,
  type RecordView,
  type Spectra,
} from './api.ts'
export { judgeRecord } from './judge-record.ts'
export {
  changeVibrationPlan,
  getVibrationPlan,
  type Point,
  type VibrationFields,
  type VibrationPlan,
  vibrationFields,
  type ZoneSet,
} from './plan-api.ts'
export { recordLimits, type SaidRecord, waveformTopic } from './record.ts'
export { type BearingFault, bearingFaults } from './signal/bearing.ts'
export { type VibrationUnit, vibrationUnits } from './signal/measures.ts'
export type { Lines } from './signal/spectrum.ts'
export { statusOfZone, type Zone, zoneOf, zones } from './zone.ts'
