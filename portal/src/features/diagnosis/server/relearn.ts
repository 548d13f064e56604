import { sql } from 'kysely'
import { clearAlarm } from '#features/alarms/server'
import { devicesById, noSuchDevice } from '#features/devices/server'
import type { DomainEvent, EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import { openFindings, sourceOf } from './keep-assessment.ts'
import { plansOf } from './plans.ts'
import type { DiagnosisTables } from './tables.ts'

/** Staff have what is usual at a machine learned anew from now on. 404 where there is no such machine. */
export async function relearnByStaff(platform: Platform, deviceId: string): Promise<void> {
  if ((await devicesById(platform.database, [deviceId])).length === 0) throw noSuchDevice()
  await platform.database.transaction(async () => {
    await relearn(platform, deviceId, platform.now())
    await platform.audit.write({ action: 'diagnosis.relearned', target: { kind: 'device', id: deviceId } })
  })
}

/** A component of which something is measured was replaced: from then on another is usual. */
export async function relearnReplaced(
  { data: { deviceId, component, at } }: DomainEvent<'device.component-replaced', EventTypes['device.component-replaced']>,
  platform: Platform,
): Promise<void> {
  const { plan } = (await plansOf(platform, [deviceId])).get(deviceId)!
  if (plan.watched.some(one => one.component === component)) await relearn(platform, deviceId, new Date(at))
}

/** What was found ends, and an assessment that is under way is not kept. A machine of which nothing was seen yet has nothing to forget. */
async function relearn(platform: Platform, deviceId: string, at: Date): Promise<void> {
  const db = platform.database.db<DiagnosisTables>()
  const { numUpdatedRows } = await db
    .updateTable('device_diagnosis')
    .set({ standing: null, learned_days: 0, known_since: null, assessed_until: at, revision: sql`revision + 1` })
    .where('device_id', '=', deviceId)
    .where('assessed_until', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  for (const { id, key, opened_at } of (await openFindings(platform, deviceId)).values()) {
    const closedAt = opened_at > at ? opened_at : at
    await db.updateTable('device_finding').set({ closed_at: closedAt }).where('id', '=', id).execute()
    await clearAlarm(platform, { deviceId, source: sourceOf(key), at: closedAt })
    await platform.record('finding.closed', { findingId: id, deviceId })
  }
  await platform.live.publish('device-health', deviceId)
}
