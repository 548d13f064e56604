import type { Language } from '#platform/core'
import { notFound, openFields, type Platform } from '#platform/server'
import type { SalesReads } from './tables.ts'

/** What an offer is made from: who asked, and for which configuration. */
export interface LeadForOffer {
  leadId: string
  number: number
  /** null: it is about something else */
  configurationToken: string | null
  name: string
  company: string
  email: string | null
  /** E.164 */
  phone: string | null
  language: Language
  emailDigest: string | null
  phoneDigest: string | null
  accountId: string | null
  companyId: string | null
}

/** 404 where there is no such lead. */
export async function leadForOffer({ database, vault, languages }: Platform, leadId: string): Promise<LeadForOffer> {
  const row = await database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .select(['l.id', 'l.number', 'c.token', 'k.name', 'k.company_name', 'k.email', 'k.phone', 'k.language'])
    .select(['k.email_digest', 'k.phone_digest', 'k.account_id', 'k.company_id'])
    .where('l.id', '=', leadId)
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '线索', en: 'lead' })
  const { email, phone } = await openFields(vault, 'contact', row, ['email', 'phone'])
  return {
    leadId: row.id,
    number: row.number,
    configurationToken: row.token,
    name: row.name,
    company: row.company_name,
    email,
    phone,
    language: languages.writtenIn(row.language),
    emailDigest: row.email_digest,
    phoneDigest: row.phone_digest,
    accountId: row.account_id,
    companyId: row.company_id,
  }
}

/** Id of the lead that an inquiry has opened, by the token of its link; null where none has been opened yet. */
export async function leadOfInquiry({ database }: Platform, token: string): Promise<string | null> {
  const row = await database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .select('l.id')
    .where('i.token', '=', token)
    .executeTakeFirst()
  return row?.id ?? null
}
