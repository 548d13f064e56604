import { personNames } from '#features/accounts/server'
import { decodeCursor, encodeCursor, notFound, type Platform } from '#platform/server'
import { type ImportRowView, type ImportView, importDays, type SheetKind, type Verdict } from '../core/index.ts'
import { openRow } from './staged-rows.ts'
import type { ImportRow, ImportTables } from './tables.ts'

/** Imports, newest first. */
export async function listImports(platform: Platform): Promise<{ items: ImportView[] }> {
  const rows = await platform.database
    .db<ImportTables>()
    .selectFrom('customer_import')
    .selectAll()
    .orderBy('declared_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return { items: await viewAll(platform, rows) }
}

export async function getImport(platform: Platform, importId: string): Promise<{ value: ImportView; etag: string }> {
  return tagged(platform, await findImport(platform, importId))
}

/** The import as callers see it, with the version an edit has to name. */
export async function tagged(platform: Platform, row: ImportRow): Promise<{ value: ImportView; etag: string }> {
  const [value] = await viewAll(platform, [row])
  return { value: value!, etag: String(row.revision) }
}

/** lock: until the transaction ends nobody else moves it */
export async function findImport({ database }: Platform, importId: string, lock = false): Promise<ImportRow> {
  const row = await database
    .db<ImportTables>()
    .selectFrom('customer_import')
    .selectAll()
    .where('id', '=', importId)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '导入', en: 'import' })
  return row
}

async function viewAll(platform: Platform, rows: readonly ImportRow[]): Promise<ImportView[]> {
  const names = await personNames(
    platform.database,
    rows.map(row => row.declared_by),
  )
  const rowsAreThere = platform.now().getTime() - importDays.done * 86_400_000
  return rows.map(row => ({
    id: row.id,
    fileName: row.file_name,
    sha256: row.sha256,
    bytes: row.bytes,
    status: row.status,
    findings: row.findings,
    counts: row.counts as ImportView['counts'],
    declaredBy: { id: row.declared_by, name: names.get(row.declared_by) ?? '' },
    declaredAt: row.declared_at.toISOString(),
    writtenAt: row.written_at?.toISOString() ?? null,
    canTakeBack: row.status === 'done' && row.written_at !== null && row.written_at.getTime() > rowsAreThere,
    revision: row.revision,
  }))
}

interface Wish {
  verdict?: Verdict | undefined
  kind?: SheetKind | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of its rows, in the order of the file. */
export async function listImportRows(
  platform: Platform,
  importId: string,
  { verdict, kind, cursor, limit }: Wish,
): Promise<{ items: ImportRowView[]; nextCursor: string | null }> {
  await findImport(platform, importId)
  let query = platform.database
    .db<ImportTables>()
    .selectFrom('customer_import_row')
    .select(['place', 'content', 'decision'])
    .where('import_id', '=', importId)
    .orderBy('place')
    .limit(limit + 1)
  if (verdict) query = query.where('verdict', '=', verdict)
  if (kind) query = query.where('kind', '=', kind)
  if (cursor) query = query.where('place', '>', decodeCursor<{ place: number }>(cursor, { place: 'number' }).place)
  const rows = await query.execute()
  const items = await Promise.all(
    rows.slice(0, limit).map(async ({ place, ...row }): Promise<ImportRowView> => {
      const { file, judged, candidates, decision } = await openRow(platform, row)
      const { kind, sheet, values } = file
      const { verdict, findings, fills, differs } = judged
      return JSON.parse(
        JSON.stringify({ place, kind, verdict, sheet, row: file.row, values, findings, candidates, decision, fills, differs }),
      )
    }),
  )
  return { items, nextCursor: rows.length > limit ? encodeCursor({ place: items.at(-1)!.place }) : null }
}
