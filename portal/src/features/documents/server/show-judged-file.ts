import type { Listener } from '#platform/server'
import type { DocumentTables } from './tables.ts'
import { tellOf } from './write-document.ts'

/** A document whose file was scanned late is shown anew: it can be had now, or is gone. */
export const showJudgedFile: Listener<'file.judged'> = {
  name: 'documents.show-judged-file',
  async handle({ data: { fileId } }, platform) {
    const rows = await platform.database
      .db<DocumentTables>()
      .selectFrom('document_version')
      .select('document_id')
      .where('file_id', '=', fileId)
      .execute()
    for (const { document_id } of rows) await tellOf(platform, document_id)
  },
}
