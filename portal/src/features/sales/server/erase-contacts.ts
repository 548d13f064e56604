import { type Collected, openFields, type Platform, removeFiles, type Subject, sealFields } from '#platform/server'
import { openEntry, sealEntry } from './lead-entries.ts'
import type { SalesTables } from './tables.ts'

/** What stands for a name that was erased, in both languages since it lies in the row. */
export const erasedName = '已删除 · erased'

/** Ids of contacts who are this person: by his account, or by his address or number as he typed it. */
export async function contactsOf({ database }: Platform, subject: Subject): Promise<string[]> {
  const { accountId, emailDigest, phoneDigest } = subject
  const rows = await database
    .db<SalesTables>()
    .selectFrom('contact')
    .select('id')
    .where(eb =>
      eb.or([
        ...(accountId ? [eb('account_id', '=', accountId)] : []),
        ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        // a number alone: a firm's switchboard is many people's, so an address beside it decides
        ...(phoneDigest ? [eb.and([eb('phone_digest', '=', phoneDigest), eb('email_digest', 'is', null)])] : []),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** Contacts of leads that were won or lost, and not touched since. */
export async function contactsClosedBefore({ database }: Platform, before: Date): Promise<string[]> {
  const rows = await database
    .db<SalesTables>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .select('k.id')
    .where('l.status', 'in', ['won', 'lost'])
    .where('l.updated_at', '<', before)
    .where('k.name', '<>', erasedName)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Takes the person out of his inquiries and leads: name, company, addresses, words, files, notes and answers. Number, product, amount,
 * status and times stay, which count but tell of nobody.
 */
export async function blankContacts(platform: Platform, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return
  const { database, vault } = platform
  await database.transaction(async () => {
    const db = database.db<SalesTables>()
    const inquiries = await db.selectFrom('inquiry').select('id').where('contact_id', 'in', contactIds).execute()
    const inquiryIds = inquiries.map(({ id }) => id)
    const nothing = { email_digest: null, phone_digest: null }
    await db
      .updateTable('contact')
      .set({ name: erasedName, company_name: '', email: null, phone: null, account_id: null, company_id: null, ...nothing })
      .where('id', 'in', contactIds)
      .execute()
    if (inquiryIds.length === 0) return
    await db
      .updateTable('inquiry')
      .set({ ...(await sealFields(vault, 'inquiry', { message: '', unlisted: '' })), source: '{}' })
      .where('id', 'in', inquiryIds)
      .execute()
    const files = await db.selectFrom('inquiry_attachment').select('file_id').where('inquiry_id', 'in', inquiryIds).execute()
    await removeFiles(
      platform,
      files.map(({ file_id }) => file_id),
    )
    await db
      .updateTable('lead')
      .set({ search: '', ...nothing })
      .where('inquiry_id', 'in', inquiryIds)
      .execute()
    await db
      .updateTable('lead_entry')
      .set({ data: await sealEntry(vault, { text: erasedName, subject: erasedName }) })
      .where('kind', 'in', ['note', 'answered'])
      .where('lead_id', 'in', query => query.selectFrom('lead').select('id').where('inquiry_id', 'in', inquiryIds))
      .execute()
  })
}

/** Inquiries of these contacts with what was answered to them. Notes among colleagues are not his. */
export async function collectInquiries({ database, vault }: Platform, contactIds: readonly string[]): Promise<Collected[]> {
  if (contactIds.length === 0) return []
  const db = database.db<SalesTables>()
  const rows = await db
    .selectFrom('inquiry as i')
    .innerJoin('contact as k', 'k.id', 'i.contact_id')
    .leftJoin('lead as l', 'l.inquiry_id', 'i.id')
    .select(['k.name', 'k.company_name', 'k.email', 'k.phone', 'i.message', 'i.unlisted', 'i.source'])
    .select(['i.consent_version', 'i.consent_at', 'i.created_at', 'l.id as lead_id', 'l.number', 'l.status'])
    .where('k.id', 'in', contactIds)
    .orderBy('i.created_at')
    .execute()
  const inquiries = await Promise.all(
    rows.map(async ({ lead_id, ...row }) => ({
      ...(await openFields(vault, 'inquiry', await openFields(vault, 'contact', row, ['email', 'phone']), [
        'message',
        'unlisted',
      ])),
      answers: await answersOf(lead_id),
    })),
  )
  return [{ about: { 'zh-CN': '询价', en: 'Inquiries' }, rows: inquiries }]

  async function answersOf(leadId: string | null) {
    if (!leadId) return []
    const entries = await db
      .selectFrom('lead_entry')
      .select(['data', 'at'])
      .where('lead_id', '=', leadId)
      .where('kind', '=', 'answered')
      .execute()
    return Promise.all(entries.map(async ({ data, at }) => ({ at, ...(await openEntry(vault, data)) })))
  }
}
