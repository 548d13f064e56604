import { sql } from 'kysely'
import { normalizePhone } from '#platform/core'
import {
  type Database,
  decodeCursor,
  emailDigest,
  encodeCursor,
  notFound,
  openFields,
  type Platform,
  phoneDigest,
} from '#platform/server'
import type { CompanySummary, CompanyView } from '../core/index.ts'
import { companyRoleOf } from './people.ts'
import type { AccountTables } from './tables.ts'

type Vaulted = Pick<Platform, 'database' | 'vault'>

interface Search {
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}

/**
 * One page of companies, newest first (ids sort by time); `q` is part of their name or of a name of their people, or the whole
 * e-mail address or phone number of one.
 */
export async function listCompanies(
  { database, vault }: Vaulted,
  { q, cursor, limit }: Search,
): Promise<{ items: CompanySummary[]; nextCursor: string | null }> {
  let query = database
    .db<AccountTables>()
    .selectFrom('company')
    .select(({ selectFrom, fn }) => [
      'company.id',
      'company.name',
      'company.sole',
      'company.created_at',
      selectFrom('company_member')
        .whereRef('company_member.company_id', '=', 'company.id')
        .select(fn.countAll<number>().as('n'))
        .as('members'),
    ])
    .orderBy('company.id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('company.id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  if (q) {
    const phone = normalizePhone(q)
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(({ or, exists, selectFrom, eb }) =>
      or([
        eb('company.name', 'ilike', pattern),
        exists(
          selectFrom('company_member')
            .innerJoin('person', 'person.id', 'company_member.person_id')
            .select(sql`1`.as('one'))
            .whereRef('company_member.company_id', '=', 'company.id')
            .where(({ or, eb }) =>
              or([
                eb('person.name', 'ilike', pattern),
                eb('person.email_digest', '=', emailDigest(vault, q)),
                ...(phone ? [eb('person.phone_digest', '=', phoneDigest(vault, phone))] : []),
              ]),
            ),
        ),
        exists(
          selectFrom('company_contact as k')
            .select(sql`1`.as('one'))
            .whereRef('k.company_id', '=', 'company.id')
            .where(({ or, eb }) =>
              or([
                eb('k.name', 'ilike', pattern),
                eb('k.email_digest', '=', emailDigest(vault, q)),
                ...(phone ? [eb('k.phone_digest', '=', phoneDigest(vault, phone))] : []),
              ]),
            ),
        ),
      ]),
    )
  }
  const rows = await query.execute()
  const items = rows.slice(0, limit).map(row => ({
    id: row.id,
    name: row.name,
    sole: row.sole,
    members: Number(row.members),
    createdAt: row.created_at.toISOString(),
  }))
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: items.at(-1)!.id }) : null }
}

/** A company with its people. The caller has checked that the reader may see it. */
export async function getCompany({ database, vault }: Vaulted, companyId: string): Promise<CompanyView> {
  const db = database.db<AccountTables>()
  const company = await db.selectFrom('company').selectAll().where('id', '=', companyId).executeTakeFirst()
  if (!company) throw notFound({ 'zh-CN': '公司', en: 'company' })
  const rows = await db
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select(['person.id', 'person.name', 'person.email', 'person.phone', 'person.deactivated_at', 'company_member.role'])
    .where('company_id', '=', companyId)
    .orderBy('company_member.created_at')
    .execute()
  const people = await Promise.all(rows.map(row => openFields(vault, 'person', row, ['email', 'phone'])))
  return {
    id: company.id,
    name: company.name,
    sole: company.sole,
    revision: company.revision,
    createdAt: company.created_at.toISOString(),
    people: people.map(({ role, deactivated_at, ...person }) => ({
      ...person,
      role: companyRoleOf(role),
      deactivatedAt: deactivated_at?.toISOString() ?? null,
    })),
  }
}

/** The company a customer belongs to; null for staff and unknown ids. */
export async function companyOf(
  database: Database,
  accountId: string,
): Promise<{ id: string; name: string; sole: boolean } | null> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('company', 'company.id', 'company_member.company_id')
    .select(['company.id', 'company.name', 'company.sole'])
    .where('person_id', '=', accountId)
    .orderBy('company_member.created_at')
    .executeTakeFirst()
  return row ?? null
}

/** A company's name; null where there is none. */
export async function companyName(database: Database, companyId: string): Promise<string | null> {
  const db = database.db<AccountTables>()
  const row = await db.selectFrom('company').select('name').where('id', '=', companyId).executeTakeFirst()
  return row?.name ?? null
}

export interface KnownContact {
  companyId: string
  companyName: string
  /** null: no account, but somebody whom the manufacturer knows there */
  accountId: string | null
  accountName: string
  /** what agreed: an e-mail address, of an account a confirmed one; or a phone number its owner only stated */
  via: 'email' | 'phone'
}

/**
 * The customer who has this e-mail address (confirmed), else a contact of a company who is known to have it; failing that the same of the
 * phone number. Null where nobody has either.
 */
export async function findCompanyByContact(
  { database, vault }: Vaulted,
  contact: { email?: string | null; phone?: string | null },
): Promise<KnownContact | null> {
  const email = contact.email ? emailDigest(vault, contact.email) : null
  const byEmail =
    email && ((await findMember(database, 'email_digest', email)) ?? (await findContact(database, 'email_digest', email)))
  if (byEmail) return { ...byEmail, via: 'email' }
  const number = contact.phone ? normalizePhone(contact.phone) : null
  const phone = number && phoneDigest(vault, number)
  const byPhone =
    phone && ((await findMember(database, 'phone_digest', phone)) ?? (await findContact(database, 'phone_digest', phone)))
  return byPhone ? { ...byPhone, via: 'phone' } : null
}

const findMember = (database: Database, field: 'email_digest' | 'phone_digest', value: string) =>
  database
    .db<AccountTables>()
    .selectFrom('person')
    .innerJoin('company_member', 'company_member.person_id', 'person.id')
    .innerJoin('company', 'company.id', 'company_member.company_id')
    .select(['company.id as companyId', 'company.name as companyName', 'person.id as accountId', 'person.name as accountName'])
    .where(`person.${field}`, '=', value)
    .where('person.email_verified', '=', true)
    .orderBy('person.id')
    .executeTakeFirst()

const findContact = (database: Database, field: 'email_digest' | 'phone_digest', value: string) =>
  database
    .db<AccountTables>()
    .selectFrom('company_contact as k')
    .innerJoin('company', 'company.id', 'k.company_id')
    .select(['company.id as companyId', 'company.name as companyName', 'k.account_id as accountId', 'k.name as accountName'])
    .where(`k.${field}`, '=', value)
    .orderBy('k.id')
    .executeTakeFirst()
