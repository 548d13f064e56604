import { createReadStream, existsSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StartFailure } from '../start-failure.ts'
import { syncFolder } from '../sync-folder.ts'
import type { Backup } from './manifest.ts'
import { readPart, writePart } from './parts.ts'
import { isSealed } from './seal.ts'

/**
 * The archive of the write-ahead log: `wal/<system>/<segment>.zst` in BACKUP_DIR. The server hands its segments to a folder beside its
 * data; from there they are brought here, so that the server need not reach BACKUP_DIR and a full or absent one does not stop it.
 */
export const archiveFolder = (dir: string, system: string): string => join(dir, 'wal', system)

/** A segment, the part of one that a timeline left, or the story of a timeline. */
const archived = /^([0-9A-F]{24}(\.partial)?|[0-9A-F]{8}\.history)$/
const isSegment = (name: string) => /^[0-9A-F]{24}$/.test(name)

/**
 * Brings what lies in `spool` into the archive, oldest first, and removes it there once it is on the disk here. Returns their names.
 * Throws StartFailure where the archive has a file of that name that says something else: it is never overwritten.
 */
export async function shipLog(spool: string, archive: string, secret: string | null): Promise<string[]> {
  const names = existsSync(spool) ? (await readdir(spool)).filter(name => archived.test(name)).sort() : []
  if (names.length > 0) await mkdir(archive, { recursive: true, mode: 0o700 })
  for (const name of names) {
    await addToArchive(join(spool, name), archive, name, secret)
    await rm(join(spool, name))
  }
  return names
}

/** Copies the stories of timelines that began while nothing was archived. */
export async function shipHistories(pgWal: string, archive: string, secret: string | null): Promise<void> {
  for (const name of (await readdir(pgWal)).filter(file => file.endsWith('.history'))) {
    if (existsSync(join(archive, `${name}.zst`))) continue
    await mkdir(archive, { recursive: true, mode: 0o700 })
    await addToArchive(join(pgWal, name), archive, name, secret)
  }
}

async function addToArchive(path: string, archive: string, name: string, secret: string | null): Promise<void> {
  const place = join(archive, `${name}.zst`)
  if (existsSync(place)) {
    if (await says(place, await readFile(path), secret)) return // brought here by one who was killed before he could remove it there
    throw new StartFailure(
      `${place} says something else than ${path}: two databases archive into one folder. Give each a BACKUP_DIR.`,
    )
  }
  await rm(`${place}.new`, { force: true })
  await writePart(archive, `${name}.zst.new`, createReadStream(path), secret)
  await link(`${place}.new`, place) // a rename would overwrite
  await rm(`${place}.new`)
  await syncFolder(archive)
}

async function says(place: string, content: Buffer, secret: string | null): Promise<boolean> {
  const pieces: Buffer[] = []
  await readPart(place, await secretOf(place, secret), async stream => {
    for await (const piece of stream) pieces.push(piece)
  })
  return Buffer.concat(pieces).equals(content)
}

/** The archive is older than the setting: what came before it is plain. */
async function secretOf(path: string, secret: string | null): Promise<string | null> {
  if (!(await isSealed(path))) return null
  if (secret === null) throw new StartFailure(`${path} is encrypted: set BACKUP_SECRET to the secret it was made with.`)
  return secret
}

/** Position of a segment in the log, whatever its timeline; segments are 16 MB. */
const numberOf = (name: string) => Number.parseInt(name.slice(8, 16), 16) * 256 + Number.parseInt(name.slice(16, 24), 16)
const nameOf = (timeline: string, number: number) =>
  `${timeline}${Math.floor(number / 256)
    .toString(16)
    .padStart(8, '0')}${(number % 256).toString(16).padStart(8, '0')}`.toUpperCase()

export interface ArchiveReach {
  /** what the backup needs and the archive has, oldest first: segments and histories */
  names: string[]
  /** segments that are missing between the backup and the newest */
  missing: string[]
  /** when the last segment before the first missing one, or the last of all, came into the archive; ISO 8601 */
  endsAt: string | null
}

/** How far the archive leads on from a backup. */
export async function archiveReach(dir: string, { manifest }: Backup): Promise<ArchiveReach> {
  const { system, segments } = manifest.wal!
  const folder = archiveFolder(dir, system)
  const all = existsSync(folder)
    ? (await readdir(folder)).filter(file => file.endsWith('.zst')).map(file => file.slice(0, -4))
    : []
  const first = numberOf(segments[0]!)
  const timeline = segments[0]!.slice(0, 8)
  const names = all.filter(
    name => archived.test(name) && (!isSegment(name) || (numberOf(name) >= first && name.slice(0, 8) >= timeline)),
  )
  const there = new Set([...segments, ...names.filter(isSegment)].map(numberOf))
  const last = Math.max(...there)
  const newest = [...segments, ...names.filter(isSegment)]
    .map(name => name.slice(0, 8))
    .sort()
    .at(-1)!
  const missing = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter(number => !there.has(number))
    .map(number => nameOf(newest, number))
  const beforeGap = names
    .filter(name => isSegment(name) && (missing[0] === undefined || numberOf(name) < numberOf(missing[0])))
    .sort()
    .at(-1)
  const endsAt = beforeGap
    ? (await stat(join(folder, `${beforeGap}.zst`))).mtime.toISOString()
    : (missing[0] && manifest.finishedAt) || null
  return { names: names.sort(), missing, endsAt }
}

const zeros = Buffer.alloc(1 << 20)

/** Lays the segments a recovery may ask for into `folder`, readable for the server; a tail of zeros takes no space. */
export async function stageLog(
  dir: string,
  backup: Backup,
  names: string[],
  folder: string,
  secret: string | null,
  handOver: (path: string) => Promise<void>,
): Promise<void> {
  const archive = archiveFolder(dir, backup.manifest.wal!.system)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await handOver(folder)
  for (const name of names) {
    const target = await open(join(folder, name), 'wx', 0o600)
    try {
      let at = 0
      const path = join(archive, `${name}.zst`)
      await readPart(path, await secretOf(path, secret), async content => {
        for await (const piece of content as AsyncIterable<Buffer>) {
          if (!piece.equals(zeros.subarray(0, piece.length))) await target.write(piece, 0, piece.length, at)
          at += piece.length
        }
      })
      await target.truncate(at)
    } finally {
      await target.close()
    }
    await handOver(join(folder, name))
  }
}

/** The shell command by which PostgreSQL takes a segment from `folder`. Not cp, which would keep the holes: the log must have its space. */
export const takeFrom = (folder: string): string =>
  process.platform === 'win32' ? `copy "${folder}\\%f" "%p"` : `test -f '${folder}/%f' && cat '${folder}/%f' > '%p'`

/** Removes the segments that no kept backup needs. Returns how many. */
export async function pruneArchive(dir: string, kept: Backup[]): Promise<number> {
  let removed = 0
  for (const system of new Set(kept.flatMap(({ manifest }) => manifest.wal?.system ?? []))) {
    const folder = archiveFolder(dir, system)
    const oldest = Math.min(
      ...kept
        .filter(({ manifest }) => manifest.wal?.system === system)
        .map(({ manifest }) => numberOf(manifest.wal!.segments[0]!)),
    )
    for (const file of existsSync(folder) ? await readdir(folder) : []) {
      if (!/^[0-9A-F]{24}(\.partial)?\.zst$/.test(file) || numberOf(file) >= oldest) continue
      await rm(join(folder, file))
      removed++
    }
  }
  return removed
}
