import type { Platform } from './platform.ts'
import { type FileTables, hashToken, noSuchFile, previewKey } from './stored-files.ts'

/** Lets files go when the ambient transaction commits: their bytes first, then their rows. */
export async function removeFiles(platform: Platform, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { database, log } = platform
  await database
    .db<FileTables>()
    .updateTable('stored_file')
    .set({ state: 'leaving', token_hash: null })
    .where('id', 'in', ids)
    .execute()
  database.afterCommit(() => {
    for (const id of ids) finishLeaving(platform, id).catch(error => log.warn({ error }, 'a removed file is swept up later'))
  })
}

/** Takes an upload back that has not been attached; 404 where there is none with that token. */
export async function discardUpload(platform: Platform, token: string, purpose: string): Promise<void> {
  const row = await platform.database
    .db<FileTables>()
    .updateTable('stored_file')
    .set({ state: 'leaving', token_hash: null })
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('state', 'not in', ['arriving', 'leaving'])
    .returning('id')
    .executeTakeFirst()
  if (!row) throw noSuchFile()
  await finishLeaving(platform, row.id).catch(error => platform.log.warn({ error }, 'a removed file is swept up later'))
}

/** Removes a file's bytes, then its row. Doing it again does no harm. */
export async function finishLeaving(platform: Platform, id: string): Promise<void> {
  await removeBytes(platform, id)
  await platform.database.db<FileTables>().deleteFrom('stored_file').where('id', '=', id).where('state', '=', 'leaving').execute()
}

export async function removeBytes({ files }: Platform, id: string): Promise<void> {
  await files.remove(previewKey(id))
  await files.remove(id)
}
