import { type SqlBool, sql } from 'kysely'
import { methodsOf, personNames } from '#features/accounts/server'
import { decodeCursor, encodeCursor, notFound, openFields, type Platform } from '#platform/server'
import { type MyPrivacy, requestTransitions, type StaffRequest, type StaffRequestDetail, weekdaysLeft } from '../core/index.ts'
import { listConsents } from './consents.ts'
import { presentRequest } from './open-request.ts'
import type { PrivacyTables, RequestRow } from './tables.ts'

interface ListQuery {
  show: 'open' | 'closed'
  cursor?: string | undefined
  limit: number
}

/** One page of requests: open ones by what is due next, closed ones by the last. */
export async function listRequests(platform: Platform, { show, cursor, limit }: ListQuery) {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  const [column, direction, beyond] =
    show === 'open' ? (['due_at', 'asc', sql`>`] as const) : (['closed_at', 'desc', sql`<`] as const)
  let query = platform.database
    .db<PrivacyTables>()
    .selectFrom('privacy_request')
    .selectAll()
    .where('closed_at', show === 'open' ? 'is' : 'is not', null)
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(limit + 1)
  if (after) query = query.where(sql<SqlBool>`(${sql.ref(column)}, id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await Promise.all(shown.map(row => presentForStaff(platform, row))),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last[column]!.toISOString(), id: last.id }) : null,
  }
}

/** A request with what was done about it; 404 where there is none. */
export async function readRequest(platform: Platform, requestId: string): Promise<StaffRequestDetail> {
  const { database, vault } = platform
  const db = database.db<PrivacyTables>()
  const row = await db.selectFrom('privacy_request').selectAll().where('id', '=', requestId).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '申请', en: 'request' })
  const entries = await db
    .selectFrom('privacy_request_entry')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
  const names = await personNames(
    database,
    entries.flatMap(({ actor_id }) => actor_id ?? []),
  )
  const { words } = await openFields(vault, 'privacy_request', row, ['words'])
  return {
    ...(await presentForStaff(platform, row)),
    words: words ?? '',
    language: row.language,
    revision: row.revision,
    moves: [...requestTransitions[row.state]],
    entries: await Promise.all(
      entries.map(async entry => ({
        id: entry.id,
        at: entry.at.toISOString(),
        state: entry.state,
        note: await vault.open(entry.note, 'privacy_request_entry.note'),
        actor: entry.actor_id ? { id: entry.actor_id, name: names.get(entry.actor_id) ?? '' } : null,
      })),
    ),
  }
}

/** What an account consented to and asked for. */
export async function readMyPrivacy(platform: Platform, owner: { id: string; emailDigest: string }): Promise<MyPrivacy> {
  const rows = await platform.database
    .db<PrivacyTables>()
    .selectFrom('privacy_request as r')
    .leftJoin('privacy_export as e', 'e.request_id', 'r.id')
    .selectAll('r')
    .select('e.made_at')
    .where('r.account_id', '=', owner.id)
    .orderBy('r.received_at', 'desc')
    .execute()
  return {
    consents: await listConsents(platform, owner),
    requests: await Promise.all(
      rows.map(async row => ({ ...presentRequest(row), ready: row.made_at !== null, answer: await answerOf(platform, row) })),
    ),
    methods: await methodsOf(platform, owner.id),
  }
}

async function answerOf({ database, vault }: Platform, row: { id: string; state: string }): Promise<string | null> {
  if (row.state !== 'refused') return null
  const entry = await database
    .db<PrivacyTables>()
    .selectFrom('privacy_request_entry')
    .select('note')
    .where('request_id', '=', row.id)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return entry ? vault.open(entry.note, 'privacy_request_entry.note') : null
}

async function presentForStaff({ vault, now }: Platform, row: RequestRow): Promise<StaffRequest> {
  const { email } = await openFields(vault, 'privacy_request', row, ['email'])
  return { ...presentRequest(row), email, account: row.account_id !== null, weekdaysLeft: weekdaysLeft(row.due_at, now()) }
}
