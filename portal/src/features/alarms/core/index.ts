import './events.ts'

export {
  type AlarmMove,
  type AlarmState,
  alarmStates,
  isByRule,
  isOpen,
  moveAlarm,
  ruleIdOf,
  type Severity,
  severities,
  type Verdict,
  verdicts,
} from './alarm.ts'
export {
  type AlarmAction,
  type AlarmDetail,
  type AlarmFlood,
  cancelMaintenance,
  type EntryKind,
  getAlarm,
  getMaintenance,
  handleAlarm,
  type ListedAlarm,
  listAlarms,
  listHandlers,
  type PlannedMaintenance,
  type PresentedAlarm,
  planMaintenance,
  setMaintenance,
} from './alarm-api.ts'
export {
  type Comparison,
  type Condition,
  comparisons,
  conditionLimits,
  type Leaf,
  metricsOf,
  type Part,
  partsOf,
} from './condition.ts'
export { homeOf } from './home.ts'
export { isToldOf, type OwnRule, type RuleTells, ruleTells } from './own-rule.ts'
export {
  type Chatter,
  chatterOf,
  percentOf,
  proposalFor,
  staleAfterMs,
} from './performance.ts'
export { type AlarmPerformance, getAlarmPerformance, performanceDays } from './performance-api.ts'
export {
  changeAlarmRule,
  createAlarmRule,
  deleteAlarmRule,
  getAlarmRule,
  listAlarmRules,
  type RuleFields,
  type RuleView,
  ruleFields,
  ruleLimits,
  switchAlarmRule,
  tryAlarmRule,
} from './rule-api.ts'
export { type Criteria, type Effect, type MetricPoint, type RuleState, startRule, step } from './step.ts'
