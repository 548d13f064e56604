import './events.ts'

export {
  type AlarmMove,
  type AlarmState,
  alarmStates,
  isOpen,
  moveAlarm,
  type Severity,
  severities,
  type Verdict,
  verdicts,
} from './alarm.ts'
