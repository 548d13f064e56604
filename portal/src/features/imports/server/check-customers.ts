import { type IncomingFile, safeFileName } from '#platform/core'
import { type Account, type IncomingWorkbook, type Platform, readWorkbook } from '#platform/server'
import { declaration, type ImportView, mostRows } from '../core/index.ts'
import { withCompanies } from '../core/match-companies.ts'
import { readForm } from '../core/read-form.ts'
import { countRows, judgeImport } from './judge-import.ts'
import { getImport } from './read-imports.ts'
import { keepRows } from './staged-rows.ts'
import type { ImportTables } from './tables.ts'

/**
 * Reads a file of customers and keeps what would become of every row, sealed, until somebody writes it or a week has passed. The file
 * itself is not kept. Throws file-refused.
 */
export async function checkCustomers(platform: Platform, actor: Account, file: IncomingFile): Promise<ImportView> {
  const workbook = await readWorkbook(platform, file, { rows: mostRows + 20 })
  const id = await stageCustomers(platform, actor.id, { ...workbook, name: safeFileName(file.name, 'xlsx') })
  return (await getImport(platform, id)).value
}

/** Judges the rows of a workbook and keeps them; answers the id of the import. */
export async function stageCustomers(
  platform: Platform,
  actorId: string,
  { name, sheets, bytes, sha256 }: IncomingWorkbook & { name: string },
): Promise<string> {
  const now = platform.now()
  const { rows, findings } = readForm(sheets, now.toISOString().slice(0, 10))
  const id = platform.newId()
  await platform.database.transaction(async () => {
    const staged = await judgeImport(platform, withCompanies(rows), new Map())
    await platform.database
      .db<ImportTables>()
      .insertInto('customer_import')
      .values({
        id,
        file_name: name,
        sha256,
        bytes,
        status: 'checked',
        findings: JSON.stringify(findings),
        counts: JSON.stringify(countRows(staged)),
        declared_by: actorId,
        declaration_version: declaration.version,
        declared_at: now,
        revision: 1,
        written_by: null,
        written_at: null,
        taken_back_at: null,
      })
      .execute()
    await keepRows(platform, id, staged)
    await platform.audit.write({
      action: 'customer-import.checked',
      target: { kind: 'customer-import', id },
      facts: { fileName: name, sha256, bytes, rows: rows.length, declaration: declaration.version },
    })
  })
  return id
}
