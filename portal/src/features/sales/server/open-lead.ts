import type { Listener } from '#platform/server'
import { sealEntry } from './lead-entries.ts'
import type { SalesReads } from './tables.ts'

/** An inquiry opens a lead; a second delivery of the event finds it open and does nothing. */
export const openLead: Listener<'inquiry.submitted'> = {
  name: 'sales.open-lead',
  async handle({ data: { inquiryId } }, platform) {
    const { database } = platform
    await database.transaction(async () => {
      const db = database.db<SalesReads>()
      const inquiry = await db
        .selectFrom('inquiry as i')
        .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
        .innerJoin('contact as k', 'k.id', 'i.contact_id')
        .select(['i.id', 'i.created_at', 'i.subject', 'c.net', 'c.currency', 'c.product_id'])
        .select(['k.name', 'k.company_name', 'k.email_digest', 'k.phone_digest'])
        .where('i.id', '=', inquiryId)
        .executeTakeFirstOrThrow()
      const lead = await db
        .insertInto('lead')
        .values({
          id: platform.newId(),
          inquiry_id: inquiry.id,
          status: 'new',
          assignee_id: null,
          net: inquiry.subject?.net ?? inquiry.net,
          currency: inquiry.subject?.currency ?? inquiry.currency ?? '',
          revision: 1,
          product_id: inquiry.product_id,
          search: [inquiry.name, inquiry.company_name].filter(Boolean).join('\n').toLowerCase(),
          email_digest: inquiry.email_digest,
          phone_digest: inquiry.phone_digest,
          created_at: inquiry.created_at,
          updated_at: inquiry.created_at,
          reminded_at: null,
          escalated_at: null,
        })
        .onConflict(conflict => conflict.column('inquiry_id').doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!lead) return
      await db
        .insertInto('lead_entry')
        .values({
          id: platform.newId(),
          lead_id: lead.id,
          kind: 'submitted',
          author_id: null,
          data: await sealEntry(platform.vault, {}),
          at: inquiry.created_at,
        })
        .execute()
      await platform.record('lead.opened', { leadId: lead.id, inquiryId })
      await platform.live.publish('leads', lead.id)
    })
  },
}
