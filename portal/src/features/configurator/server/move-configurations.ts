import type { Listener } from '#platform/server'
import type { ConfiguratorTables } from './tables.ts'

/** What somebody saved while he was a company of one goes with him into the company he joins. */
export const moveConfigurations: Listener<'colleague.joined'> = {
  name: 'configurator.move-configurations',
  async handle({ data: { from, companyId } }, { database }) {
    if (from === null) return
    const db = database.db<ConfiguratorTables>()
    await db.updateTable('configuration').set({ company_id: companyId }).where('company_id', '=', from).execute()
  },
}
