import { sql } from 'kysely'
import { signedIn } from '#features/accounts/server'
import { demandVisible, type OpenTo, visibleIntervals } from '#features/devices/server'
import { floodLimits } from '#features/notices/core'
import type { Page } from '#platform/core'
import { decodeCursor, encodeCursor, type RequestContext } from '#platform/server'
import type { AlarmFlood, AlarmState, ListedAlarm, Severity } from '../core/index.ts'
import { chatteringAmong } from './performance.ts'
import { presentAlarms } from './present-alarms.ts'
import { toldAlarms } from './told-alarms.ts'

interface Wish {
  deviceId?: string | undefined
  state?: AlarmState | 'open' | undefined
  severity?: Severity | undefined
  typeId?: string | undefined
  assigned?: 'me' | 'nobody' | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of alarms that were first raised in times the reader may see and that are told to him, the last first. 404 for a machine of which he may see none. */
export async function listAlarms(
  context: RequestContext,
  { deviceId, state, severity, typeId, assigned, q, cursor, limit }: Wish,
  openTo: OpenTo,
): Promise<Page<ListedAlarm> & { flood: AlarmFlood | null }> {
  const { platform } = context
  const reader = signedIn(context)
  const intervals = deviceId ? await demandVisible(platform, reader, [deviceId]) : await visibleIntervals(platform, reader, 'all')
  let told = await toldAlarms(platform, reader, intervals, openTo)
  if (deviceId) told = told.where('a.device_id', '=', deviceId)
  let query = told
    .selectAll('a')
    .select(['d.serial', 'd.model'])
    .orderBy('a.started_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit + 1)
  if (state) query = state === 'open' ? query.where('a.state', '<>', 'normal') : query.where('a.state', '=', state)
  if (severity) query = query.where('a.severity', '=', severity)
  if (typeId) query = query.where('d.type_id', '=', typeId)
  if (assigned && reader.kind === 'staff')
    query = assigned === 'me' ? query.where('a.assignee_id', '=', reader.id) : query.where('a.assignee_id', 'is', null)
  if (q?.trim()) {
    const words = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(({ or, eb }) =>
      or((['d.serial', 'd.model', 'a.name_zh', 'a.name_en', 'a.fault_code'] as const).map(column => eb(column, 'ilike', words))),
    )
  }
  if (cursor) {
    const { at, id } = decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' })
    query = query.where(sql<boolean>`(a.started_at, a.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const [rows, flood] = await Promise.all([query.execute(), cursor ? null : floodOf(told)])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const [items, chattering] = await Promise.all([presentAlarms(context, page), chatteringAmong(platform, page)])
  return {
    items: items.map(alarm => ({ ...alarm, chatters: chattering.has(alarm.id) })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.started_at.toISOString(), id: last.id }) : null,
    flood,
  }

  async function floodOf(alarms: typeof told): Promise<AlarmFlood | null> {
    const rows = await alarms
      .select(({ fn }) => ['d.id', 'd.serial', 'd.model', fn.countAll<string>().as('alarms')])
      .where('a.raised_at', '>', new Date(platform.now().getTime() - floodLimits.windowMs))
      .groupBy(['d.id', 'd.serial', 'd.model'])
      .orderBy('alarms', 'desc')
      .execute()
    const machines = rows.map(row => ({ ...row, alarms: Number(row.alarms) }))
    const count = machines.reduce((sum, { alarms }) => sum + alarms, 0)
    return count > floodLimits.most ? { alarms: count, machines } : null
  }
}
