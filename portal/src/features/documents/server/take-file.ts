import type { LocalizedText } from '#platform/core'
import { attachFiles, conflict, type Platform, type StoredFile } from '#platform/server'
import type { DocumentTables } from './tables.ts'
import type { Author } from './write-document.ts'

/** What uploads for documents are kept as; nothing else can be made of them. */
export const filePurpose = 'document'

export interface NewFile {
  token: string
  sameFile: boolean
}

/**
 * Makes an upload a document's, in the ambient transaction. Throws `document-known` where the same bytes are there already: in the same
 * document always, in another one unless it may stand in both. documentId null: of a new document
 */
export async function takeFile(platform: Platform, { token, sameFile }: NewFile, documentId: string | null): Promise<StoredFile> {
  const [file] = await attachFiles(platform, [token], filePurpose, '/token')
  const known = await platform.database
    .db<DocumentTables>()
    .selectFrom('document_version as v')
    .innerJoin('document as d', 'd.id', 'v.document_id')
    .select(['d.id', 'd.title_zh', 'd.title_en', 'v.version'])
    .where('v.sha256', '=', file!.sha256)
    .$if(sameFile, query => query.where('d.id', '=', documentId))
    .orderBy(eb => eb('d.id', '=', documentId), 'desc')
    .orderBy('v.version', 'desc')
    .executeTakeFirst()
  if (known) throw documentKnown(known, known.id === documentId)
  return file!
}

interface NewVersion {
  documentId: string
  version: number
  file: Pick<StoredFile, 'id' | 'sha256'>
  note: string
  again: number | null
  author: Author
}

/** The next version of a document, in the ambient transaction. */
export async function insertVersion(platform: Platform, { documentId, version, file, note, again, author }: NewVersion) {
  const id = platform.newId()
  await platform.database
    .db<DocumentTables>()
    .insertInto('document_version')
    .values({
      ...{ id, document_id: documentId, version, note, again },
      file_id: file.id,
      sha256: file.sha256,
      author_id: author?.id ?? null,
      created_at: platform.now(),
    })
    .execute()
  await platform.record('document.version-offered', { documentId, versionId: id })
}

interface Known {
  id: string
  title_zh: string
  title_en: string
  version: number
}

function documentKnown({ id, title_zh, title_en, version }: Known, own: boolean) {
  const detail: LocalizedText = own
    ? { 'zh-CN': `这个文件已是本资料的第 ${version} 版。`, en: `This document has the file already, as version ${version}.` }
    : {
        'zh-CN': `这个文件已是资料“${title_zh}”的第 ${version} 版。`,
        en: `The file is version ${version} of the document "${title_en}" already.`,
      }
  const remedy: LocalizedText = own
    ? {
        'zh-CN': '如要重新提供该版本，请在版本列表中恢复它；否则请选择另一个文件。',
        en: 'Restore that version to offer it again, or choose another file.',
      }
    : {
        'zh-CN': '通常一份资料可属于多个产品，无需重复上传；确有需要时可仍然上传。',
        en: 'One document may belong to several products. Upload it a second time only if you mean to.',
      }
  return conflict('document-known', detail, remedy, { documentId: id, version, own })
}
