import { type OpenTo, openToAll } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import type { Platform, ServerFeature } from '#platform/server'
import type { RuleFields, Severity } from '../core/index.ts'
import { endWaits } from './end-waits.ts'
import { followOwner, followRole } from './follow-owners.ts'
import { escalate, tellOfEscalation } from './notices/escalate.ts'
import { tellOfClear, tellOfRaise } from './notices/tell-of-alarm.ts'
import { personal } from './personal.ts'
import { alarmProblems } from './problems.ts'
import { raise } from './raise-alarm.ts'
import { alarmRoutes } from './routes.ts'
import { writeRule } from './rules/write-rules.ts'
import { passMinute, stopWatching, watchOf } from './watch/watch-alarms.ts'
import { alarmsTopic } from './write-entry.ts'

/**
 * What machines warn of: rules, alarms, and what is done about them.
 * openTo: at which machines a reader is told of alarms by what was found by other ways than rules
 */
export const alarms = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'alarms',
  routes: alarmRoutes(openTo),
  problems: alarmProblems,
  topics: { [alarmsTopic]: { staff: 'device.read' } },
  on: {
    'device.changed-hands': [followOwner],
    'device.role-changed': [followRole],
    'alarm.raised': [tellOfRaise(openTo)],
    'alarm.cleared': [tellOfClear(openTo)],
    'alarm.escalated': [tellOfEscalation],
  },
  jobs: {
    'alarms.pass-time': { outside: true, retries: 0, handle: (_, { platform }) => passMinute(platform) },
    'alarms.end-waits': { retries: 0, handle: (_, { platform }) => endWaits(platform) },
    'alarms.escalate': { retries: 0, handle: (_, { platform }) => escalate(platform) },
  },
  schedules: { 'alarms.pass-time': '* * * * *', 'alarms.end-waits': '* * * * *', 'alarms.escalate': '* * * * *' },
  start: platform => void watchOf(platform),
  stop: stopWatching,
  personal,
})

export { clearAlarm } from './clear-alarm.ts'
export {
  type AlarmFacts,
  alarmFacts,
  alarmsDuring,
  alarmsOf,
  foundAlarmsOf,
  type KnownAlarm,
  type OpenAlarm,
  openAlarms,
} from './known-alarms.ts'
export { listAlarms } from './list-alarms.ts'

export { unanswered } from './notices/tell-of-alarm.ts'

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

export { rulesOfTypes } from './rules/read-rules.ts'
export { watchAlarms } from './watch/watch-alarms.ts'

/** An active rule of the manufacturer's for a type, entered by the portal itself, for the demo. */
export async function enterAlarmRule(platform: Platform, typeId: string, fields: RuleFields): Promise<void> {
  await writeRule(platform, { scope: { typeId }, side: null, authorId: null, fields, state: 'active' })
}
