import { devicesById, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import { type Account, notFound, type Platform } from '#platform/server'

/** Which times of machines an account may see. 404 where of one it may see none, but for staff, from whom an owner may keep all of them. */
export async function demandVisible(
  platform: Platform,
  account: Account | null,
  deviceIds: readonly string[],
): Promise<VisibleInterval[]> {
  const intervals = await visibleIntervals(platform, account, deviceIds)
  const hidden = deviceIds.filter(id => !intervals.some(({ deviceId }) => deviceId === id))
  if (hidden.length === 0) return intervals
  if (account?.kind === 'staff' && (await devicesById(platform.database, hidden)).length === hidden.length) return intervals
  throw notFound({ 'zh-CN': '机器', en: 'machine' })
}
