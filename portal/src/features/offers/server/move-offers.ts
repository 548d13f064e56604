import type { Listener } from '#platform/server'
import type { OfferTables } from './tables.ts'

/** What somebody was offered while he was a company of one belongs to the company he joins. */
export const moveOffers: Listener<'colleague.joined'> = {
  name: 'offers.move-offers',
  async handle({ data: { from, companyId } }, { database }) {
    if (from === null) return
    await database.db<OfferTables>().updateTable('offer').set({ company_id: companyId }).where('company_id', '=', from).execute()
  },
}
