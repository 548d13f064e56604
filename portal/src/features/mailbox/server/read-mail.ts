import { type KeptMail, type MailTables, notFound, openKeptMail, type Platform, type Sealed, type Vault } from '#platform/server'
import type { CaughtMail, CaughtMailSummary } from '../core/index.ts'

/** A file that came with a caught mail; 404 where there is none. */
export async function getAttachment(platform: Platform, id: string, place: number): Promise<KeptMail['attachments'][number]> {
  const attachment = (await findMail(platform, id)).mail.attachments[place]
  if (!attachment) throw notFound({ 'zh-CN': '附件', en: 'attachment' })
  return attachment
}

interface FoundMail {
  row: { id: string; at: Date; waiting: boolean }
  mail: KeptMail
}

/** One caught mail; 404 where there is none. */
export async function findMail({ database, vault }: Platform, id: string): Promise<FoundMail> {
  const row = await database.db<MailTables>().selectFrom('caught_mail').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '邮件', en: 'mail' })
  return { row, mail: await openKeptMail(vault, row.content) }
}

export const openMail = async (
  vault: Vault,
  row: { id: string; content: Sealed; at: Date; waiting: boolean },
): Promise<CaughtMailSummary> => summaryOf(row, await openKeptMail(vault, row.content))

export const viewMail = ({ row, mail }: FoundMail): CaughtMail => ({
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
})

const summaryOf = ({ id, at, waiting }: FoundMail['row'], mail: KeptMail): CaughtMailSummary => ({
  id,
  kind: 'mail',
  to: mail.recipient,
  subject: mail.subject,
  attachments: mail.attachments.length,
  at: at.toISOString(),
  refusal: mail.refusal,
  waiting,
})
