import { companiesInUse, companiesOfImport, removeImportedCompanies } from '#features/accounts/server'
import { haveOtherDevices, importedDevicesInUse, removeImportedDevices } from '#features/devices/server'
import type { Account, ConfirmedAct, Platform } from '#platform/server'
import { importDays } from '../core/index.ts'
import { inUse, movedOn } from './failures.ts'
import { findImport } from './read-imports.ts'
import type { ImportTables } from './tables.ts'
import { moveImport } from './write-import.ts'

/** What has to be confirmed; null: nothing was written, so nothing is lost. */
export async function describeRemoval(platform: Platform, importId: string): Promise<ConfirmedAct | null> {
  const { status, file_name } = await findImport(platform, importId)
  if (status !== 'done') return null
  return {
    target: importId,
    what: {
      'zh-CN': `撤回导入“${file_name}”，删除它新建的公司、联系人和机器`,
      en: `Take back the import “${file_name}”: remove the companies, contacts and machines it made`,
    },
  }
}

/** Gives up a file that was only checked, or takes an import back as a whole. What it filled in at things that were there before stays. */
export async function removeImport(platform: Platform, actor: Account, importId: string): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const row = await findImport(platform, importId, true)
    const db = database.db<ImportTables>()
    const entry = {
      action: 'customer-import.removed',
      target: { kind: 'customer-import', id: importId },
      before: { status: row.status },
      facts: { fileName: row.file_name, sha256: row.sha256, ...row.counts },
    }
    if (row.status === 'checked') {
      await db.deleteFrom('customer_import').where('id', '=', importId).execute()
      return platform.audit.write(entry)
    }
    const since = row.written_at?.getTime() ?? 0
    if (row.status !== 'done' || since < platform.now().getTime() - importDays.done * 86_400_000) throw movedOn()
    const names = [...(await companiesInUse(database, importId)), ...(await importedDevicesInUse(database, importId))]
    if (names.length > 0) throw inUse(names)
    await removeImportedDevices(platform, importId)
    if (await haveOtherDevices(database, await companiesOfImport(database, importId), importId)) throw inUse([])
    await removeImportedCompanies(database, importId)
    await db.deleteFrom('customer_import_row').where('import_id', '=', importId).execute()
    await moveImport(platform, row, 'taken-back', { taken_back_at: platform.now() })
    await platform.record('customers.import-taken-back', { importId, by: actor.id })
    await platform.audit.write(entry)
  })
}

/** Nightly: forgets files that nobody went on with, and the rows of what was written long enough ago. */
export async function forgetOldImports({ database, now }: Platform): Promise<void> {
  const db = database.db<ImportTables>()
  const before = (days: number) => new Date(now().getTime() - days * 86_400_000)
  await db
    .deleteFrom('customer_import')
    .where('status', '=', 'checked')
    .where('declared_at', '<', before(importDays.checked))
    .execute()
  await db
    .deleteFrom('customer_import_row')
    .where('import_id', 'in', query =>
      query
        .selectFrom('customer_import')
        .select('id')
        .where('status', '=', 'done')
        .where('written_at', '<', before(importDays.done)),
    )
    .execute()
}
