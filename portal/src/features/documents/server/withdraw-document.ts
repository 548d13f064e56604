import { sql } from 'kysely'
import { conflict, type Platform, removeFiles } from '#platform/server'
import type { DocumentTables } from './tables.ts'
import { lockDocument, tellOf } from './write-document.ts'

interface Place {
  documentId: string
  /** the revision the editor saw */
  revision: string
}

/** From now on its address answers 404; the console says why. Doing it again changes the reason. */
export async function withdrawDocument(platform: Platform, { documentId, revision, reason }: Place & { reason: string }) {
  await platform.database.transaction(async () => {
    await lockDocument(platform, documentId, revision)
    await mark(platform, documentId, { withdrawn_at: platform.now(), withdrawn_reason: reason })
    const target = { kind: 'document', id: documentId }
    await platform.audit.write({ action: 'document.withdrawn', target, facts: { reason } })
  })
}

/** A withdrawn document is offered again, as it was. */
export async function offerAgain(platform: Platform, { documentId, revision }: Place) {
  await platform.database.transaction(async () => {
    await lockDocument(platform, documentId, revision)
    await mark(platform, documentId, { withdrawn_at: null, withdrawn_reason: null })
    await platform.audit.write({ action: 'document.offered-again', target: { kind: 'document', id: documentId } })
  })
}

async function mark(
  platform: Platform,
  documentId: string,
  how: { withdrawn_at: Date | null; withdrawn_reason: string | null },
): Promise<void> {
  await platform.database.db<DocumentTables>().updateTable('document').set(how).where('id', '=', documentId).execute()
  await tellOf(platform, documentId)
}

/** Deletes a document with its files. Throws `document-fetched` where somebody has one of its versions: then it can be withdrawn. */
export async function deleteDocument(platform: Platform, { documentId, revision }: Place) {
  const { database } = platform
  await database.transaction(async () => {
    await lockDocument(platform, documentId, revision)
    const db = database.db<DocumentTables>()
    const { downloads } = await db
      .selectFrom('document_day as n')
      .innerJoin('document_version as v', 'v.id', 'n.version_id')
      .select(sql<number>`coalesce(sum(n.downloads), 0)::int`.as('downloads'))
      .where('v.document_id', '=', documentId)
      .executeTakeFirstOrThrow()
    if (downloads > 0) throw documentFetched(downloads)
    const files = await db
      .selectFrom('document_version')
      .select('file_id')
      .distinct()
      .where('document_id', '=', documentId)
      .execute()
    await db.deleteFrom('document').where('id', '=', documentId).execute()
    await removeFiles(
      platform,
      files.map(({ file_id }) => file_id),
    )
    await platform.audit.write({ action: 'document.deleted', target: { kind: 'document', id: documentId } })
    await tellOf(platform, documentId)
  })
}

const documentFetched = (downloads: number) =>
  conflict(
    'document-fetched',
    {
      'zh-CN': `此资料已被下载 ${downloads} 次，不能删除。`,
      en: `Somebody has fetched this document (${downloads}), so it cannot be deleted.`,
    },
    {
      'zh-CN': '请改为下架：客户将看不到它，下载记录保留。',
      en: 'Withdraw it: customers see it no more, and what was fetched stays on record.',
    },
  )
