import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { prunePools } from './bucket-files.ts'
import { type Backup, listBackups, readVerification, type Verification } from './manifest.ts'
import { archiveReach, pruneArchive } from './wal-archive.ts'
import { prunePooledParts } from './warehouse-parts.ts'

/**
 * Removes the oldest full backups beyond `keep`, and the log and the copied files that only they needed. The newest that was found
 * good stays in any case. In the turn of who backs up: what is being made is listed nowhere yet. Returns the names of the removed.
 */
export async function pruneBackups(dir: string, keep: number): Promise<string[]> {
  await removeUnfinished(dir)
  const all = await Promise.all(
    (await listBackups(dir)).map(async backup => ({ backup, good: (await readVerification(backup))?.ok === true })),
  )
  const newestGood = all.findLast(({ good }) => good)
  const kept = all.filter((one, i) => i >= all.length - keep || one === newestGood)
  const removed = all.filter(one => !kept.includes(one))
  for (const { backup } of removed) await rm(backup.folder, { recursive: true })
  const backups = kept.map(({ backup }) => backup)
  await pruneArchive(dir, backups)
  await prunePools(dir, backups)
  await prunePooledParts(dir, backups)
  return removed.map(({ backup }) => backup.manifest.name)
}

/** What backups that were killed have left: whoever prunes holds the turn to back up. */
async function removeUnfinished(dir: string): Promise<void> {
  const names = existsSync(dir) ? await readdir(dir) : []
  for (const name of names.filter(one => one.endsWith('Z.unfinished')))
    await rm(join(dir, name), { recursive: true, force: true })
}

/** How the backups of this portal stand, for those who watch over it. */
export interface BackupStanding {
  /** the newest full backup; null: none was made yet */
  last: { name: string; kind: 'base' | 'logical'; finishedAt: string; bytes: number } | null
  /** of the newest that was verified; null: none was */
  verified: (Pick<Verification, 'at' | 'ok'> & { name: string; failed: string[] }) | null
  /** of the log since the newest base backup: until when it reaches, and how many segments are missing */
  log: { reachesTo: string | null; missing: number } | null
  count: number
  /** the newest is older than it should be, or the log has a gap after it */
  due: boolean
  /** the last try, where it failed */
  failed: { at: string; error: string } | null
}

/** Null where BACKUP_DIR is not set. */
export async function readBackupStanding(
  { backup: config, dataDir }: Pick<Config, 'backup' | 'dataDir'>,
  now: Date,
): Promise<BackupStanding | null> {
  if (!config) return null
  const backups = await listBackups(config.dir)
  const newest = backups.at(-1)
  const reach = newest?.manifest.wal ? await archiveReach(config.dir, newest) : null
  return {
    last: newest ? describe(newest) : null,
    verified: await lastVerified(backups),
    log: reach && { reachesTo: reach.endsAt, missing: reach.missing.length },
    count: backups.length,
    due: !newest || now.getTime() - Date.parse(newest.manifest.startedAt) >= config.every || (reach?.missing.length ?? 0) > 0,
    failed: await readFile(failureFile(dataDir), 'utf8').then(JSON.parse, () => null),
  }
}

/** Not in BACKUP_DIR, which may be what failed. */
const failureFile = (dataDir: string) => join(dataDir, 'backup-failed.json')

/** Notes that a backup failed, or, null, that the last one did not. */
export async function noteFailure(dataDir: string, error: string | null): Promise<void> {
  if (error === null) return rm(failureFile(dataDir), { force: true })
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(failureFile(dataDir), JSON.stringify({ at: new Date().toISOString(), error }), { mode: 0o600 })
}

function describe({ manifest: { name, kind, finishedAt, parts } }: Backup): NonNullable<BackupStanding['last']> {
  return { name, kind, finishedAt, bytes: parts.reduce((sum, { size }) => sum + size, 0) }
}

async function lastVerified(backups: Backup[]): Promise<BackupStanding['verified']> {
  for (const backup of backups.toReversed()) {
    const found = await readVerification(backup)
    if (!found) continue
    const failed = found.checks.filter(({ ok }) => !ok).map(check => `${check.name}: ${check.found}`)
    return { name: backup.manifest.name, at: found.at, ok: found.ok, failed }
  }
  return null
}
