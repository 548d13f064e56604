import { type Addressee, addressees } from '#features/accounts/server'
import { whoSees } from '#features/devices/server'
import type { Platform } from '#platform/server'

/** A machine, and when it reported what is told. */
export interface About {
  deviceId: string
  at: Date
}

/** People who may see that moment of a machine now: of companies that hold it, and staff unless its owner keeps it from the manufacturer. */
export async function peopleWhoSee(platform: Platform, { deviceId, at }: About): Promise<Addressee[]> {
  const { companyIds, manufacturer } = await whoSees(platform, deviceId, at)
  return addressees(platform, { companyIds, ...(manufacturer ? { staffWith: 'device.read' } : {}) })
}
