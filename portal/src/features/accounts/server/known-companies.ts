import { sql } from 'kysely'
import { notFound, openFields, type Platform } from '#platform/server'
import type { CompanyRecordView } from '../core/index.ts'
import type { AccountTables } from './tables.ts'

/** What a company can be recognised by. phones and emails are digests; addresses: its people's, in plain words, for their domains only. */
export interface CompanyTraits {
  id: string
  name: string
  creditCode: string | null
  phones: string[]
  emails: string[]
  addresses: string[]
}

/** Rows that are opened at once. */
const piece = 1000

/** Every firm with what it can be recognised by. People alone are no firms. */
export async function companyTraits(platform: Platform): Promise<CompanyTraits[]> {
  const db = platform.database.db<AccountTables>()
  const companies = await db
    .selectFrom('company')
    .leftJoin('company_record', 'company_record.company_id', 'company.id')
    .select(['company.id', 'company.name', 'credit_code'])
    .where('sole', '=', false)
    .orderBy('company.id')
    .execute()
  const traits = new Map<string, CompanyTraits>(
    companies.map(({ id, name, credit_code }) => [
      id,
      { id, name, creditCode: credit_code, phones: [], emails: [], addresses: [] },
    ]),
  )
  const records = await db.selectFrom('company_record').select(['company_id', 'email', 'email_digest', 'phone_digest']).execute()
  const contacts = await db
    .selectFrom('company_contact')
    .select(['company_id', 'email', 'email_digest', 'phone_digest'])
    .execute()
  const people = await db
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select(['company_id', 'person.email', 'person.email_digest', 'person.phone_digest'])
    .where('person.email_verified', '=', true)
    .execute()
  for (const [table, rows] of [
    ['company_record', records],
    ['company_contact', contacts],
    ['person', people],
  ] as const)
    for (let at = 0; at < rows.length; at += piece) {
      const open = await Promise.all(rows.slice(at, at + piece).map(row => openFields(platform.vault, table, row, ['email'])))
      for (const { company_id, email, email_digest, phone_digest } of open) {
        const company = traits.get(company_id)
        if (email) company?.addresses.push(email)
        if (email_digest) company?.emails.push(email_digest)
        if (phone_digest) company?.phones.push(phone_digest)
      }
    }
  return [...traits.values()]
}

/** What is kept of companies and their contacts, in plain words. */
export interface CompanyRecord {
  id: string
  name: string
  creditCode: string | null
  address: string | null
  phone: string | null
  email: string | null
  notes: string | null
}

export interface CompanyContact {
  id: string
  companyId: string
  name: string
  post: string | null
  phone: string | null
  email: string | null
  notes: string | null
  /** his account in this company; null: he has none */
  accountId: string | null
}

const sealedOfRecord = ['address', 'phone', 'email', 'notes'] as const

/** The records of these companies; of one without a record, its name. */
export async function companyRecords(platform: Platform, ids: readonly string[]): Promise<CompanyRecord[]> {
  if (ids.length === 0) return []
  const rows = await platform.database
    .db<AccountTables>()
    .selectFrom('company')
    .leftJoin('company_record as r', 'r.company_id', 'company.id')
    .select(['company.id', 'company.name', 'r.credit_code', 'r.address', 'r.phone', 'r.email', 'r.notes'])
    .where(sql<boolean>`company.id = any(${ids}::uuid[])`)
    .execute()
  return Promise.all(
    rows.map(async row => {
      const { credit_code, ...rest } = await openFields(platform.vault, 'company_record', row, sealedOfRecord)
      return { ...rest, creditCode: credit_code }
    }),
  )
}

/** The contacts of these companies, in the order they came. */
export async function companyContacts(platform: Platform, ids: readonly string[]): Promise<CompanyContact[]> {
  if (ids.length === 0) return []
  const rows = await platform.database
    .db<AccountTables>()
    .selectFrom('company_contact')
    .select(['id', 'company_id', 'name', 'post', 'phone', 'email', 'notes', 'account_id'])
    .where(sql<boolean>`company_id = any(${ids}::uuid[])`)
    .orderBy('id')
    .execute()
  return Promise.all(
    rows.map(async row => {
      const { company_id, account_id, ...rest } = await openFields(platform.vault, 'company_contact', row, [
        'phone',
        'email',
        'notes',
      ])
      return { ...rest, companyId: company_id, accountId: account_id }
    }),
  )
}

/** What is known of one company. The caller has checked that the reader may see it. */
export async function getCompanyRecord(platform: Platform, companyId: string): Promise<CompanyRecordView> {
  const [record] = await companyRecords(platform, [companyId])
  if (!record) throw notFound({ 'zh-CN': '公司', en: 'company' })
  const { id, name, ...values } = record
  const contacts = await companyContacts(platform, [companyId])
  return { ...values, contacts: contacts.map(({ companyId, ...contact }) => contact) }
}
