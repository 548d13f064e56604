import { type FileHandle, mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onlyReads } from './warehouse-sql.ts'
import { createFile, readEntries, type WalEntry, writtenEntry } from './warehouse-wal-file.ts'

/**
 * A write-ahead log before the tables. An insert costs ClickHouse as much for few rows as for many, with flushes for each table that it reaches; here
 * it is one flush of one file, and goes into its tables with all others of a second.
 */
export interface WarehouseWal {
  /** Resolves when the rows are on the disk: they come into their tables however this process ends. Throws where there is no room. */
  add(entry: WalEntry): Promise<void>
  /** Resolves when all that was added, as far as the statement reads it, is in its tables, or cannot be put there now. */
  settled(sql: string): Promise<void>
  /** Puts what there is into its tables. Nothing may be added any more. */
  close(): Promise<void>
}

export interface WalOptions {
  /** Puts rows into their tables; the same token again does nothing. */
  insert(statement: Pick<WalEntry, 'sql' | 'settings' | 'rows'>, token: string): Promise<void>
  /** Whether it is the rows that are wrong, so that another try is of no use. */
  isFaultOfRows(error: unknown): boolean
  onTrouble(reason: string): void
}

/** Of an insert by the write-ahead log: tables in which its rows are read, with commas between them. Other servers do not know it, and insert at once. */
export const shownInHeader = 'x-fettle-shown-in'

/** ms for which rows wait for others */
const gatherMs = 1000
/** least ms between two inserts for the sake of readers: many would make of the one insert the many small ones that it is to be */
const readersMs = 250
/** bytes that are put into their tables together, about */
const together = 8 * 2 ** 20
/** bytes beyond which nothing is taken until some are in their tables */
const mostWaiting = 64 * 2 ** 20
/** bytes of the disk that are left free, as ClickHouse itself leaves them */
const reserve = 256 * 2 ** 20

/** Nothing more is taken for now. */
export class WalFull extends Error {}

interface Segment {
  path: string
  entries: WalEntry[]
  bytes: number
  file: FileHandle | null
}

/** An empty line would end the rows. */
const endedLines = (rows: Buffer): Buffer[] => (rows.at(-1) === 10 ? [rows] : [rows, Buffer.from('\n')])

/** Opens the write-ahead log of a folder, and puts into its tables what a process before left in it. */
export async function openWal(folder: string, { insert, isFaultOfRows, onTrouble }: WalOptions): Promise<WarehouseWal> {
  const refused = join(folder, 'refused')
  await mkdir(refused, { recursive: true, mode: 0o700 })
  const left = (await readdir(folder)).filter(name => name.endsWith('.rows')).sort()
  /** those whose rows are not in their tables yet, oldest first; the last one is being filled */
  const segments: Segment[] = []
  for (const path of left.map(name => join(folder, name))) {
    const entries = await readEntries(path)
    segments.push({ path, entries, bytes: entries.reduce((sum, { rows }) => sum + rows.length, 0), file: null })
  }
  segments.push(newSegment())
  let wanting: { entry: WalEntry; bytes: Buffer; done(error?: unknown): void }[] = []
  let isWriting = false
  /** called between two writes */
  let turn: (() => void) | null = null
  let emptying: Promise<boolean> | null = null
  let beganAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  await empty()

  function newSegment(): Segment {
    return { path: join(folder, `${Date.now()}-${crypto.randomUUID()}.rows`), entries: [], bytes: 0, file: null }
  }

  /** One flush for all that want to be written. */
  async function write(): Promise<void> {
    isWriting = true
    while (wanting.length > 0) {
      const now = wanting
      wanting = []
      const segment = segments.at(-1)!
      try {
        await append(segment, Buffer.concat(now.map(({ bytes }) => bytes)))
        for (const { entry, bytes, done } of now) {
          segment.entries.push(entry)
          segment.bytes += bytes.length
          done()
        }
        if (segment.bytes >= together) void empty()
        else timer ??= setTimeout(empty, gatherMs)
      } catch (error) {
        if (segment.file) segments.push(newSegment()) // what stands half written at its end is not read
        for (const { done } of now) done(error)
      }
      turn?.()
    }
    isWriting = false
  }

  async function append(segment: Segment, bytes: Buffer): Promise<void> {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < reserve) throw new WalFull('There is too little space on the disk')
    segment.file ??= await createFile(segment.path)
    await segment.file.appendFile(bytes)
    await segment.file.datasync()
  }

  /** Puts all there is into its tables. Answers whether that was done. */
  function empty(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    emptying ??= emptySegments()
      .then(() => true)
      .catch(error => {
        onTrouble(`What is in the write-ahead log waits: ${(error as Error).message}`)
        timer ??= setTimeout(empty, gatherMs)
        return false
      })
      .finally(() => {
        emptying = null
      })
    return emptying
  }

  async function emptySegments(): Promise<void> {
    await new Promise<void>(resolve => {
      const turnOver = () => {
        turn = null
        segments.push(newSegment())
        resolve()
      }
      if (isWriting) turn = turnOver
      else turnOver()
    })
    beganAt = performance.now()
    while (segments.length > 1) {
      const { path, entries, file } = segments[0]!
      await file?.close()
      segments[0]!.file = null
      const alike = Map.groupBy(entries, ({ sql, settings }) => JSON.stringify([sql, settings]))
      for (const [number, own] of [...alike.values()].entries()) await put(own, `${path} ${number}`)
      await rm(path, { force: true })
      segments.shift()
    }
  }

  /** One by one where some are wrong: those are put aside, and hold up no others. */
  async function put(entries: readonly WalEntry[], token: string): Promise<void> {
    const [{ sql, settings }] = entries as [WalEntry]
    try {
      await insert({ sql, settings, rows: Buffer.concat(entries.flatMap(({ rows }) => endedLines(rows))) }, token)
    } catch (error) {
      if (!isFaultOfRows(error)) throw error
      if (entries.length > 1) for (const [number, one] of entries.entries()) await put([one], `${token} ${number}`)
      else await putAside(entries[0]!, error as Error)
    }
  }

  async function putAside(entry: WalEntry, { message }: Error): Promise<void> {
    const file = await createFile(join(refused, `${crypto.randomUUID()}.rows`))
    await file.appendFile(writtenEntry(entry))
    await file.datasync()
    await file.close()
    onTrouble(`Rows were put aside in ${refused}: ${message}`)
  }

  const waits = () => segments.some(({ entries }) => entries.length > 0)
  function shows(sql: string): boolean {
    if (!onlyReads(sql)) return true
    const words = new Set(sql.match(/\w+/g))
    return segments.some(({ entries }) => entries.some(({ shownIn }) => shownIn.some(table => words.has(table))))
  }

  return {
    async add(entry) {
      const waiting = segments.reduce((sum, { bytes }) => sum + bytes, 0)
      if (waiting >= mostWaiting && !(await empty())) throw new WalFull('Too much waits to be put into its tables')
      await new Promise<void>((resolve, reject) => {
        wanting.push({ entry, bytes: writtenEntry(entry), done: error => (error ? reject(error) : resolve()) })
        if (!isWriting) void write()
      })
    },
    async settled(sql) {
      if (!waits() || !shows(sql)) return
      await emptying // which may have begun before the last of it was added
      await delay(Math.max(0, beganAt + readersMs - performance.now()))
      if (waits()) await empty()
    },
    async close() {
      await emptying
      await empty()
      clearTimeout(timer)
    },
  }
}
