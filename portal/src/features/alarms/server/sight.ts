import { signedIn } from '#features/accounts/server'
import { isVisible } from '#features/devices/core'
import { noSuchDevice, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import type { Account, Platform, RequestContext } from '#platform/server'

/** The times of a machine the account may see, of which one goes on. 404 where none does. */
export async function presentSight(platform: Platform, account: Account | null, deviceId: string): Promise<VisibleInterval[]> {
  const intervals = await visibleIntervals(platform, account, deviceId)
  if (!intervals.some(({ until }) => until === null)) throw noSuchDevice()
  return intervals
}

/** Whether a moment of a machine is the reader's to see, and whether the machine still is. */
export async function sightOf(platform: Platform, account: Account | null, deviceId: string, at: Date) {
  const intervals = await visibleIntervals(platform, account, deviceId)
  return { sees: isVisible(at, intervals), present: intervals.some(({ until }) => until === null) }
}

/** For whose side somebody works: his company's id, or null for the manufacturer. */
export function sideOf(context: RequestContext): string | null {
  const { kind, companyId } = signedIn(context)
  if (kind === 'staff') return null
  if (companyId === null) throw noSuchDevice()
  return companyId
}
