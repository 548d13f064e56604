import { sql } from 'kysely'
import { signedIn } from '#features/accounts/server'
import { conflict, invalid, notFound, type Platform, type RequestContext } from '#platform/server'
import type { PlannedMaintenance } from '../core/index.ts'
import { longestMaintenance, resumeUnlessInMaintenance } from './maintenance.ts'
import { presentSight, sideOf } from './sight.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms } from './write-entry.ts'

/** Planned at one machine at most. */
const mostPlanned = 20
/** How far ahead one may be planned: a year. */
const farthest = 366 * 86_400_000

interface Window {
  from: string
  until: string
}

/** What is planned at a machine from now on, the next first. */
export async function plannedAt(
  { database, now }: Platform,
  deviceId: string,
  reader: string | null,
): Promise<PlannedMaintenance[]> {
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm_maintenance')
    .select(['id', 'from_at', 'until_at', 'company_id'])
    .where('device_id', '=', deviceId)
    .where('from_at', '>', now())
    .orderBy('from_at')
    .execute()
  return rows.map(({ id, from_at, until_at, company_id }) => ({
    ...{ id, from: from_at.toISOString(), until: until_at.toISOString() },
    by: company_id === null ? 'manufacturer' : company_id === reader ? 'own' : 'other',
  }))
}

/** Alarms of the machine will wait from a moment to come until another; it ends with the role of whoever plans it. 422 for times that cannot be, 409 where some of that time is planned already. */
export async function planMaintenance(context: RequestContext, deviceId: string, window: Window): Promise<void> {
  const { platform, account } = context
  const { database } = platform
  await presentSight(platform, account, deviceId)
  const [now, from, until] = [platform.now(), new Date(window.from), new Date(window.until)]
  if (from <= now || from.getTime() > now.getTime() + farthest) throw noBegin(window.from)
  if (until <= from || until.getTime() > from.getTime() + longestMaintenance) throw noEnd(window.until)
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext(${`fettle-maintenance ${deviceId}`}))`.execute(database.db())
    // whoever left it meanwhile plans nothing any more
    await presentSight(platform, account, deviceId)
    const planned = await plannedAt(platform, deviceId, null)
    if (planned.length >= mostPlanned) throw tooMany()
    if (planned.some(one => new Date(one.from) < until && new Date(one.until) > from)) throw plannedAlready()
    await database
      .db<AlarmTables>()
      .insertInto('alarm_maintenance')
      .values({
        ...{ id: platform.newId(), device_id: deviceId, from_at: from, until_at: until },
        ...{ company_id: sideOf(context), author_id: signedIn(context).id, created_at: now },
      })
      .execute()
    await tellOfAlarms(platform, deviceId)
  })
}

/** Takes back what is planned; one that has begun meanwhile ends, and what still holds is told. 404 for one that is over. */
export async function cancelMaintenance(
  { platform, account }: RequestContext,
  { deviceId, windowId }: { deviceId: string; windowId: string },
): Promise<void> {
  await presentSight(platform, account, deviceId)
  await platform.database.transaction(async () => {
    const db = platform.database.db<AlarmTables>()
    const now = platform.now()
    const row = await db
      .selectFrom('alarm_maintenance')
      .select('from_at')
      .where('id', '=', windowId)
      .where('device_id', '=', deviceId)
      .where('until_at', '>', now)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': '计划检修', en: 'planned time out of service' })
    if (row.from_at > now) await db.deleteFrom('alarm_maintenance').where('id', '=', windowId).execute()
    else {
      await db.updateTable('alarm_maintenance').set({ until_at: now }).where('id', '=', windowId).execute()
      await resumeUnlessInMaintenance(platform, deviceId)
    }
    await tellOfAlarms(platform, deviceId)
  })
}

const noBegin = (value: string) =>
  invalid([
    {
      ...{ field: '/from', value },
      message: { 'zh-CN': '开始时间须在未来一年内。', en: 'It begins in the future, within a year.' },
      remedy: {
        'zh-CN': '请选择未来的时间；现在开始请用“开始检修”。',
        en: 'Choose a time to come; to begin now, take it out of service.',
      },
    },
  ])

const noEnd = (value: string) =>
  invalid([
    {
      ...{ field: '/until', value },
      message: { 'zh-CN': '结束时间须晚于开始，且不超过 31 天。', en: 'It ends after it begins, within 31 days.' },
      remedy: { 'zh-CN': '请修改结束时间。', en: 'Change when it ends.' },
    },
  ])

const plannedAlready = () =>
  conflict(
    'maintenance-planned',
    { 'zh-CN': '这段时间已计划了检修。', en: 'Some of this time is planned already.' },
    { 'zh-CN': '请选择其他时间，或先取消已计划的检修。', en: 'Choose another time, or cancel what is planned.' },
  )

const tooMany = () =>
  conflict(
    'maintenance-planned',
    { 'zh-CN': '一台机器最多计划 20 次检修。', en: 'A machine has 20 planned times at most.' },
    { 'zh-CN': '请先取消不再需要的。', en: 'Cancel those that are not needed.' },
  )
