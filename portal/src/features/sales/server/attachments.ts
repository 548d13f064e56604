import type { FileAnswer } from '#platform/core'
import {
  type Account,
  attachFiles,
  findFiles,
  notFound,
  openFile,
  type Platform,
  type RequestContext,
  type StoredFile,
} from '#platform/server'
import type { SalesTables } from './tables.ts'

/** What uploads for inquiries are kept as; nothing else can be made of them. */
export const attachmentPurpose = 'inquiry'

/** Makes uploads part of an inquiry, in the transaction that makes the inquiry. Throws at the field of a token that opens nothing. */
export async function attachToInquiry(platform: Platform, inquiryId: string, tokens: readonly string[]): Promise<void> {
  const files = await attachFiles(platform, tokens, attachmentPurpose, '/attachments')
  if (files.length === 0) return
  await platform.database
    .db<SalesTables>()
    .insertInto('inquiry_attachment')
    .values(files.map(({ id }, place) => ({ inquiry_id: inquiryId, file_id: id, place })))
    .execute()
}

/** The files of an inquiry, in the order in which they were chosen. */
export async function inquiryAttachments(platform: Platform, inquiryId: string): Promise<StoredFile[]> {
  const rows = await platform.database
    .db<SalesTables>()
    .selectFrom('inquiry_attachment')
    .select('file_id')
    .where('inquiry_id', '=', inquiryId)
    .orderBy('place')
    .execute()
  const files = await findFiles(
    platform,
    rows.map(row => row.file_id),
  )
  return rows.flatMap(row => files.get(row.file_id) ?? [])
}

/** For whoever has the link of the inquiry. 404 for a file of another one. */
export async function openInquiryAttachment(
  platform: Platform,
  token: string,
  fileId: string,
  preview: boolean,
): Promise<FileAnswer> {
  const attachment = await findAttachment(platform, fileId)
  if (attachment?.token !== token) throw noSuchAttachment()
  return openFile(platform, fileId, preview ? 'preview' : 'whole')
}

/** For staff who read leads, whose downloads are noted, and for the people of the company that sent it. 404 for anybody else. */
export async function openAttachment(context: RequestContext, fileId: string, preview: boolean): Promise<FileAnswer> {
  const { platform, account } = context
  const attachment = await findAttachment(platform, fileId)
  if (!attachment) throw noSuchAttachment()
  const staff = context.may('lead.read')
  if (!staff && !isOfCompany(account, attachment.company_id)) throw noSuchAttachment()
  const file = await openFile(platform, fileId, preview ? 'preview' : 'whole')
  if (staff && !preview) {
    const target = { kind: 'inquiry', id: attachment.inquiry_id }
    await platform.audit.write({ action: 'attachment.downloaded', target, facts: { fileId } })
  }
  return file
}

const isOfCompany = (account: Account | null, companyId: string | null) =>
  account?.kind === 'customer' && companyId !== null && account.companyId === companyId

const findAttachment = ({ database }: Platform, fileId: string) =>
  database
    .db<SalesTables>()
    .selectFrom('inquiry_attachment as a')
    .innerJoin('inquiry as i', 'i.id', 'a.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .select(['a.inquiry_id', 'i.token', 'k.company_id'])
    .where('a.file_id', '=', fileId)
    .executeTakeFirst()

const noSuchAttachment = () => notFound({ 'zh-CN': '附件', en: 'attachment' })
