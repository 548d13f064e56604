import { type Account, changedMeanwhile, type Platform } from '#platform/server'
import type { CompanyView } from '../core/index.ts'
import { getCompany } from './companies.ts'
import { holdCompany } from './company-hold.ts'
import type { AccountTables } from './tables.ts'

interface Change {
  companyId: string
  name: string
  /** the revision that was seen */
  revision: string
}

/** Renames a company. A company of one becomes a firm by it, which people can be invited into. */
export async function changeCompany(
  platform: Platform,
  actor: Account,
  { companyId, name, revision }: Change,
): Promise<CompanyView> {
  return platform.database.transaction(async () => {
    const before = await holdCompany(platform, actor, companyId)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    await platform.database
      .db<AccountTables>()
      .updateTable('company')
      .set({ name, sole: false, revision: before.revision + 1 })
      .where('id', '=', companyId)
      .execute()
    await platform.record('company.renamed', { companyId, by: actor.id })
    await platform.audit.write({
      action: 'company.renamed',
      target: { kind: 'company', id: companyId },
      before: { sole: before.sole },
      after: { sole: false },
      personal: [{ subjectId: actor.id, values: { before: { name: before.name }, after: { name } } }],
    })
    return getCompany(platform, companyId)
  })
}
