import { machinesByCompany } from '#features/devices/server'
import type { Platform } from '#platform/server'

/** Pages of the machines read again: those of staff, and of the companies that have to do with them. */
export async function tellPages({ live, database }: Platform, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length === 0) return
  await live.publish('devices', deviceIds)
  for (const [companyId, own] of await machinesByCompany(database, deviceIds)) await live.publish(`company:${companyId}`, own)
}
