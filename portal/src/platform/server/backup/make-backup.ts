import { join } from 'node:path'
import pg from 'pg'
import type { FileStore } from '../files.ts'
import { StartFailure } from '../start-failure.ts'
import { makeBaseBackup } from './base-backup.ts'
import { backUpBucket } from './bucket-files.ts'
import { backUpFiles, mergeJournals } from './files.ts'
import { makeLogicalBackup } from './logical-backup.ts'
import { type Backup, inNewFolder } from './manifest.ts'
import { backUpWarehouse } from './warehouse-backup.ts'

/** That nobody else backs up this database meanwhile. */
export interface BackupTurn {
  /** of the running database */
  url: string
  /** version of its server */
  postgres: string
}

export interface BackupSource {
  /** where the embedded server of that database lives; null: only its rows can be taken */
  postgresFolder: string | null
  dataDir: string
  /** whether the warehouse is the embedded one, in `dataDir`; a server of one's own has its own backup */
  embeddedWarehouse: boolean
  /** the bucket that holds the uploaded files; null: they lie in `dataDir` */
  bucket: FileStore | null
}

/**
 * Makes a full backup in `dir`, while the portal works on: the database, then the files and the readings, then the journals beside them.
 * Throws StartFailure where the folder cannot be written.
 */
export async function makeBackup(
  { url, postgres }: BackupTurn,
  { postgresFolder, dataDir, bucket, embeddedWarehouse }: BackupSource,
  dir: string,
  secret: string | null,
): Promise<Backup> {
  const backup = await inNewFolder(dir, new Date(), async (folder, name) => {
    const { parts, ...content } = postgresFolder
      ? { kind: 'base' as const, ...(await makeBaseBackup(url, postgresFolder, folder, name, secret)) }
      : { kind: 'logical' as const, ...(await makeLogicalBackup(url, folder, secret)) }
    const { part, ...files } = bucket
      ? await backUpBucket(bucket, dir, folder, secret)
      : await backUpFiles(dataDir, folder, secret)
    const readings = embeddedWarehouse ? await backUpWarehouse(dataDir, dir, folder, name, secret) : null
    return {
      ...{ ...content, ...files, postgres, encrypted: secret !== null },
      parts: [...parts, part, readings?.part].filter(one => one != null),
      ...(readings ? { warehouse: readings.warehouse } : {}),
    }
  })
  await mergeJournals(join(dataDir, 'journal'), join(dir, 'journal'))
  return backup
}

/** Backups of one database are made and removed one after another. Throws StartFailure where somebody else is at it. */
export async function inBackupTurn<T>(url: string, work: (turn: BackupTurn) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  try {
    const { rows } = await client.query<{ free: boolean; postgres: string }>(
      `select pg_try_advisory_lock(hashtext('fettle-backup')) as free, current_setting('server_version') as postgres`,
    )
    const { free, postgres } = rows[0]!
    if (!free) throw new StartFailure('Another backup of this database is being made: wait until it has ended.')
    return await work({ url, postgres })
  } finally {
    await client.end()
  }
}
