import type { Listener } from '#platform/server'
import type { AccountTables } from './tables.ts'

/** A contact of a company who joins it with an account of his address is from then on that account. */
export const linkContact: Listener<'colleague.joined'> = {
  name: 'accounts.link-contact',
  async handle({ data: { accountId, companyId } }, { database }) {
    await database
      .db<AccountTables>()
      .updateTable('company_contact as k')
      .from('person')
      .set({ account_id: accountId })
      .where('person.id', '=', accountId)
      .where('k.company_id', '=', companyId)
      .whereRef('k.email_digest', '=', 'person.email_digest')
      .execute()
  },
}
