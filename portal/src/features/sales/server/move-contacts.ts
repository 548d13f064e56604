import type { Listener } from '#platform/server'
import type { SalesReads } from './tables.ts'

/** What somebody asked while he was a company of one belongs to the company he joins, with its files. */
export const moveContacts: Listener<'colleague.joined'> = {
  name: 'sales.move-contacts',
  async handle({ data: { from, companyId } }, { database }) {
    if (from === null) return
    const db = database.db<SalesReads>()
    await db.updateTable('contact').set({ company_id: companyId }).where('company_id', '=', from).execute()
  },
}
