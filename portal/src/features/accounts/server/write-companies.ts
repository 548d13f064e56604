import { sql } from 'kysely'
import { emailDigest, type Platform, phoneDigest, sealFields } from '#platform/server'
import type { AccountTables } from './tables.ts'

/** Fields of a company's record, in plain words; null: not known. */
export interface RecordValues {
  creditCode: string | null
  address: string | null
  /** E.164 */
  phone: string | null
  email: string | null
  notes: string | null
}

export interface NewCompany extends RecordValues {
  id: string
  name: string
}

export interface ContactValues {
  name: string
  post: string | null
  /** E.164 */
  phone: string | null
  email: string | null
  notes: string | null
}

export interface NewContact extends ContactValues {
  id: string
  companyId: string
}

/** Rows of one statement. */
const piece = 500

/** Makes firms without anybody who can sign in, in the ambient transaction. The account library makes companies only with somebody in them. */
export async function writeCompanies(platform: Platform, companies: readonly NewCompany[], importId: string): Promise<void> {
  const db = platform.database.db<AccountTables>()
  const now = platform.now()
  for (const some of inPieces(companies)) {
    await db
      .insertInto('company')
      .values(some.map(({ id, name }) => ({ id, name, slug: platform.newId(), sole: false, revision: 1, created_at: now })))
      .execute()
    const records = await Promise.all(
      some.map(async ({ id, ...values }) => ({
        ...(await recordRow(platform, values)),
        company_id: id,
        import_id: importId,
        updated_at: now,
      })),
    )
    await db.insertInto('company_record').values(records).execute()
  }
}

/** Fills what is blank in the records of firms; what is there stays, also where it was written meanwhile. */
export async function fillCompanies(platform: Platform, fills: readonly ({ id: string } & RecordValues)[]): Promise<void> {
  const db = platform.database.db<AccountTables>()
  for (const some of inPieces(fills)) {
    const rows = await Promise.all(
      some.map(async ({ id, ...values }) => ({
        ...(await recordRow(platform, values)),
        company_id: id,
        import_id: null,
        updated_at: platform.now(),
      })),
    )
    await db
      .insertInto('company_record')
      .values(rows)
      .onConflict(there =>
        there.column('company_id').doUpdateSet(eb => ({
          credit_code: eb.fn.coalesce('company_record.credit_code', 'excluded.credit_code'),
          address: eb.fn.coalesce('company_record.address', 'excluded.address'),
          phone: eb.fn.coalesce('company_record.phone', 'excluded.phone'),
          phone_digest: eb.fn.coalesce('company_record.phone_digest', 'excluded.phone_digest'),
          email: eb.fn.coalesce('company_record.email', 'excluded.email'),
          email_digest: eb.fn.coalesce('company_record.email_digest', 'excluded.email_digest'),
          notes: eb.fn.coalesce('company_record.notes', 'excluded.notes'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .execute()
  }
}

/** Writes people of firms, each with his account there where he has one. */
export async function writeContacts(platform: Platform, contacts: readonly NewContact[], importId: string): Promise<void> {
  const db = platform.database.db<AccountTables>()
  for (const some of inPieces(contacts)) {
    const rows = await Promise.all(
      some.map(async ({ id, companyId, ...values }) => ({
        ...(await contactRow(platform, values)),
        id,
        company_id: companyId,
        account_id: null,
        import_id: importId,
        created_at: platform.now(),
      })),
    )
    await db.insertInto('company_contact').values(rows).execute()
  }
  await db
    .updateTable('company_contact as k')
    .from('company_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .set(eb => ({ account_id: eb.ref('p.id') }))
    .where('k.import_id', '=', importId)
    .whereRef('m.company_id', '=', 'k.company_id')
    .whereRef('p.email_digest', '=', 'k.email_digest')
    .where('p.email_verified', '=', true)
    .execute()
}

/** Fills what is blank of contacts. */
export async function fillContacts(
  platform: Platform,
  fills: readonly ({ id: string } & Omit<ContactValues, 'name'>)[],
): Promise<void> {
  const db = platform.database.db<AccountTables>()
  for (const { id, ...values } of fills) {
    const row = await contactRow(platform, { name: '', ...values })
    await db
      .updateTable('company_contact')
      .set({
        post: sql`coalesce(post, ${row.post})`,
        phone: sql`coalesce(phone, ${row.phone})`,
        phone_digest: sql`coalesce(phone_digest, ${row.phone_digest})`,
        email: sql`coalesce(email, ${row.email})`,
        email_digest: sql`coalesce(email_digest, ${row.email_digest})`,
        notes: sql`coalesce(notes, ${row.notes})`,
      })
      .where('id', '=', id)
      .execute()
  }
}

async function recordRow({ vault }: Platform, { creditCode, address, phone, email, notes }: RecordValues) {
  return {
    credit_code: creditCode,
    ...(await sealFields(vault, 'company_record', { address, phone, email, notes })),
    phone_digest: phone && phoneDigest(vault, phone),
    email_digest: email && emailDigest(vault, email),
  }
}

async function contactRow({ vault }: Platform, { name, post, phone, email, notes }: ContactValues) {
  return {
    name,
    post,
    ...(await sealFields(vault, 'company_contact', { phone, email, notes })),
    phone_digest: phone && phoneDigest(vault, phone),
    email_digest: email && emailDigest(vault, email),
  }
}

function* inPieces<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += piece) yield items.slice(at, at + piece)
}
