import { type SqlBool, sql } from 'kysely'
import {
  decodeCursor,
  encodeCursor,
  type KeptMail,
  type MailTables,
  notFound,
  openKeptMail,
  type Platform,
} from '#platform/server'
import type { CaughtMail, CaughtMailSummary } from '../core/index.ts'

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** Caught mail, newest first. */
export async function listCaughtMail({ database, vault }: Platform, { cursor, limit }: ListQuery) {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  let query = database
    .db<MailTables>()
    .selectFrom('caught_mail')
    .select(['id', 'content', 'at'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after) query = query.where(sql<SqlBool>`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  const rows = await query.execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await Promise.all(shown.map(async ({ content, ...row }) => summaryOf(row, await openKeptMail(vault, content)))),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  }
}

/** One caught mail; 404 where there is none. */
export async function getCaughtMail(platform: Platform, id: string): Promise<CaughtMail> {
  const { row, mail } = await findMail(platform, id)
  return {
    ...summaryOf(row, mail),
    from: mail.sender,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ filename, contentType, size }, place) => ({
      filename,
      contentType,
      size,
      path: `/api/v1/mail/${row.id}/attachments/${place}`,
    })),
  }
}

/** A file that came with a caught mail; 404 where there is none. */
export async function getAttachment(platform: Platform, id: string, place: number): Promise<KeptMail['attachments'][number]> {
  const attachment = (await findMail(platform, id)).mail.attachments[place]
  if (!attachment) throw notFound({ 'zh-CN': '附件', en: 'attachment' })
  return attachment
}

async function findMail({ database, vault }: Platform, id: string) {
  const row = await database.db<MailTables>().selectFrom('caught_mail').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '邮件', en: 'mail' })
  return { row, mail: await openKeptMail(vault, row.content) }
}

const summaryOf = ({ id, at }: { id: string; at: Date }, mail: KeptMail): CaughtMailSummary => ({
  id,
  to: mail.recipient,
  subject: mail.subject,
  attachments: mail.attachments.length,
  at: at.toISOString(),
  refusal: mail.refusal,
})
