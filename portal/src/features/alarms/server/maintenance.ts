import { sql } from 'kysely'
import { signedIn } from '#features/accounts/server'
import { invalid, type Platform, type RequestContext } from '#platform/server'
import { moveAlarm } from '../core/index.ts'
import { resume } from './handle-alarm.ts'
import { presentSight, sideOf } from './sight.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms, writeEntry } from './write-entry.ts'

/** Until when alarms of the machine wait, since somebody works on it; null: they do not. */
export async function maintenanceUntil({ database, now }: Platform, deviceId: string): Promise<Date | null> {
  const at = now()
  const row = await database
    .db<AlarmTables>()
    .selectFrom('alarm_maintenance')
    .select(eb => eb.fn.max('until_at').as('until'))
    .where('device_id', '=', deviceId)
    .where('from_at', '<=', at)
    .where('until_at', '>', at)
    .executeTakeFirst()
  return row?.until ?? null
}

/** Alarms of the machine wait until a time, or (null) no longer: then those that still hold come at once. What is planned stays planned. */
export async function setMaintenance(context: RequestContext, deviceId: string, until: string | null): Promise<void> {
  const { platform, account } = context
  await presentSight(platform, account, deviceId)
  const now = platform.now()
  const end = until === null ? null : new Date(until)
  if (end && (end <= now || end.getTime() > now.getTime() + longestMaintenance)) throw noTime(until!)
  await platform.database.transaction(async () => {
    const db = platform.database.db<AlarmTables>()
    const running = db.updateTable('alarm_maintenance').set({ until_at: now })
    await running.where('device_id', '=', deviceId).where('from_at', '<=', now).where('until_at', '>', now).execute()
    if (end) {
      await db
        .insertInto('alarm_maintenance')
        .values({
          ...{ id: platform.newId(), device_id: deviceId, from_at: now, until_at: end },
          ...{ company_id: sideOf(context), author_id: signedIn(context).id, created_at: now },
        })
        .execute()
      await suppressOpen(platform, deviceId)
    } else await resumeSuppressed(platform, deviceId)
    await tellOfAlarms(platform, deviceId)
  })
}

/** Who leaves a machine, and when. companyId: null for all companies that have something at it */
export interface Leaving {
  deviceId: string
  companyId: string | null
  before: Date
}

/** What whoever leaves a machine began at it before is over, and what he planned is not to come, in the ambient transaction. */
export async function endMaintenance(platform: Platform, { deviceId, companyId, before }: Leaving): Promise<void> {
  const db = platform.database.db<AlarmTables>()
  const now = platform.now()
  const his = sql<boolean>`device_id = ${deviceId} and created_at < ${before}
    and ${companyId === null ? sql`company_id is not null` : sql`company_id = ${companyId}`}`
  await db.deleteFrom('alarm_maintenance').where(his).where('from_at', '>', now).execute()
  const running = db.updateTable('alarm_maintenance').set({ until_at: now }).where(his).where('until_at', '>', now)
  const [ended] = await running.returning('id').execute()
  if (ended) await resumeUnlessInMaintenance(platform, deviceId)
  await tellOfAlarms(platform, deviceId)
}

/** One time out of service is over: what still holds waits for somebody, unless another goes on. In the ambient transaction. */
export async function resumeUnlessInMaintenance(platform: Platform, deviceId: string): Promise<void> {
  if ((await maintenanceUntil(platform, deviceId)) === null) await resumeSuppressed(platform, deviceId)
}

/** Open alarms of the machine wait too. In the ambient transaction. */
export async function suppressOpen(platform: Platform, deviceId: string): Promise<void> {
  for (const { id, state } of await openOf(platform, deviceId)) {
    const next = moveAlarm(state, 'suppress')
    if (next === null) continue
    await platform.database.db<AlarmTables>().updateTable('alarm').set({ state: next }).where('id', '=', id).execute()
    await writeEntry(platform, { alarmId: id, kind: 'suppressed', at: platform.now() })
  }
}

/** The work is done: what still holds waits for somebody, the rest is over. In the ambient transaction. */
export async function resumeSuppressed(platform: Platform, deviceId: string): Promise<void> {
  for (const row of await openOf(platform, deviceId)) if (row.state === 'suppressed') await resume(platform, row, null)
}

const openOf = ({ database }: Platform, deviceId: string) =>
  database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .select(['id', 'device_id', 'state', 'active'])
    .where('device_id', '=', deviceId)
    .where('state', '<>', 'normal')
    .orderBy('id')
    .forUpdate()
    .execute()

/** A month: what waits for longer is forgotten. */
export const longestMaintenance = 31 * 86_400_000

const noTime = (value: string) =>
  invalid([
    {
      field: '/until',
      value,
      message: { 'zh-CN': '检修时间须在未来 31 天内。', en: 'A machine is out of service for 31 days at most, from now on.' },
      remedy: { 'zh-CN': '请选择较近的时间。', en: 'Choose a nearer time.' },
    },
  ])
