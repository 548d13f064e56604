import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import { type Database, openFields, type Platform } from '#platform/server'
import type { AdvisoryTables } from '../tables.ts'

/** That a task was done, without the words of whoever wrote it down. */
export interface KeptRecord {
  id: string
  task: string
  /** YYYY-MM-DD */
  on: string
  at: Date
  counter: number | null
}

const day = sql<string>`done_on::text`

/** The times each task of machines was done, latest first, by machine. */
export async function lastRecords({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, KeptRecord[]>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<AdvisoryTables>()
    .selectFrom('maintenance_record')
    .select(['id', 'device_id', 'task_key as task', 'done_at as at', 'counter', day.as('on')])
    .where(sql<boolean>`device_id = any(${deviceIds}::uuid[])`)
    .orderBy('done_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return Map.groupBy(rows, ({ device_id }) => device_id)
}

/** What was done on a machine, latest first, in the words of whoever wrote it down. */
export async function recordsOf({ database, vault }: Platform, deviceId: string) {
  const rows = await database
    .db<AdvisoryTables>()
    .selectFrom('maintenance_record')
    .select(['id', 'name_zh', 'name_en', 'done_at', 'counter', 'unit', 'company_id', 'performed_by', 'note', day.as('on')])
    .where('device_id', '=', deviceId)
    .orderBy('done_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return Promise.all(rows.map(row => openFields(vault, 'maintenance_record', row, ['performed_by', 'note'])))
}

/** What was done on a machine in a time, latest first, 500 at most. Whoever shows it asks `visibleIntervals` of `at`. */
export async function maintenanceDone(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<{ id: string; task: LocalizedText; at: Date }[]> {
  const rows = await database
    .db<AdvisoryTables>()
    .selectFrom('maintenance_record')
    .select(['id', 'name_zh', 'name_en', 'done_at'])
    .where('device_id', '=', deviceId)
    .where('done_at', '>=', from)
    .where('done_at', '<', until)
    .orderBy('done_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ id, name_zh, name_en, done_at }) => ({ id, task: { 'zh-CN': name_zh, en: name_en }, at: done_at }))
}
