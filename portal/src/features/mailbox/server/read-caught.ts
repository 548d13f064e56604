import { sql } from 'kysely'
import type { Language } from '#platform/core'
import { decodeCursor, encodeCursor, type Platform, type Sealed } from '#platform/server'
import type { CaughtMail, CaughtMailSummary } from '../core/index.ts'
import { findMail, openMail, viewMail } from './read-mail.ts'
import { findSms, openSms } from './read-sms.ts'

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** One of either table. */
interface CaughtRow {
  kind: CaughtMailSummary['kind']
  id: string
  content: Sealed
  why: string | null
  code: string | null
  waiting: boolean
  at: Date
}

/** Caught and refused mail and text messages, newest first. Their words are those of the reader's language. */
export async function listCaught({ database, vault }: Platform, { cursor, limit }: ListQuery, language: Language) {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  const page = sql`${after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by at desc, id desc limit ${limit + 1}`
  // each table by its own index first: both may be long
  const { rows } = await sql<CaughtRow>`
    (select 'mail' as kind, id, content, null as why, null as code, waiting, at from caught_mail where ${page})
    union all
    (select 'text-message', id, content, why, code, false, at from sms where content is not null and ${page})
    order by at desc, id desc limit ${limit + 1}`.execute(database.db())
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await Promise.all(
      shown.map(row =>
        row.kind === 'mail' ? openMail(vault, row) : openSms(vault, row, language).then(({ text: _, ...one }) => one),
      ),
    ),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  }
}

/** One mail or text message; 404 where there is none. */
export async function getCaught(platform: Platform, id: string, language: Language): Promise<CaughtMail> {
  const sms = await findSms(platform, id)
  if (!sms) return viewMail(await findMail(platform, id))
  return { ...(await openSms(platform.vault, sms, language)), from: null, html: null, attachments: [] }
}
