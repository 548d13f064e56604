import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type pg from 'pg'
import type { FileStore } from '../files.ts'
import { measureFile as measureContent, spool, withSpool } from '../files-spool.ts'
import { StartFailure } from '../start-failure.ts'
import { syncFolder } from '../sync-folder.ts'
import type { Backup } from './manifest.ts'
import { measureFile, type Part, readPart, writePart } from './parts.ts'
import { secretMark } from './seal.ts'

/**
 * Files of a bucket. Under a key they never change, so each is copied once, into a pool beside the backups that all of them share:
 * `files/<pool>/<two signs>/<key>_<bytes>_<sha256>.zst`. The name says what must be in it: how long the content is, and the SHA-256
 * of what lies on the disk. A backup lists the names it stands for.
 */
interface Pooled {
  key: string
  /** of the content */
  bytes: number
  /** of the file in the pool */
  sha256: string
}

export interface BucketBackup {
  part: Part
  files: { count: number; bytes: number }
  /** folder of the pool, from the one that holds the backups */
  pool: string
}

/** Copies what the pool in `dir` lacks. After the database, so that every file it names is there. */
export async function backUpBucket(store: FileStore, dir: string, folder: string, secret: string | null): Promise<BucketBackup> {
  const pool = poolFor(secret)
  const known = await readPool(join(dir, pool))
  const files: Pooled[] = []
  const objects = store.list()[Symbol.asyncIterator]()
  const copyNext = async () => {
    for (let next = await objects.next(); !next.done; next = await objects.next()) {
      const { key, bytes } = next.value
      const there = known.get(key)
      const pooled = there?.bytes === bytes ? there : await copyIn(store, key, join(dir, pool), secret)
      if (pooled) files.push(pooled)
    }
  }
  const copying = Array.from({ length: 6 }, copyNext) // each waits for the network most of the time
  await Promise.all(copying).catch(async (error: Error) => {
    await objects.return?.() // the others end with what they have in hand
    await Promise.allSettled(copying)
    throw new StartFailure(`The uploaded files could not be backed up: ${error.message}.`)
  })
  // Never encrypted, so that whoever removes old backups needs no secret: keys are random.
  const part = await writePart(folder, listPart, linesOf(files), null)
  return { part, files: { count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }, pool }
}

/** Puts into the store what it lacks. What it has besides stays: a file nobody knows does no harm. */
export async function restoreBucket(backup: Backup, store: FileStore, secret: string | null, spoolRoot: string): Promise<void> {
  const pool = poolOf(backup)
  if (pool === null) return
  const there = new Map<string, number>()
  for await (const { key, bytes } of store.list()) there.set(key, bytes)
  for (const pooled of await readList(backup)) {
    if (there.get(pooled.key) === pooled.bytes) continue
    await withSpool(spoolRoot, async folder => {
      const path = join(folder, pooled.key)
      const wrong = await complaintAbout(pool, pooled)
      if (wrong) throw new StartFailure(`${placeOf(pool, pooled)} ${wrong}: take another backup.`)
      await readPart(placeOf(pool, pooled), secret, content => spool(content, path))
      await store.put(pooled.key, await measureContent(path))
    })
  }
}

/**
 * Every listed file against its name, and against what the restored database says of it. Answers what is wrong, and how many files the
 * database names that are not listed: they were removed while the backup was made, or before that behind the portal's back.
 */
export async function checkBucket(
  backup: Backup,
  secret: string | null,
  restored: pg.Client,
): Promise<{ wrong: string[]; absent: number }> {
  const pool = poolOf(backup)!
  const { rows } = await restored.query<{ id: string; bytes: string; sha256: string }>(
    `select id, bytes, sha256 from stored_file where state in ('received', 'clean', 'unscanned')`,
  )
  const named = new Map(rows.map(row => [row.id, row]))
  const wrong: string[] = []
  for (const pooled of await readList(backup)) {
    const complaint = await complaintAbout(pool, pooled)
    if (complaint) wrong.push(`${pooled.key} ${complaint}`)
    else {
      const content = await contentOf(pool, pooled, secret)
      const known = named.get(pooled.key)
      if (content.bytes !== pooled.bytes || (known && Number(known.bytes) !== content.bytes))
        wrong.push(`${pooled.key} has ${content.bytes} bytes instead of ${known?.bytes ?? pooled.bytes}`)
      else if (known && known.sha256 !== content.sha256) wrong.push(`${pooled.key} is not what the database knows`)
    }
    named.delete(pooled.key)
  }
  return { wrong, absent: named.size }
}

