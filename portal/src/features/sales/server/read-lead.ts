import { sql } from 'kysely'
import { companyName, findCompanyByContact, personNames } from '#features/accounts/server'
import { type Database, notFound, openFields, type Platform } from '#platform/server'
import { type LeadDetail, leadTransitions } from '../core/index.ts'
import { inquiryAttachments } from './attachments.ts'
import { openEntry } from './lead-entries.ts'
import { type SalesReads, type SalesTables, subjectNameIn } from './tables.ts'

/** A lead as its page shows it: contact, configuration link, likely duplicates, timeline. */
export async function readLead(platform: Platform, leadId: string): Promise<LeadDetail> {
  const { database, vault } = platform
  const row = await database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .leftJoin('model_version as v', 'v.id', 'c.model_version_id')
    .select([
      'l.id',
      'l.number',
      'l.status',
      'l.assignee_id',
      'l.net',
      'l.currency',
      'l.revision',
      'l.created_at',
      'l.updated_at',
    ])
    .select([
      'i.message',
      'i.unlisted',
      'i.call_back',
      'i.consent_version',
      'i.consent_at',
      'i.source',
      'i.subject',
      'i.id as inquiry_id',
      'i.token as inquiry_token',
    ])
    .select(['k.name', 'k.company_name', 'k.email', 'k.phone', 'k.language', 'k.company_id', 'c.token as configuration_token'])
    .select(['k.email_digest', 'k.phone_digest'])
    .select(subjectNameIn('i', 'v'))
    .where('l.id', '=', leadId)
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '线索', en: 'lead' })

  const contact = await openFields(vault, 'contact', row, ['email', 'phone'])
  const { message, unlisted } = await openFields(vault, 'inquiry', row, ['message', 'unlisted'])

  const entries = await database
    .db<SalesTables>()
    .selectFrom('lead_entry')
    .selectAll()
    .where('lead_id', '=', leadId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const names = await personNames(
    database,
    [row.assignee_id, ...entries.map(entry => entry.author_id)].filter(id => id !== null),
  )
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' })
  const company = row.company_id ? await companyName(database, row.company_id) : null
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    revision: row.revision,
    moves: [...leadTransitions[row.status]],
    productName: row.product_name,
    contactName: row.name,
    companyName: row.company_name,
    net: row.net,
    currency: row.currency,
    source: row.source,
    callBack: row.call_back,
    assignee: person(row.assignee_id),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    contact: {
      name: row.name,
      company: row.company_name,
      email: contact.email ?? '',
      phone: contact.phone ?? '',
      language: row.language,
    },
    message,
    unlisted,
    attachments: await inquiryAttachments(platform, row.inquiry_id),
    consent: { version: row.consent_version, at: row.consent_at.toISOString() },
    inquiryToken: row.inquiry_token,
    configurationToken: row.configuration_token,
    subject: row.subject,
    company: row.company_id && company !== null ? { id: row.company_id, name: company } : null,
    knownCustomer: row.company_id ? null : await knownCustomer(platform, contact),
    related: await relatedLeads(database, leadId, row),
    entries: await Promise.all(
      entries.map(async entry => ({
        id: entry.id,
        kind: entry.kind,
        at: entry.at.toISOString(),
        author: person(entry.author_id),
        data: await openEntry(vault, entry.data),
      })),
    ),
  }
}

async function knownCustomer(
  platform: Platform,
  contact: { email: string | null; phone: string | null },
): Promise<LeadDetail['knownCustomer']> {
  const known = await findCompanyByContact(platform, contact)
  return known && { companyId: known.companyId, companyName: known.companyName, accountName: known.accountName, same: known.via }
}

interface Likeness {
  email_digest: string | null
  phone_digest: string | null
  company_name: string
  company_id: string | null
}

/** Other leads of what is likely the same customer, newest first, twenty at most. */
async function relatedLeads(database: Database, leadId: string, of: Likeness): Promise<LeadDetail['related']> {
  const email = sql<boolean>`k.email_digest = ${of.email_digest}`
  const phone = sql<boolean>`k.phone_digest = ${of.phone_digest}`
  const company = sql<boolean>`(k.company_id = ${of.company_id} or (k.company_name <> '' and lower(k.company_name) = lower(${of.company_name})))`
  const rows = await database
    .db<SalesTables>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .select(['l.id', 'l.number', 'l.status', 'l.created_at', 'k.name', 'k.company_name'])
    .select([email.as('same_email'), phone.as('same_phone'), company.as('same_company')])
    .where('l.id', '<>', leadId)
    .where(eb => eb.or([email, phone, company]))
    .orderBy('l.created_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(row => ({
    id: row.id,
    number: row.number,
    status: row.status,
    contactName: row.name,
    companyName: row.company_name,
    createdAt: row.created_at.toISOString(),
    same: [
      ...(row.same_email ? (['email'] as const) : []),
      ...(row.same_phone ? (['phone'] as const) : []),
      ...(row.same_company ? (['company'] as const) : []),
    ],
  }))
}
