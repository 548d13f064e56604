import type { PersonalData, Platform, Subject } from '#platform/server'
import type { PackageTables } from './tables.ts'

const words = 'words of the manufacturer about what he sells'
const code = 'a word from a fixed list'
const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'service_package',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: {
        [words]: ['name_zh', 'name_en', 'description_zh', 'description_en'],
        [code]: ['rights', 'currency'],
        'ids of types of machines': ['type_ids'],
      },
    },
    {
      table: 'entitlement',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [code]: ['kind', 'rights', 'currency', 'ending'] },
    },
  ],
  erase: (platform, { accountId }) => (accountId ? forget(platform, accountId) : Promise.resolve()),
}

/** What the company has stays; who asked for it and who granted it does not. */
async function forget({ database }: Platform, accountId: NonNullable<Subject['accountId']>): Promise<void> {
  const db = database.db<PackageTables>()
  await db.updateTable('entitlement').set({ requested_by: null }).where('requested_by', '=', accountId).execute()
  await db.updateTable('entitlement').set({ granted_by: null }).where('granted_by', '=', accountId).execute()
}
