import { companyRecords, personNames } from '#features/accounts/server'
import { decodeCursor, encodeCursor, type Platform } from '#platform/server'
import type { DownloadView } from '../core/index.ts'
import type { DocumentTables } from './tables.ts'

/** One page of who fetched a document while he was signed in, newest first. */
export async function listDownloads(
  platform: Platform,
  { documentId, cursor, limit }: { documentId: string; cursor?: string | undefined; limit: number },
) {
  const { database } = platform
  let query = database
    .db<DocumentTables>()
    .selectFrom('document_download as l')
    .innerJoin('document_version as v', 'v.id', 'l.version_id')
    .select(['l.id', 'l.at', 'l.person_id', 'l.company_id', 'v.version'])
    .where('v.document_id', '=', documentId)
    .orderBy('l.id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('l.id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const [names, companies] = await Promise.all([
    personNames(
      database,
      page.map(row => row.person_id),
    ),
    companyRecords(platform, [...new Set(page.flatMap(row => row.company_id ?? []))]),
  ])
  const companyOf = new Map(companies.map(({ id, name }) => [id, { id, name }]))
  return {
    items: page.map(
      ({ id, at, person_id, company_id, version }): DownloadView => ({
        id,
        version,
        at: at.toISOString(),
        person: names.get(person_id) ?? '',
        company: (company_id && companyOf.get(company_id)) || null,
      }),
    ),
    nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null,
  }
}
