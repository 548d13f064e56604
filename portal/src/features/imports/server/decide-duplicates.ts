import { changedMeanwhile, type Platform } from '#platform/server'
import type { ImportView } from '../core/index.ts'
import type { Decision } from '../core/match-companies.ts'
import { movedOn } from './failures.ts'
import { countRows, judgeImport } from './judge-import.ts'
import { findImport, getImport } from './read-imports.ts'
import { allRows, keepRows, type StagedRow } from './staged-rows.ts'
import type { ImportTables } from './tables.ts'

type Wish = { rows: readonly (Decision & { place: number })[] } | { all: Decision['choice'] }

/** Keeps what somebody says of companies that may be known, and compares the whole file again by it. */
export async function decideDuplicates(
  platform: Platform,
  importId: string,
  wish: Wish,
  revision: string,
): Promise<{ value: ImportView; etag: string }> {
  return platform.database.transaction(async () => {
    const before = await findImport(platform, importId, true)
    if (before.status !== 'checked') throw movedOn()
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const rows = await allRows(platform, importId)
    const decisions = decisionsOf(rows)
    const made =
      'rows' in wish ? wish.rows.map(({ place, ...decision }) => [place, decision] as const) : decideAll(rows, wish.all)
    for (const [place, decision] of made) if (rows[place]?.file.kind === 'company') decisions.set(place, decision)
    await judgeAgain(platform, importId, rows, decisions)
    return getImport(platform, importId)
  })
}

/** The same for every company that is open: the likeliest it may be, or none of those shown. */
const decideAll = (rows: readonly StagedRow[], choice: Decision['choice']) =>
  rows.flatMap(({ judged, candidates }, place) => {
    if (judged.verdict !== 'duplicate') return []
    const shown = candidates.map(({ target }) => target)
    return [[place, { choice, against: choice === 'same' ? shown.slice(0, 1) : shown }] as const]
  })

const decisionsOf = (rows: readonly StagedRow[]): Map<number, Decision> =>
  new Map(rows.flatMap(({ decision }, place) => (decision ? [[place, decision] as const] : [])))

/** Compares the rows with what the portal knows now and keeps what comes of it. Needs the import held. */
export async function judgeAgain(
  platform: Platform,
  importId: string,
  rows: readonly StagedRow[],
  decisions: ReadonlyMap<number, Decision> = decisionsOf(rows),
): Promise<StagedRow[]> {
  const files = Array.from(rows, row => row?.file)
  const judged = await judgeImport(platform, files, decisions)
  await keepRows(platform, importId, judged, rows)
  await platform.database
    .db<ImportTables>()
    .updateTable('customer_import')
    .set(eb => ({ counts: JSON.stringify(countRows(judged)), revision: eb('revision', '+', 1) }))
    .where('id', '=', importId)
    .execute()
  return judged
}
