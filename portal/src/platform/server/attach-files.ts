import { invalid } from './errors.ts'
import { fileRefused } from './files-refused.ts'
import type { Platform } from './platform.ts'
import { type FileTables, hashToken, type StoredFile, toStoredFile } from './stored-files.ts'

/**
 * Makes uploads belong to what the ambient transaction (required) makes; from then on they stay, and their tokens open nothing any more.
 * Answers the files in the order of their tokens. field: JSON pointer of the list of tokens, for messages
 */
export async function attachFiles(
  platform: Platform,
  tokens: readonly string[],
  purpose: string,
  field: string,
): Promise<StoredFile[]> {
  const { database } = platform
  if (!database.inTransaction()) throw new Error('attachFiles needs the transaction that makes what the files belong to')
  const files: StoredFile[] = []
  for (const [place, token] of tokens.entries()) {
    const row = await database
      .db<FileTables>()
      .updateTable('stored_file')
      .set({ attached_at: platform.now(), token_hash: null, uploader: null })
      .where('token_hash', '=', hashToken(token))
      .where('purpose', '=', purpose)
      .where('state', 'not in', ['arriving', 'leaving'])
      .returningAll()
      .executeTakeFirst()
    if (!row) throw invalid([{ field: `${field}/${place}`, code: 'upload-gone', ...uploadGone }])
    if (row.state === 'refused') throw fileRefused('infected')
    files.push(await toStoredFile(platform, row))
  }
  return files
}

const uploadGone = {
  message: { 'zh-CN': '上传的文件已失效。', en: 'This upload is no longer there.' },
  remedy: { 'zh-CN': '请重新上传；未提交的文件保留一天。', en: 'Upload the file again; what is not sent off is kept for a day.' },
}
