import type { Platform } from '#platform/server'
import { tellOfAlarms } from '../write-entry.ts'

/** Where it is said that rules changed; with the id of a machine, or of nothing where all may be meant. */
export const rulesTopic = 'alarm-rules'

/** Whoever watches reads rules again, and pages do. deviceId: null for rules of a type */
export async function tellOfRules(platform: Platform, deviceId: string | null): Promise<void> {
  await platform.live.publish(rulesTopic, deviceId ?? 'all')
  if (deviceId) await tellOfAlarms(platform, deviceId)
}
