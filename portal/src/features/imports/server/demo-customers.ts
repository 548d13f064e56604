import { createHash } from 'node:crypto'
import { listStaff } from '#features/accounts/server'
import type { WorkbookSheet } from '#platform/core'
import type { Platform } from '#platform/server'
import { stageCustomers } from './check-customers.ts'
import { findImport } from './read-imports.ts'
import { moveImport, writeWaiting } from './write-import.ts'

/** Customers of the demo manufacturer, by sheet, as a file would bring them. Needs the ambient transaction. */
export async function seedDemoCustomers(platform: Platform, sheets: Readonly<Record<string, string[][]>>): Promise<void> {
  if (platform.config.mode !== 'demo') throw new Error('Demo customers are for demo mode only.')
  const [somebody] = await listStaff(platform, 'company.import')
  if (!somebody) return
  const text = JSON.stringify(sheets)
  const book = Object.entries(sheets).map(([name, rows]): WorkbookSheet => ({ name, rows, merges: [], unsolved: new Set() }))
  const sha256 = createHash('sha256').update(text).digest('hex')
  const importId = await stageCustomers(platform, somebody.id, {
    name: '客户名单.xlsx',
    sheets: book,
    bytes: text.length,
    sha256,
  })
  await moveImport(platform, await findImport(platform, importId), 'writing', { written_by: somebody.id })
  await writeWaiting(platform, importId)
}
