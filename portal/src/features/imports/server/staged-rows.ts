import { emailDigest, type Platform, phoneDigest } from '#platform/server'
import type { Judged } from '../core/judge-rows.ts'
import type { Decision } from '../core/match-companies.ts'
import type { FileRow } from '../core/read-form.ts'
import type { LikenessReason } from '../core/same-company.ts'
import type { ImportTables } from './tables.ts'

export interface Candidate {
  target: string
  name: string
  strength: 'certain' | 'likely'
  reasons: readonly LikenessReason[]
}

/** A row of a file as it waits: what was read, what becomes of it, and what a person has said. */
export interface StagedRow {
  file: FileRow
  judged: Judged
  candidates: readonly Candidate[]
  decision: Decision | null
}

/** Stands where a row was erased with the person it told of, so that the others keep their places. */
export const erasedRow: FileRow = { kind: 'contact', sheet: '', row: 0, values: {}, findings: [] }
export const isErased = ({ file }: StagedRow): boolean => file.row === erasedRow.row

const column = 'customer_import_row.content'

/** Rows of one statement, and opened at once. */
const piece = 1000

/** Keeps the rows of an import, in place of those that were there. Rows that did not change are left alone. */
export async function keepRows(
  platform: Platform,
  importId: string,
  rows: readonly StagedRow[],
  before: readonly StagedRow[] = [],
): Promise<void> {
  const { database, vault } = platform
  const changed = rows.flatMap((row, place) =>
    isErased(row) || JSON.stringify(before[place]) === JSON.stringify(row) ? [] : [{ row, place }],
  )
  for (let at = 0; at < changed.length; at += piece) {
    const values = await Promise.all(
      changed.slice(at, at + piece).map(async ({ row: { file, judged, candidates, decision }, place }) => {
        const { phone, email } = file.values
        return {
          import_id: importId,
          place,
          kind: file.kind,
          verdict: judged.verdict,
          content: await vault.seal(JSON.stringify({ file, judged, candidates }), column),
          phone_digest: phone ? phoneDigest(vault, phone) : null,
          email_digest: email ? emailDigest(vault, email) : null,
          decision: decision && JSON.stringify(decision),
        }
      }),
    )
    await database
      .db<ImportTables>()
      .insertInto('customer_import_row')
      .values(values)
      .onConflict(there =>
        there.columns(['import_id', 'place']).doUpdateSet(eb => ({
          verdict: eb.ref('excluded.verdict'),
          content: eb.ref('excluded.content'),
          decision: eb.ref('excluded.decision'),
        })),
      )
      .execute()
  }
}

/** All rows of an import by their place. A place whose row was erased is empty. */
export async function allRows({ database, vault }: Platform, importId: string): Promise<StagedRow[]> {
  const rows = await database
    .db<ImportTables>()
    .selectFrom('customer_import_row')
    .select(['place', 'content', 'decision'])
    .where('import_id', '=', importId)
    .orderBy('place')
    .execute()
  const open: StagedRow[] = []
  for (let at = 0; at < rows.length; at += piece)
    for (const { place, row } of await Promise.all(
      rows.slice(at, at + piece).map(async ({ place, ...row }) => ({ place, row: await openRow({ vault }, row) })),
    ))
      open[place] = row
  return open
}

export async function openRow(
  { vault }: Pick<Platform, 'vault'>,
  { content, decision }: Pick<ImportTables['customer_import_row'], 'content'> & { decision: Decision | null },
): Promise<StagedRow> {
  return { ...(JSON.parse(await vault.open(content, column)) as Omit<StagedRow, 'decision'>), decision }
}
