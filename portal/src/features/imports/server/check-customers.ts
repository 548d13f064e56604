import { type IncomingFile, safeFileName } from '#platform/core'
import { type Account, type Platform, readWorkbook } from '#platform/server'
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
  const { sheets, bytes, sha256 } = await readWorkbook(platform, file, { rows: mostRows + 20 })
  const now = platform.now()
  const { rows, findings } = readForm(sheets, now.toISOString().slice(0, 10))
  const id = platform.newId()
  await platform.database.transaction(async () => {
    const staged = await judgeImport(platform, withCompanies(rows), new Map())
    const counts = countRows(staged)
    await platform.database
      .db<ImportTables>()
      .insertInto('customer_import')
      .values({
        id,
        file_name: safeFileName(file.name, 'xlsx'),
        sha256,
        bytes,
        status: 'checked',
        findings: JSON.stringify(findings),
        counts: JSON.stringify(counts),
        declared_by: actor.id,
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
      facts: { fileName: safeFileName(file.name, 'xlsx'), sha256, bytes, rows: rows.length, declaration: declaration.version },
    })
  })
  return (await getImport(platform, id)).value
}
