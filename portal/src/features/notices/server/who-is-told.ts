import { type Addressee, addressees } from '#features/accounts/server'
import { type OpenTo, openToAll, whoSees } from '#features/devices/server'
import type { Platform } from '#platform/server'

/** A machine, and when it reported what is told. */
export interface About {
  deviceId: string
  at: Date
}

/**
 * People who may see that moment of a machine now: of companies that hold it and to which it is open, and staff unless its owner keeps it
 * from the manufacturer.
 */
export async function peopleWhoSee(
  platform: Platform,
  { deviceId, at }: About,
  openTo: OpenTo = openToAll,
): Promise<Addressee[]> {
  const { companyIds, manufacturer } = await whoSees(platform, deviceId, at)
  const open = await Promise.all(
    companyIds.map(async companyId => (await openTo(platform, { kind: 'customer', companyId }, [deviceId])).has(deviceId)),
  )
  const told = companyIds.filter((_, n) => open[n])
  return addressees(platform, { companyIds: told, ...(manufacturer ? { staffWith: 'device.read' } : {}) })
}
