import { type Collected, openFields, type Platform, type Subject } from '#platform/server'
import type { AccountTables } from './tables.ts'

/** Contacts who are this person: by account or address; by number alone only where no address speaks for somebody else. */
async function contactsOf({ database }: Platform, { accountId, emailDigest, phoneDigest }: Subject) {
  return database
    .db<AccountTables>()
    .selectFrom('company_contact')
    .innerJoin('company', 'company.id', 'company_contact.company_id')
    .select(['company_contact.id', 'company.name as company', 'company_contact.name', 'post', 'email', 'phone', 'notes'])
    .select('company_contact.created_at')
    .where(eb =>
      eb.or([
        ...(accountId ? [eb('account_id', '=', accountId)] : []),
        ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        ...(phoneDigest ? [eb.and([eb('phone_digest', '=', phoneDigest), eb('email_digest', 'is', null)])] : []),
      ]),
    )
    .execute()
}

/** What is kept of somebody as a contact of companies. */
export async function collectContacts(platform: Platform, subject: Subject): Promise<Collected[]> {
  const rows = await contactsOf(platform, subject)
  if (rows.length === 0) return []
  const open = await Promise.all(
    rows.map(async ({ id, ...row }) => openFields(platform.vault, 'company_contact', row, ['email', 'phone', 'notes'])),
  )
  return [{ about: { 'zh-CN': '客户公司的联系人', en: 'Contact at a company' }, rows: open }]
}

/** Takes somebody out of the contacts, and his address and number out of what is kept of a company. */
export async function eraseContacts(platform: Platform, subject: Subject): Promise<void> {
  const db = platform.database.db<AccountTables>()
  const ids = (await contactsOf(platform, subject)).map(({ id }) => id)
  if (ids.length > 0) await db.deleteFrom('company_contact').where('id', 'in', ids).execute()
  const { emailDigest, phoneDigest } = subject
  if (emailDigest)
    await db
      .updateTable('company_record')
      .set({ email: null, email_digest: null })
      .where('email_digest', '=', emailDigest)
      .execute()
  if (phoneDigest)
    await db
      .updateTable('company_record')
      .set({ phone: null, phone_digest: null })
      .where('phone_digest', '=', phoneDigest)
      .where('email_digest', 'is', null)
      .execute()
}
