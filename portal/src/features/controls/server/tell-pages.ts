import { companiesHolding } from '#features/devices/server'
import type { Platform } from '#platform/server'

/** Pages of the machine read again: those of staff, and of the companies that have to do with it. */
export async function tellPages({ live, database }: Platform, deviceId: string): Promise<void> {
  await live.publish('devices', deviceId)
  for (const companyId of await companiesHolding(database, deviceId)) await live.publish(`company:${companyId}`, deviceId)
}
