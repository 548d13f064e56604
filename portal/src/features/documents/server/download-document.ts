import { sql } from 'kysely'
import { dayIn } from '#features/figures/core'
import { mayCount } from '#features/figures/server'
import { readManufacturer } from '#features/manufacturer/server'
import type { FileAnswer } from '#platform/core'
import { openPieces, type Platform, platformFailure, type RequestContext } from '#platform/server'
import { findOffered, noSuchDocument } from './offered-documents.ts'
import { isLocked, type Reader, readerOf } from './reader.ts'
import type { DocumentTables } from './tables.ts'

interface Wish {
  documentId: string
  /** absent: the one that is offered */
  version?: number | undefined
}

/**
 * The file for whoever may have it, counted once it is sent from its beginning. 401 where signing in is all that is missing, 404 for whoever
 * may not know of it, file-waiting until the virus scanner has seen it.
 */
export async function downloadDocument(context: RequestContext, { documentId, version }: Wish): Promise<FileAnswer> {
  const { platform, headers } = context
  const reader = await readerOf(context)
  const document = await findOffered(platform, reader, documentId)
  if (isLocked(reader, document.audience)) throw platformFailure('sign-in-needed')
  if (version !== undefined && version > document.version) throw noSuchDocument()
  const earlier = version !== undefined && version !== document.version
  if (earlier && !document.open_history && reader.kind !== 'staff') throw noSuchDocument()
  const { id: versionId, file_id } = await findVersion(platform, documentId, version ?? document.version)
  const file = await openPieces(platform, file_id, headers)
  if (file.pieces?.from !== 0) return file
  return { ...file, onSend: () => noteDownload(context, reader, { documentId, versionId }) }
}

/** Any version, for staff, whatever became of the document. */
export async function downloadVersion({ platform, headers }: RequestContext, { documentId, version }: Required<Wish>) {
  const { file_id } = await findVersion(platform, documentId, version as number)
  return openPieces(platform, file_id, headers)
}

async function findVersion({ database }: Platform, documentId: string, version: number) {
  const row = await database
    .db<DocumentTables>()
    .selectFrom('document_version')
    .select(['id', 'file_id'])
    .where('document_id', '=', documentId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw noSuchDocument()
  return row
}

/** Counts a download; of whom is signed in also who. The house's own people and programs are not counted; nor does a count keep a file back. */
async function noteDownload(
  context: RequestContext,
  reader: Reader,
  { documentId, versionId }: { documentId: string; versionId: string },
) {
  const { platform } = context
  const { database } = platform
  if (reader.kind === 'staff' || (reader.kind === 'stranger' && !mayCount(context))) return
  const companyId = reader.kind === 'customer' ? reader.companyId : null
  const work = database.transaction(async () => {
    const db = database.db<DocumentTables>()
    const { timeZone } = await readManufacturer(database)
    const at = platform.now()
    await db
      .insertInto('document_day')
      .values({ version_id: versionId, day: dayIn(at, timeZone), downloads: 1 })
      .onConflict(conflict => conflict.columns(['version_id', 'day']).doUpdateSet({ downloads: sql`document_day.downloads + 1` }))
      .execute()
    if (reader.kind === 'customer')
      await db
        .insertInto('document_download')
        .values({ id: platform.newId(), version_id: versionId, person_id: reader.personId, company_id: companyId, at })
        .execute()
    await platform.record('document.downloaded', { documentId, versionId, companyId })
  })
  await work.catch(error => platform.log.warn({ error }, 'a download was not counted'))
}
