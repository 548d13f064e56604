import { sql } from 'kysely'
import { clearAlarm } from '#features/alarms/server'
import { devicesById, noSuchDevice } from '#features/devices/server'
import type { DomainEvent, EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import { doubtKinds, learningDays, longestMs } from '../core/index.ts'
import { openFindings, sourceOf } from './keep-assessment.ts'
import { plansOf } from './plans.ts'
import type { DiagnosisTables } from './tables.ts'
import { noteWatched } from './watched-times.ts'

/** Staff have what is usual at a machine learned anew from now on. 404 where there is no such machine. */
export async function relearnByStaff(platform: Platform, deviceId: string): Promise<void> {
  if ((await devicesById(platform.database, [deviceId])).length === 0) throw noSuchDevice()
  await platform.database.transaction(async () => {
    await relearn(platform, deviceId, platform.now())
    await platform.audit.write({ action: 'diagnosis.relearned', target: { kind: 'device', id: deviceId } })
  })
}

/**
 * A component of which something is measured was replaced: from then on another is usual. Not where the machine has learned of the new one alone
 * already: who writes down what was replaced years ago changes nothing of today.
 */
export async function relearnReplaced(
  { data: { deviceId, component, at } }: DomainEvent<'device.component-replaced', EventTypes['device.component-replaced']>,
  platform: Platform,
): Promise<void> {
  const { plan } = (await plansOf(platform, [deviceId])).get(deviceId)!
  if (!plan.watched.some(one => one.component === component)) return
  const since = await learnsSince(platform, deviceId)
  if (since && since < new Date(at)) await relearn(platform, deviceId, new Date(at))
}

/** Other metrics than before tell how the machine is used: what was usual says nothing, and is learned anew of the readings it was learned of. */
export async function relearnOtherUse(platform: Platform, deviceId: string): Promise<void> {
  await platform.database.transaction(async () =>
    relearn(platform, deviceId, (await learnsSince(platform, deviceId)) ?? platform.now()),
  )
}

/** From where on readings made what is usual at a machine; null: nothing was seen yet. Where that was not written down it is as late as it can be. */
async function learnsSince({ database }: Platform, deviceId: string): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`
    select coalesce(learning_since, known_since - ${learningDays} * interval '1 day', assessed_until - learned_days * interval '1 day') as since
    from device_diagnosis where device_id = ${deviceId}::uuid and assessed_until is not null`.execute(
    database.db<DiagnosisTables>(),
  )
  return rows[0]?.since ?? null
}

/** What was found ends, and an assessment that is under way is not kept. A machine of which nothing was seen yet has nothing to forget. */
async function relearn(platform: Platform, deviceId: string, at: Date): Promise<void> {
  const db = platform.database.db<DiagnosisTables>()
  const begin = new Date(Math.max(at.getTime(), platform.now().getTime() - longestMs))
  await noteWatched(platform, deviceId)
  const { numUpdatedRows } = await db
    .updateTable('device_diagnosis')
    .set({
      standing: null,
      growth: null,
      used_by: null,
      learned_days: 0,
      known_since: null,
      learning_since: begin,
      assessed_until: begin,
    })
    .set({ revision: sql`revision + 1` })
    .where('device_id', '=', deviceId)
    .where('assessed_until', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await forgetSince(platform, deviceId, begin)
  for (const { id, key, opened_at } of (await openFindings(platform, deviceId)).values()) {
    const closedAt = opened_at > at ? opened_at : at
    await db.updateTable('device_finding').set({ closed_at: closedAt }).where('id', '=', id).execute()
    await clearAlarm(platform, { deviceId, source: sourceOf(key), at: closedAt })
    await platform.record('finding.closed', { findingId: id, deviceId })
  }
  await platform.live.publish('device-health', deviceId)
}

/** Hours from then on are judged anew. What somebody was warned of stays, and so does which readings were not believed. */
async function forgetSince({ database }: Platform, deviceId: string, begin: Date): Promise<void> {
  const db = database.db<DiagnosisTables>()
  await db.deleteFrom('device_health').where('device_id', '=', deviceId).where('at', '>', begin).execute()
  await db
    .deleteFrom('device_finding')
    .where('device_id', '=', deviceId)
    .where('opened_at', '>', begin)
    .where('closed_at', 'is not', null)
    .where('alarm_id', 'is', null)
    .where('kind', 'not in', [...doubtKinds])
    .execute()
}
