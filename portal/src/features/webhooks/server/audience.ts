import { type OpenTo, type Seeing, whoSees } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { isDealing, type MessageKind } from '../core/index.ts'

/** What it is about that somebody is told. */
interface Subject {
  kind: MessageKind
  deviceId: string
  moment: Date
}

/** Whose programs may be told of a moment of a machine, now. */
export async function audienceOf(platform: Platform, { kind, deviceId, moment }: Subject): Promise<Seeing> {
  const seeing = await whoSees(platform, deviceId, moment)
  return isDealing(kind) ? { ...seeing, manufacturer: true } : seeing
}

interface Addressed {
  kind: MessageKind
  device_id: string | null
  moment: Date | null
  found: boolean
}

/** Whether a webhook may be told of something now: the machine may have been sold since it happened, or its readings kept back. */
export async function mayBeTold(
  platform: Platform,
  companyId: string | null,
  { kind, device_id: deviceId, moment, found }: Addressed,
  openTo: OpenTo,
): Promise<boolean> {
  if (deviceId === null || moment === null) return true
  const { companyIds, manufacturer } = await audienceOf(platform, { kind, deviceId, moment })
  if (companyId === null) return manufacturer
  if (!companyIds.includes(companyId)) return false
  return !found || (await openTo(platform, { kind: 'customer', companyId }, [deviceId])).has(deviceId)
}
