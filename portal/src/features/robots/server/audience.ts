import { isByRule, isToldOf } from '#features/alarms/core'
import type { AlarmFacts } from '#features/alarms/server'
import { type OpenTo, whoSees } from '#features/devices/server'
import type { Platform } from '#platform/server'

/**
 * Whether the people of a chat may be told of an alarm now: of the manufacturer (null) what owners do not keep from it, of a company what is of its machines and its
 * time. It is asked again before each message: the machine may have been sold since. A company's own rule says itself whom it tells.
 */
export const audienceOf =
  (platform: Platform, openTo: OpenTo) =>
  async (companyId: string | null, { deviceId, startedAt, source, own }: AlarmFacts): Promise<boolean> => {
    if (!isToldOf(own, companyId)) return false
    const { companyIds, manufacturer } = await whoSees(platform, deviceId, startedAt)
    if (companyId === null) return manufacturer
    if (!companyIds.includes(companyId)) return false
    return isByRule(source) || (await openTo(platform, { kind: 'customer', companyId }, [deviceId])).has(deviceId)
  }
