import { writeXlsx } from 'hucre/xlsx'
import { declaration } from '#features/imports/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const importsCalls: Record<string, Call> = {
  'imports.getImportTemplate': none,
  'imports.checkCustomers': {
    call: async () => ({ query: { declaration: declaration.version }, file: await aWorkbook() }),
  },
  'imports.listImports': none,
  'imports.getImport': { call: async world => ({ params: await newImport(world) }) },
  'imports.listImportRows': { call: async world => ({ params: await newImport(world) }) },
  'imports.decideDuplicates': {
    call: async world => ({ params: await newImport(world), body: { all: 'same' }, ifMatch: '"1"' }),
  },
  'imports.writeImport': { call: async world => ({ params: await newImport(world), ifMatch: '"1"' }) },
  'imports.getImportReport': { call: async world => ({ params: await newImport(world) }) },
  'imports.removeImport': { call: async world => ({ params: await newImport(world) }) },
}

const aWorkbook = async () =>
  new Uint8Array(await writeXlsx({ sheets: [{ name: 'Companies', rows: [['Company name'], ['Example Tools']] }] }))

/** A file that was checked, as its row: reading a workbook for each visitor would take long. */
async function newImport({ database, platform, own }: World): Promise<{ importId: string }> {
  const importId = platform.newId()
  await database.pool.query(
    `insert into customer_import (id, file_name, sha256, bytes, status, findings, counts, declared_by, declaration_version, declared_at, revision)
    values ($1, 'customers.xlsx', '', 1, 'checked', '[]', '{"company": {"new": 1}}', $2, $3, now(), 1)`,
    [importId, own.admin.id, declaration.version],
  )
  return { importId }
}
