import { join } from 'node:path'
import pg from 'pg'
import { StartFailure } from '../start-failure.ts'
import { makeBaseBackup } from './base-backup.ts'
import { backUpFiles, mergeJournals } from './files.ts'
import { makeLogicalBackup } from './logical-backup.ts'
import { type Backup, inNewFolder } from './manifest.ts'

export interface BackupSource {
  /** of the running database */
  url: string
  /** where the embedded server of that database lives; null: only its rows can be taken */
  postgresFolder: string | null
  dataDir: string
}

/**
 * Makes a full backup in `dir`, while the portal works on: the database, then the files, then the journals beside them.
 * Throws StartFailure where another is being made, or the folder cannot be written.
 */
export async function makeBackup(
  { url, postgresFolder, dataDir }: BackupSource,
  dir: string,
  secret: string | null,
): Promise<Backup> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  try {
    const { rows } = await client.query<{ free: boolean; postgres: string }>(
      `select pg_try_advisory_lock(hashtext('fettle-backup')) as free, current_setting('server_version') as postgres`,
    )
    if (!rows[0]!.free) throw new StartFailure('Another backup of this database is being made: wait until it has ended.')
    const backup = await inNewFolder(dir, new Date(), async (folder, name) => {
      const { parts, ...content } = postgresFolder
        ? { kind: 'base' as const, ...(await makeBaseBackup(url, postgresFolder, folder, name, secret)) }
        : { kind: 'logical' as const, ...(await makeLogicalBackup(url, folder, secret)) }
      const { part, files } = await backUpFiles(dataDir, folder, secret)
      return {
        ...content,
        postgres: rows[0]!.postgres,
        parts: part ? [...parts, part] : parts,
        files,
        encrypted: secret !== null,
      }
    })
    await mergeJournals(join(dataDir, 'journal'), join(dir, 'journal'))
    return backup
  } finally {
    await client.end()
  }
}
