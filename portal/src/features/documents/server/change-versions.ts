import { conflict, findFiles, type Platform } from '#platform/server'
import { noSuchDocument } from './offered-documents.ts'
import type { DocumentTables } from './tables.ts'
import { insertVersion, type NewFile, takeFile } from './take-file.ts'
import { type Author, lockDocument, tellOf } from './write-document.ts'

interface Place {
  documentId: string
  /** the revision the editor saw */
  revision: string
  note: string
}

/** A new file as the next version, offered from now on. Throws `document-known`, file-refused, 412. */
export async function addVersion(platform: Platform, author: Author, { documentId, revision, note, ...wish }: Place & NewFile) {
  await platform.database.transaction(async () => {
    const { current_version } = await lockDocument(platform, documentId, revision)
    const file = await takeFile(platform, wish, documentId)
    await offer(platform, { documentId, version: current_version + 1, file, note, again: null, author })
  })
}

/** An earlier file once more, as the next version: whoever has the one in between is told that there is another. */
export async function restoreVersion(
  platform: Platform,
  author: Author,
  { documentId, revision, note, version }: Place & { version: number },
) {
  const { database } = platform
  await database.transaction(async () => {
    const { current_version } = await lockDocument(platform, documentId, revision)
    if (version === current_version) throw versionOffered(version)
    const earlier = await database
      .db<DocumentTables>()
      .selectFrom('document_version')
      .select(['file_id as id', 'sha256'])
      .where('document_id', '=', documentId)
      .where('version', '=', version)
      .executeTakeFirst()
    if (!earlier || !(await isThere(platform, earlier.id))) throw noSuchDocument()
    await offer(platform, { documentId, version: current_version + 1, file: earlier, note, again: version, author })
  })
}

/** One that the virus scanner refused cannot be offered again. */
async function isThere(platform: Platform, fileId: string): Promise<boolean> {
  const file = (await findFiles(platform, [fileId])).get(fileId)
  return file !== undefined && file.state !== 'refused'
}

async function offer(platform: Platform, next: Parameters<typeof insertVersion>[1]): Promise<void> {
  const { documentId, version, again } = next
  await insertVersion(platform, next)
  await platform.database
    .db<DocumentTables>()
    .updateTable('document')
    .set({ current_version: version })
    .where('id', '=', documentId)
    .execute()
  await platform.audit.write({
    action: 'document.renewed',
    target: { kind: 'document', id: documentId },
    facts: { version, ...(again === null ? {} : { again }) },
  })
  await tellOf(platform, documentId)
}

const versionOffered = (version: number) =>
  conflict(
    'version-offered',
    { 'zh-CN': `第 ${version} 版就是当前版本。`, en: `Version ${version} is the one that is offered.` },
    { 'zh-CN': '请选择更早的版本。', en: 'Choose an earlier one.' },
  )
