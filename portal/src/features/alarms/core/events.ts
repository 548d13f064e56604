import type { Verdict } from './alarm.ts'

declare module '#platform/core' {
  interface EventTypes {
    /** of a machine in maintenance: once that is over */
    'alarm.raised': { alarmId: string; deviceId: string }
    'alarm.cleared': { alarmId: string; deviceId: string }
    'alarm.acknowledged': { alarmId: string; deviceId: string }
    /** nobody acknowledged it as long as its rule lets it wait */
    'alarm.escalated': { alarmId: string; deviceId: string }
    'alarm.judged': { alarmId: string; deviceId: string; verdict: Verdict }
  }
}
