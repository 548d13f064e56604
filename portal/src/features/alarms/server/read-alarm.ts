import { personNames, personSides } from '#features/accounts/server'
import { metricsOfDevices, type OpenTo } from '#features/devices/server'
import { notFound, openFields, type RequestContext } from '#platform/server'
import { type AlarmDetail, isByRule } from '../core/index.ts'
import { type AlarmRow, presentAlarms } from './present-alarms.ts'
import { sightOf } from './sight.ts'
import type { AlarmReads, AlarmTables } from './tables.ts'

export const noSuchAlarm = () => notFound({ 'zh-CN': '报警', en: 'alarm' })

/** An alarm the reader may see: one that was first raised in a time of its machine that is his, and is told to him. 404 for every other. present: the machine still is his */
export async function findAlarm(
  { platform, account }: RequestContext,
  alarmId: string,
  openTo: OpenTo,
): Promise<{ row: AlarmRow; present: boolean }> {
  const row = await platform.database
    .db<AlarmReads>()
    .selectFrom('alarm as a')
    .innerJoin('device as d', 'd.id', 'a.device_id')
    .selectAll('a')
    .select(['d.serial', 'd.model'])
    .where('a.id', '=', alarmId)
    .executeTakeFirst()
  if (!row) throw noSuchAlarm()
  const { sees, present } = await sightOf(platform, account, row.device_id, row.started_at)
  const told = isByRule(row.source) || (await openTo(platform, account, [row.device_id])).has(row.device_id)
  if (!sees || !told) throw noSuchAlarm()
  return { row, present }
}

/** An alarm with what happened to it, as the reader may see it. */
export async function readAlarm(context: RequestContext, alarmId: string, openTo: OpenTo): Promise<AlarmDetail> {
  const { row, present } = await findAlarm(context, alarmId, openTo)
  const [[listed], metrics, entries] = await Promise.all([
    presentAlarms(context, [row]),
    metricsOfDevices(context.platform.database, [row.device_id]),
    entriesOf(context, row),
  ])
  const known = new Map((metrics.get(row.device_id) ?? []).map(metric => [metric.key, metric]))
  return {
    ...listed!,
    source: isByRule(row.source) ? 'rule' : row.source,
    message: { 'zh-CN': row.message_zh, en: row.message_en },
    faultCode: row.fault_code,
    cause: { 'zh-CN': row.cause_zh, en: row.cause_en },
    remedy: { 'zh-CN': row.remedy_zh, en: row.remedy_en },
    readings: row.readings.map(({ metric, value }) => {
      const declared = known.get(metric)
      return { metric, value, name: declared?.name ?? { 'zh-CN': metric, en: metric }, unit: declared?.unit ?? '' }
    }),
    shelvedUntil: row.state === 'shelved' ? (row.shelved_until?.toISOString() ?? null) : null,
    handles: present && (context.may('alarm.handle') || context.may('alarm.handle-own')),
    entries,
  }
}

/** The course of an alarm. People of the other side stay nameless; whom the manufacturer gave it to is his own affair. */
async function entriesOf(context: RequestContext, { id }: AlarmRow): Promise<AlarmDetail['entries']> {
  const { database, vault } = context.platform
  const toStaff = context.account?.kind === 'staff'
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm_entry')
    .selectAll()
    .where('alarm_id', '=', id)
    .orderBy('id')
    .limit(500)
    .execute()
  const shown = rows.filter(({ kind }) => toStaff || kind !== 'assigned')
  const authors = [...new Set(shown.flatMap(({ author_id }) => author_id ?? []))]
  const [names, sides] = await Promise.all([personNames(database, authors), personSides(database, authors)])
  return Promise.all(
    shown.map(async row => {
      const { note } = await openFields(vault, 'alarm_entry', row, ['note'])
      const kind = row.author_id === null ? null : (sides.get(row.author_id) ?? 'customer')
      const side = kind === null ? 'portal' : kind === 'staff' ? 'manufacturer' : 'customer'
      const own = (side === 'manufacturer') === toStaff && kind !== null
      return {
        ...{ id: row.id, kind: row.kind, at: row.at.toISOString(), note, until: row.until?.toISOString() ?? null },
        ...{ side: side as AlarmDetail['entries'][number]['side'], by: own ? (names.get(row.author_id!) ?? null) : null },
      }
    }),
  )
}
