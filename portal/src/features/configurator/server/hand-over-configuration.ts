import type { Database } from '#platform/server'
import { unknownConfiguration } from './read-configuration.ts'
import type { ConfiguratorTables } from './tables.ts'

interface Owner {
  accountId: string | null
  companyId: string | null
}

/**
 * Gives a configuration that staff saved to whom it was made for: it stands among his own from then on. One that is his already stays as
 * it is; 404 for one of somebody else.
 */
export async function handOverConfiguration(
  database: Database,
  configurationId: string,
  { accountId, companyId }: Owner,
): Promise<void> {
  const db = database.db<ConfiguratorTables>()
  const { account_id, company_id } = await db
    .selectFrom('configuration')
    .select(['account_id', 'company_id'])
    .where('id', '=', configurationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (account_id === null && company_id === null)
    await db
      .updateTable('configuration')
      .set({ account_id: accountId, company_id: companyId })
      .where('id', '=', configurationId)
      .execute()
  else if (company_id !== companyId) throw unknownConfiguration()
}
