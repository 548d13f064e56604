import type { LocalizedText } from '#platform/core'
import type { Platform, ServerFeature } from '#platform/server'
import type { Severity } from '../core/index.ts'
import { personal } from './personal.ts'
import { raise } from './raise-alarm.ts'
import { alarmsTopic } from './write-entry.ts'

/** What machines warn of: rules, alarms, and what is done about them. */
export const alarms: ServerFeature = {
  name: 'alarms',
  topics: { [alarmsTopic]: { staff: 'device.read' } },
  personal,
}

export { clearAlarm } from './clear-alarm.ts'
export { alarmsOf, type KnownAlarm, type OpenAlarm, openAlarms } from './known-alarms.ts'

/** What another feature found at a machine. */
export interface FoundAlarm {
  deviceId: string
  /** what found it, and what: 'diagnosis:bearing'. Of a machine and a source there is one open alarm at most */
  source: string
  name: LocalizedText
  severity: Severity
  /** by the machine's clock */
  at: Date
  message: LocalizedText
  /** key of a component of its type */
  component: string | null
  remedy: LocalizedText | null
}

/** Raises the alarm of a machine and a source, or brings the open one up to date, in the ambient transaction. Answers its id. */
export const raiseAlarm = (platform: Platform, found: FoundAlarm): Promise<string> =>
  raise(platform, { ...found, ruleId: null, faultCode: null, cause: null, escalateAfter: null, readings: [] })
