import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Anchor } from '../audit-chain.ts'
import { StartFailure } from '../start-failure.ts'
import { syncFolder } from '../sync-folder.ts'
import type { Part } from './parts.ts'
import type { TableFacts } from './table-facts.ts'
import type { WarehouseFacts } from './warehouse-parts.ts'

/** What a backup says of itself, in its manifest.json. */
export interface Manifest {
  format: 1
  /** base: the files of the embedded server and its log; logical: rows of any PostgreSQL */
  kind: 'base' | 'logical'
  /** the folder's name: 2026-11-25T12-00-00Z */
  name: string
  /** ISO 8601, UTC */
  startedAt: string
  finishedAt: string
  /** version of the server: 18.4 */
  postgres: string
  migrations: { name: string; checksum: string }[]
  /** at the moment the backup stands for; null: there was no quiet moment to take them */
  tables: TableFacts[] | null
  /** where the audit log ended then; null: it was empty */
  auditHead: Anchor | null
  parts: Part[]
  files: { count: number; bytes: number }
  /** of files that lay in a bucket: where their copies are, from the folder that holds the backups */
  pool?: string
  /** readings of the embedded warehouse; absent: it has none, or its server is another */
  warehouse?: WarehouseFacts
  encrypted: boolean
  /** of a base backup */
  wal?: WalRange
  /** of a logical one: sequence -> what it gives next */
  sequences?: Record<string, { lastValue: string; isCalled: boolean }>
}

export interface WalRange {
  /** of the cluster: archives of several may lie side by side */
  system: string
  /** names of the segments in the backup, the first and the last it needs among them */
  segments: string[]
  /** names the moment that `tables` tells of */
  restorePoint: string
}

export interface Backup {
  folder: string
  manifest: Manifest
}

/** `2026-11-25T12-00-00Z`: sorts by time, and every file system takes it. */
export const backupName = (at: Date): string => at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-')

/** Makes a backup in a folder that carries its name when it is whole, and not before. */
export async function inNewFolder(
  dir: string,
  startedAt: Date,
  fill: (folder: string, name: string) => Promise<Omit<Manifest, 'format' | 'name' | 'startedAt' | 'finishedAt'>>,
): Promise<Backup> {
  const name = backupName(startedAt)
  const folder = join(dir, name)
  const unfinished = `${folder}.unfinished`
  if (existsSync(folder)) throw new StartFailure(`There is a backup ${name} already: try again in a second.`)
  await mkdir(unfinished, { recursive: true, mode: 0o700 }).catch(error => {
    throw new StartFailure(`BACKUP_DIR: "${dir}" cannot be written (${error.code}). Set it to a folder this user may write.`)
  })
  try {
    const filled = await fill(unfinished, name)
    const manifest: Manifest = {
      format: 1,
      name,
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      ...filled,
    }
    await writeDurably(join(unfinished, 'manifest.json'), printManifest(manifest))
    await rename(unfinished, folder)
    await syncFolder(dir)
    return { folder, manifest }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Its last line is the checksum of what stands before. */
function printManifest(manifest: Manifest): string {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  return `${text}${checksumOf(text)}\n`
}

const checksumOf = (text: string) => `sha256 ${createHash('sha256').update(text).digest('hex')}`

/** Throws StartFailure where there is no manifest, or it was changed. */
export async function readBackup(folder: string): Promise<Backup> {
  const file = join(folder, 'manifest.json')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StartFailure(`${folder} is not a backup: it has no manifest.json. List those there are with "fettle backups".`)
  })
  const end = text.lastIndexOf('sha256 ')
  if (end < 0 || text.slice(end).trim() !== checksumOf(text.slice(0, end)))
    throw new StartFailure(`${file} is damaged: its checksum does not fit. Take another backup.`)
  return { folder, manifest: JSON.parse(text.slice(0, end)) }
}

/** The finished backups in BACKUP_DIR, oldest first; what is damaged is not among them. */
export async function listBackups(dir: string): Promise<Backup[]> {
  const names = existsSync(dir) ? (await readdir(dir)).filter(name => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/.test(name)).sort() : []
  const found = await Promise.all(names.map(name => readBackup(join(dir, name)).catch(() => null)))
  return found.filter(backup => backup !== null)
}

/** By its name in BACKUP_DIR, by its path, or the newest where nothing is named. */
export async function findBackup(dir: string | null, wanted: string | undefined): Promise<Backup> {
  if (wanted !== undefined && existsSync(join(resolve(wanted), 'manifest.json'))) return readBackup(resolve(wanted))
  if (dir === null) throw new StartFailure('Name the folder of a backup, or set BACKUP_DIR to the folder that holds them.')
  if (wanted !== undefined && wanted !== 'latest') {
    if (basename(wanted) !== wanted || !existsSync(join(dir, wanted)))
      throw new StartFailure(`There is no backup "${wanted}" in ${dir}: list those there are with "fettle backups".`)
    return readBackup(join(dir, wanted))
  }
  const newest = (await listBackups(dir)).at(-1)
  if (!newest) throw new StartFailure(`There is no backup in ${dir}: make one with "fettle backup", or correct BACKUP_DIR.`)
  return newest
}

/** What the last verification of a backup found; beside its manifest in verified.json. */
export interface Verification {
  at: string
  ok: boolean
  checks: { name: string; ok: boolean; found: string }[]
}

export async function readVerification({ folder }: Backup): Promise<Verification | null> {
  return readFile(join(folder, 'verified.json'), 'utf8').then(JSON.parse, () => null)
}

export async function writeVerification({ folder }: Backup, verification: Verification): Promise<void> {
  const file = join(folder, 'verified.json')
  await writeFile(`${file}.new`, `${JSON.stringify(verification, null, 1)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
  await handle.close()
  await syncFolder(dirname(path))
}
