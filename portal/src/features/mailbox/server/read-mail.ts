import { type SqlBool, sql } from 'kysely'
import { type Database, decodeCursor, encodeCursor, type MailTables, notFound } from '#platform/server'
import type { CaughtMail, CaughtMailSummary } from '../core/index.ts'

interface Attachment {
  filename: string
  contentType: string
  size: number
  /** base64 */
  content: string
}

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** Caught mail, newest first. */
export async function listCaughtMail(database: Database, { cursor, limit }: ListQuery) {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  let query = database
    .db<MailTables>()
    .selectFrom('caught_mail')
    .select(['id', 'recipient', 'subject', 'at', 'refusal', sql<number>`jsonb_array_length(attachments)`.as('attachments')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where(sql<SqlBool>`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(
      ({ id, recipient, subject, attachments, at, refusal }): CaughtMailSummary => ({
        id,
        to: recipient,
        subject,
        attachments,
        at: at.toISOString(),
        refusal,
      }),
    ),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  }
}

/** One caught mail; 404 where there is none. */
export async function getCaughtMail(database: Database, id: string): Promise<CaughtMail> {
  const row = await findMail(database, id)
  return {
    id: row.id,
    from: row.sender,
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    at: row.at.toISOString(),
    refusal: row.refusal,
    attachments: (row.attachments as Attachment[]).map(({ filename, contentType, size }, place) => ({
      filename,
      contentType,
      size,
      path: `/api/v1/mail/${row.id}/attachments/${place}`,
    })),
  }
}

/** A file that came with a caught mail; 404 where there is none. */
export async function getAttachment(database: Database, id: string, place: number): Promise<Attachment> {
  const attachment = ((await findMail(database, id)).attachments as Attachment[])[place]
  if (!attachment) throw notFound({ 'zh-CN': '附件', en: 'attachment' })
  return attachment
}

async function findMail(database: Database, id: string) {
  const row = await database.db<MailTables>().selectFrom('caught_mail').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '邮件', en: 'mail' })
  return row
}
