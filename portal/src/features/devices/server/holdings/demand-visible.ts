import type { Account, Platform } from '#platform/server'
import { noSuchDevice } from '../read-devices.ts'
import { devicesById } from '../recognise-devices.ts'
import { type VisibleInterval, visibleIntervals } from './visible-intervals.ts'

/**
 * Which times of machines an account may see. 404 where of one it may see none, as for one that is not there; but to staff, from whom an owner
 * may keep all of them, it is no secret that a machine is there.
 */
export async function demandVisible(
  platform: Platform,
  account: Account | null,
  deviceIds: readonly string[],
): Promise<VisibleInterval[]> {
  const intervals = await visibleIntervals(platform, account, deviceIds)
  const hidden = deviceIds.filter(id => !intervals.some(({ deviceId }) => deviceId === id))
  if (hidden.length === 0) return intervals
  if (account?.kind === 'staff' && (await devicesById(platform.database, hidden)).length === hidden.length) return intervals
  throw noSuchDevice()
}
