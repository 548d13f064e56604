import { controlsOfDevices, type DeviceControls, demandVisible, type VisibleInterval } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import type { Party } from '../core/index.ts'

/** How an account stands to a machine, and what can be set on it. */
export interface Standing {
  intervals: VisibleInterval[]
  /** null: it has nothing to do with the machine now, or the owner keeps it to himself */
  party: Party | null
  controls: DeviceControls
}

/** 404 where the account may see nothing of the machine; staff know that it is there even so. */
export async function standingOf(platform: Platform, account: Account | null, deviceId: string): Promise<Standing> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const controls = (await controlsOfDevices(platform.database, [deviceId])).get(deviceId) ?? { settings: [], commands: [] }
  return { intervals, party: intervals.find(({ until }) => until === null)?.role ?? null, controls }
}
