import type { AlarmState } from '#features/alarms/core'
import type { OpenTo } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import type { AlarmSeverity, DeviceState } from '../core/index.ts'

/** An alarm of a machine that is not over. */
export interface OpenAlarm {
  id: string
  severity: AlarmSeverity
  name: LocalizedText
  /** of those that are neither over nor put aside the state is made; `suppressed`: somebody works on the machine */
  state: AlarmState
  /** by what it was raised: a rule, or something that was found */
  source: string
  raisedAt: Date
}

/** What is known of how healthy a machine is. */
export interface DeviceHealth {
  kind: 'learning' | 'known' | 'unknown'
  /** 0 to 100 */
  index: number | null
  status: DeviceState
  asOf: Date | null
  reasons: readonly { component: string | null; text: LocalizedText }[]
}

/** Where the state of machines comes from; what a portal does not have is left out. Each answers by machine, for the portal's own work. */
export interface StateSources {
  openAlarms?: (platform: Platform, deviceIds: readonly string[]) => Promise<ReadonlyMap<string, readonly OpenAlarm[]>>
  /** at which machines a reader is told of health, and of alarms by what was found; left out: at all */
  openTo?: OpenTo
  healthOf?: (platform: Platform, deviceIds: readonly string[]) => Promise<ReadonlyMap<string, DeviceHealth>>
}