/** Removes from the pools what none of the kept backups lists. Throws StartFailure, with all still there, where a list is damaged. */
export async function prunePools(dir: string, kept: Backup[]): Promise<void> {
  const listed = new Set<string>()
  for (const backup of kept) {
    const pool = poolOf(backup)
    if (pool !== null) for (const pooled of await readList(backup)) listed.add(placeOf(pool, pooled))
  }
  for (const pool of await namesIn(join(dir, pools))) {
    for (const part of await namesIn(join(dir, pools, pool))) {
      const folder = join(dir, pools, pool, part)
      const names = await namesIn(folder)
      const gone = names.filter(name => !listed.has(join(folder, name)))
      for (const name of gone) await rm(join(folder, name))
      if (gone.length === names.length) await rmdir(folder)
    }
  }
}

const listPart = 'bucket.list.zst'
const pools = 'files'

/** A pool for each secret, and so a new copy of everything when that changes. */
const poolFor = (secret: string | null): string => `${pools}/${secret === null ? 'plain' : secretMark(secret)}`

/** Where the files of a backup lie; null: they were in no bucket. */
const poolOf = ({ folder, manifest }: Backup): string | null =>
  manifest.pool === undefined ? null : join(dirname(folder), manifest.pool)

const placeOf = (pool: string, { key, bytes, sha256 }: Pooled) => join(pool, partOf(key), `${key}_${bytes}_${sha256}.zst`)
/** the key's last two signs, which are random */
const partOf = (key: string) => key.slice(34, 36)

function readName(name: string): Pooled | null {
  const [, key, bytes, sha256] = /^([\da-f-]{36}(?:\.[a-z]{1,20})?)_(\d+)_([\da-f]{64})$/.exec(name) ?? []
  return key ? { key, bytes: Number(bytes), sha256: sha256! } : null
}

async function* linesOf(files: Pooled[]): AsyncGenerator<Buffer> {
  for (const { key, bytes, sha256 } of files) yield Buffer.from(`${key}_${bytes}_${sha256}\n`)
}

async function readList({ folder }: Backup): Promise<Pooled[]> {
  let lines = ''
  await readPart(join(folder, listPart), null, async content => {
    lines = await text(content)
  })
  return lines
    .split('\n')
    .map(readName)
    .filter(pooled => pooled !== null)
}

/** key -> what the pool has of it */
async function readPool(pool: string): Promise<Map<string, Pooled>> {
  const known = new Map<string, Pooled>()
  for (const part of await namesIn(pool)) {
    for (const name of await namesIn(join(pool, part))) {
      const pooled = readName(name.replace(/\.zst$/, ''))
      if (pooled) known.set(pooled.key, pooled)
      else await rm(join(pool, part, name)) // of a backup that was killed
    }
  }
  return known
}

/** Null where the store has it no more: it was removed meanwhile. */
async function copyIn(store: FileStore, key: string, pool: string, secret: string | null): Promise<Pooled | null> {
  const content = await store.get(key)
  if (!content) return null
  const folder = join(pool, partOf(key))
  if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(pool)
  let bytes = 0
  async function* counted() {
    for await (const piece of content!) {
      bytes += piece.length
      yield piece
    }
  }
  const incoming = `incoming-${randomUUID()}`
  const { sha256 } = await writePart(folder, incoming, counted(), secret)
  const pooled = { key, bytes, sha256 }
  await rename(join(folder, incoming), placeOf(pool, pooled))
  await syncFolder(folder)
  return pooled
}

async function complaintAbout(pool: string, pooled: Pooled): Promise<string | null> {
  const found = await measureFile(placeOf(pool, pooled)).catch(() => null)
  if (!found) return 'is missing'
  return found.sha256 === pooled.sha256 ? null : 'was changed'
}

async function contentOf(pool: string, pooled: Pooled, secret: string | null): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  await readPart(placeOf(pool, pooled), secret, async content => {
    for await (const piece of content as AsyncIterable<Buffer>) {
      bytes += piece.length
      hash.update(piece)
    }
  })
  return { bytes, sha256: hash.digest('hex') }
}

const namesIn = async (folder: string): Promise<string[]> => (existsSync(folder) ? readdir(folder) : [])
