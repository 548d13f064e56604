import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { BackupConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { mergeJournals } from './files.ts'
import { archiveFolder, shipHistories, shipLog } from './wal-archive.ts'

/** Where the server of a folder leaves the finished segments of its log. */
export const spoolOf = (postgresFolder: string): string => join(postgresFolder, 'log-spool')

/**
 * Brings the log of the embedded server into BACKUP_DIR as it grows, and the journals of DATA_DIR with it. Where BACKUP_DIR cannot be
 * written the log waits on this disk, and every minute of that is logged. stop: after the server has ended, which then has left all.
 */
export async function keepShipping(
  url: string,
  postgresFolder: string,
  dataDir: string,
  { dir, secret, lag }: BackupConfig,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const archive = archiveFolder(dir, await systemOf(url))
  const stopping = new AbortController()
  let complained = 0
  const ship = async () => {
    try {
      await mkdir(archive, { recursive: true, mode: 0o700 })
      await shipHistories(join(postgresFolder, 'data/pg_wal'), archive, secret)
      await shipLog(spoolOf(postgresFolder), archive, secret)
      await mergeJournals(join(dataDir, 'journal'), join(dir, 'journal'))
      complained = 0
    } catch (error) {
      if (Date.now() - complained < 60_000) return
      complained = Date.now()
      log.error({ error }, 'the log of the database cannot be brought into BACKUP_DIR and waits here')
    }
  }
  const shipping = (async () => {
    while (!stopping.signal.aborted) {
      await ship()
      await delay(Math.min(lag * 250, 5000), null, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await shipping
      await ship()
    },
  }
}

async function systemOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  await client.connect()
  try {
    return (await client.query<{ system: string }>('select system_identifier::text as system from pg_control_system()')).rows[0]!
      .system
  } finally {
    await client.end()
  }
}
