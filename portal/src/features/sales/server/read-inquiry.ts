import { notFound, openFields, type Platform } from '#platform/server'
import type { InquiryStatus, InquirySubject } from '../core/index.ts'
import { inquiryAttachments } from './attachments.ts'
import { lastReturned } from './last-returned.ts'
import type { SalesReads } from './tables.ts'

/** The visitor's own page of his inquiry, by the token of its link. Contact data is masked, since a link may be passed on. */
export async function readInquiry(platform: Platform, token: string) {
  const { database, vault } = platform
  const row = await database
    .db<SalesReads>()
    .selectFrom('inquiry as i')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .leftJoin('lead as l', 'l.inquiry_id', 'i.id')
    .select([
      'i.id',
      'i.token',
      'i.created_at',
      'i.message',
      'i.unlisted',
      'i.call_back',
      'i.subject',
      'k.name',
      'k.email',
      'k.phone',
      'c.token as configuration_token',
      'l.status',
    ])
    .where('i.token', '=', token)
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '询价', en: 'inquiry' })
  const contact = await openFields(vault, 'contact', row, ['email', 'phone'])
  const { message, unlisted } = await openFields(vault, 'inquiry', row, ['message', 'unlisted'])
  const returned = await lastReturned(platform, row.id)
  return {
    token: row.token,
    configurationToken: row.configuration_token,
    subject: row.subject && shown(row.subject),
    createdAt: row.created_at.toISOString(),
    status: visitorStatus(row.status),
    contact: { name: maskName(row.name), email: maskEmail(contact.email ?? ''), phone: maskPhone(contact.phone ?? '') },
    message,
    unlisted,
    callBack: row.call_back,
    returned: returned && { ...returned, at: returned.at.toISOString() },
    attachments: await inquiryAttachments(platform, row.id),
  }
}

/** Where staff deal with it is theirs. */
const shown = ({ deskPath, ...subject }: InquirySubject) => subject

export function visitorStatus(status: string | null): InquiryStatus {
  if (status === null || status === 'new') return 'received'
  return status === 'won' || status === 'lost' ? 'closed' : 'answered'
}

const maskName = (name: string): string => (name ? `${[...name][0]}${'*'.repeat(Math.min(3, [...name].length - 1))}` : '')
const maskEmail = (email: string): string => email.replace(/^(.).*(@.*)$/, '$1***$2')
const maskPhone = (phone: string): string => phone.replace(/^(.{3,6}).*(.{3})$/, '$1****$2')
