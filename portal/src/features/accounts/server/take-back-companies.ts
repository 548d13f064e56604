import { sql } from 'kysely'
import type { Database } from '#platform/server'
import type { AccountTables } from './tables.ts'

/**
 * Names of firms of an import that something else has come to depend on: people, invitations, contacts with an account or of another
 * source. At most ten.
 */
export async function companiesInUse({ db }: Database, importId: string): Promise<string[]> {
  const rows = await db<AccountTables>()
    .selectFrom('company')
    .innerJoin('company_record as r', 'r.company_id', 'company.id')
    .select('company.name')
    .where('r.import_id', '=', importId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('company.revision', '>', 1),
        exists(selectFrom('company_member as m').select('m.id').whereRef('m.company_id', '=', 'company.id')),
        exists(selectFrom('company_invitation as i').select('i.id').whereRef('i.company_id', '=', 'company.id')),
        exists(
          selectFrom('company_contact as k')
            .select('k.id')
            .whereRef('k.company_id', '=', 'company.id')
            .where(sql<boolean>`k.import_id is distinct from ${importId}`),
        ),
      ]),
    )
    .limit(10)
    .execute()
  const linked = await db<AccountTables>()
    .selectFrom('company_contact as k')
    .innerJoin('company', 'company.id', 'k.company_id')
    .innerJoin('company_record as r', 'r.company_id', 'company.id')
    .select('company.name')
    .where('r.import_id', '=', importId)
    .where('k.account_id', 'is not', null)
    .limit(10)
    .execute()
  return [...new Set([...rows, ...linked].map(({ name }) => name))]
}

/** Ids of the firms an import made. */
export async function companiesOfImport({ db }: Database, importId: string): Promise<string[]> {
  const rows = await db<AccountTables>()
    .selectFrom('company_record')
    .select('company_id')
    .where('import_id', '=', importId)
    .execute()
  return rows.map(({ company_id }) => company_id)
}

/** Removes the firms and contacts that an import made. Nothing may depend on them: see `companiesInUse`. */
export async function removeImportedCompanies({ db }: Database, importId: string): Promise<void> {
  await db<AccountTables>().deleteFrom('company_contact').where('import_id', '=', importId).execute()
  await db<AccountTables>()
    .deleteFrom('company')
    .where('id', 'in', query => query.selectFrom('company_record').select('company_id').where('import_id', '=', importId))
    .execute()
}
