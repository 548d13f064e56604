import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { StartFailure } from '../start-failure.ts'
import { syncFolder } from '../sync-folder.ts'
import type { Backup } from './manifest.ts'
import { measureFile, type Part, readPart, writePart } from './parts.ts'
import { secretMark } from './seal.ts'
import { addEntry, extractTar } from './tar.ts'

/**
 * Parts of tables of the embedded warehouse. ClickHouse never changes one, it only puts others in their place; so each is copied once, into a
 * pool beside the backups that all of them share: `readings/<pool>/<table>/<part>_<its checksums>_<bytes>_<sha256>.zst`, where the last
 * two are of the copy as it lies on the disk. A backup lists the names it stands for.
 */
export interface PooledPart {
  table: string
  /** as the table calls it: 202611_1_40_3 */
  part: string
  /** SHA-256 of its `checksums.txt`, which has those of all its files: the same name and this are the same content */
  checksums: string
  /** of the copy */
  bytes: number
  sha256: string
}

/** Of the readings in a backup. */
export interface WarehouseFacts {
  /** where the copies of their parts are, from the folder that holds the backups */
  pool: string
  parts: number
  /** as measured; one that came twice may count twice */
  readings: number
}

/** A part that stands still in a folder. */
export interface FrozenPart {
  table: string
  folder: string
}

/** Copies what the pool in `dir` lacks, and writes the list of all into the backup. */
export async function poolParts(
  frozen: readonly FrozenPart[],
  dir: string,
  folder: string,
  secret: string | null,
): Promise<{ part: Part; pool: string }> {
  const pool = `${pools}/${secret === null ? 'plain' : secretMark(secret)}`
  const known = await readPool(join(dir, pool))
  const parts: PooledPart[] = []
  for (const one of frozen) {
    const checksums = hashOf(await readFile(join(one.folder, 'checksums.txt')))
    const named = { table: one.table, part: basename(one.folder), checksums }
    parts.push(known.get(identityOf(named)) ?? (await copyIn(one.folder, named, join(dir, pool), secret)))
  }
  // never encrypted, so that whoever removes old backups needs no secret: it names tables and months
  const part = await writePart(folder, listPart, linesOf(parts), null)
  return { part, pool }
}

/** What is wrong with copies that a backup lists, each by its place. */
export async function checkPooledParts(backup: Backup): Promise<string[]> {
  const wrong: string[] = []
  for (const pooled of await listPooledParts(backup)) {
    const place = placeIn(backup, pooled)
    const found = await measureFile(place).catch(() => null)
    if (!found) wrong.push(`${place} is missing`)
    else if (found.sha256 !== pooled.sha256) wrong.push(`${place} was changed`)
  }
  return wrong
}

/** What a backup lists; nothing where it has no warehouse. */
export async function listPooledParts(backup: Backup): Promise<PooledPart[]> {
  if (!backup.manifest.warehouse) return []
  let lines = ''
  await readPart(join(backup.folder, listPart), null, async content => {
    lines = await text(content)
  })
  return lines.split('\n').flatMap(line => {
    const [table, name] = line.split('/')
    return table && name ? (readName(table, name) ?? []) : []
  })
}

/** Puts the part's files into a folder of its own below `into`. */
export async function fetchPart(backup: Backup, pooled: PooledPart, secret: string | null, into: string): Promise<void> {
  await readPart(placeIn(backup, pooled), secret, content => extractTar(content, join(into, pooled.part), async () => {}))
}

/** Removes from the pools what none of the kept backups lists. Throws StartFailure, with all still there, where a list is damaged. */
export async function prunePooledParts(dir: string, kept: readonly Backup[]): Promise<void> {
  const listed = new Set<string>()
  for (const backup of kept) for (const pooled of await listPooledParts(backup)) listed.add(placeIn(backup, pooled))
  for (const pool of await namesIn(join(dir, pools))) {
    for (const table of await namesIn(join(dir, pools, pool))) {
      const folder = join(dir, pools, pool, table)
      const names = await namesIn(folder)
      const gone = names.filter(name => !listed.has(join(folder, name)))
      for (const name of gone) await rm(join(folder, name))
      if (gone.length === names.length) await rmdir(folder)
    }
  }
}

const listPart = 'readings.list.zst'
const pools = 'readings'

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const identityOf = ({ table, part, checksums }: Pick<PooledPart, 'table' | 'part' | 'checksums'>) =>
  `${table}/${part}_${checksums}`
const nameOf = ({ part, checksums, bytes, sha256 }: PooledPart) => `${part}_${checksums}_${bytes}_${sha256}`
const placeIn = ({ folder, manifest }: Backup, pooled: PooledPart) =>
  join(dirname(folder), manifest.warehouse!.pool, pooled.table, `${nameOf(pooled)}.zst`)

function readName(table: string, name: string): PooledPart | null {
  const [, part, checksums, bytes, sha256] = /^([\da-z]+(?:_\d+)+)_([\da-f]{64})_(\d+)_([\da-f]{64})$/.exec(name) ?? []
  return part ? { table, part, checksums: checksums!, bytes: Number(bytes), sha256: sha256! } : null
}

async function* linesOf(parts: readonly PooledPart[]): AsyncGenerator<Buffer> {
  for (const pooled of parts) yield Buffer.from(`${pooled.table}/${nameOf(pooled)}\n`)
}

async function readPool(pool: string): Promise<Map<string, PooledPart>> {
  const known = new Map<string, PooledPart>()
  for (const table of await namesIn(pool)) {
    for (const name of await namesIn(join(pool, table))) {
      const pooled = readName(table, name.replace(/\.zst$/, ''))
      if (pooled) known.set(identityOf(pooled), pooled)
      else await rm(join(pool, table, name)) // of a backup that was killed
    }
  }
  return known
}

async function copyIn(
  from: string,
  named: Pick<PooledPart, 'table' | 'part' | 'checksums'>,
  pool: string,
  secret: string | null,
): Promise<PooledPart> {
  const folder = join(pool, named.table)
  if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(pool)
  const archive = pack()
  const fill = async () => {
    const entries = (await readdir(from, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      const { size } = await stat(path)
      await addEntry(archive, { name: path.slice(from.length + 1), size }, createReadStream(path))
    }
    archive.finalize()
  }
  const incoming = `incoming-${randomUUID()}`
  const [{ size: bytes, sha256 }] = await Promise.all([writePart(folder, incoming, archive, secret), fill()])
  const pooled = { ...named, bytes, sha256 }
  await rename(join(folder, incoming), join(folder, `${nameOf(pooled)}.zst`))
  await syncFolder(folder)
  return pooled
}

const namesIn = async (folder: string): Promise<string[]> => (existsSync(folder) ? readdir(folder) : [])

/** Throws StartFailure that names what is damaged. */
export async function demandWholeParts(backup: Backup): Promise<void> {
  const [wrong] = await checkPooledParts(backup)
  if (wrong) throw new StartFailure(`Of the readings in this backup ${wrong}: nothing was touched. Take another backup.`)
}
