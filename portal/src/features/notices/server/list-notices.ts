import { type Selectable, type SqlBool, sql } from 'kysely'
import { signedIn } from '#features/accounts/server'
import { visibleIntervals } from '#features/devices/server'
import { decodeCursor, encodeCursor, type RequestContext } from '#platform/server'
import type { NoticeView } from '../core/index.ts'
import type { NoticeTables } from './tables.ts'

/** More than so many unread ones are not counted. */
const mostCounted = 100

interface Wish {
  unread?: 'true' | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of what the reader was told, the last first. */
export async function listNotices(
  context: RequestContext,
  { unread, cursor, limit }: Wish,
): Promise<{ items: NoticeView[]; nextCursor: string | null }> {
  const { kind } = signedIn(context)
  let query = (await shownTo(context))
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (unread) query = query.where('read_at', 'is', null)
  if (cursor) {
    const { at, id } = decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' })
    query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(row => viewOf(row, kind)),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  }
}

export async function countUnread(context: RequestContext): Promise<number> {
  const rows = await (await shownTo(context)).select('id').where('read_at', 'is', null).limit(mostCounted).execute()
  return rows.length
}

/** ids: null for all */
export async function readNotices(context: RequestContext, ids: readonly string[] | null): Promise<void> {
  const { database, live, now } = context.platform
  const { id } = signedIn(context)
  let update = database
    .db<NoticeTables>()
    .updateTable('notice')
    .set({ read_at: now() })
    .where('person_id', '=', id)
    .where('read_at', 'is', null)
  if (ids) update = update.where(sql<boolean>`id = any(${ids}::uuid[])`)
  await update.execute()
  await live.publish(`person:${id}`, 'notices')
}

/** The reader's own, without those about times of machines that he may not see any more: he may have left, or been shut out. */
async function shownTo(context: RequestContext) {
  const { platform } = context
  const reader = signedIn(context)
  const db = platform.database.db<NoticeTables>()
  const own = db.selectFrom('notice').where('person_id', '=', reader.id).where('listed', '=', true)
  const machines = await own.select('device_id').distinct().where('device_id', 'is not', null).execute()
  const intervals = await visibleIntervals(
    platform,
    reader,
    machines.map(({ device_id }) => device_id!),
  )
  const times = intervals.map(({ deviceId, from, until }) => ({ device_id: deviceId, from_at: from, until_at: until }))
  return own.where(sql<SqlBool>`(device_id is null or exists (
    select from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as v(device_id uuid, from_at timestamptz, until_at timestamptz)
    where v.device_id = notice.device_id and (v.from_at is null or moment >= v.from_at) and (v.until_at is null or moment < v.until_at)))`)
}

const viewOf = (row: Selectable<NoticeTables['notice']>, side: 'staff' | 'customer'): NoticeView => ({
  ...{ id: row.id, kind: row.kind, urgency: row.urgency, at: row.at.toISOString(), read: row.read_at !== null },
  ...{ title: row.content.title, where: row.content.where, text: row.content.text, facts: [...row.content.facts] },
  ...{ happenedAt: row.content.happenedAt, path: row.content.paths[side] },
})
