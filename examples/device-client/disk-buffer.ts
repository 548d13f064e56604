import { type FileHandle, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Lines on a disk, first in, first out. They outlive the process, and a power cut. */
export interface DiskBuffer {
  /** Resolves when the line is on the disk. Lines that are added at the same time share one flush. */
  add(line: string): Promise<void>
  /** The oldest lines, at most so many. */
  read(most: number): Promise<string[]>
  /** Forgets the oldest so many, of those that were read. */
  drop(count: number): Promise<void>
  waiting(): number
  close(): Promise<void>
}

/** bytes of one file */
const fileBytes = 4 * 2 ** 20

interface Segment {
  path: string
  bytes: number
  /** lines that are not dropped yet */
  waiting: number
  /** those, once they are wanted; of a file that is not the oldest they stay on the disk */
  lines: string[] | null
}

/**
 * The buffer in a folder: files of lines, each removed once all of its lines are dropped, and one file that says how many lines of the oldest
 * are. The oldest file is removed where all of them together are larger than mostBytes: new readings are worth more than old ones.
 */
export async function openDiskBuffer(folder: string, mostBytes = 256 * 2 ** 20): Promise<DiskBuffer> {
  const mark = join(folder, 'dropped')
  const segments: Segment[] = []
  for (const name of (await readdir(folder)).filter(file => /^\d{12}\.lines$/.test(file)).sort()) {
    const path = join(folder, name)
    const [{ size }, lines] = [await stat(path), await linesOf(path)]
    segments.push({ path, bytes: size, waiting: lines.length, lines: null })
  }
  let dropped = await readDropped(mark, segments)
  if (segments[0]) segments[0].waiting -= dropped
  let number = segments.length > 0 ? Number(segments.at(-1)!.path.slice(-18, -6)) + 1 : 1
  let file: FileHandle | null = null
  let gathered: { line: string; done: () => void; failed: (error: unknown) => void }[] = []
  let work = Promise.resolve()

  /** One thing at a time. */
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const result = work.then(job)
    work = result.then(
      () => {},
      () => {},
    )
    return result
  }

  async function write(): Promise<void> {
    const batch = gathered
    gathered = []
    if (batch.length === 0) return
    try {
      if (!file || segments.at(-1)!.bytes > fileBytes) await begin()
      const text = batch.map(({ line }) => `${line}\n`).join('')
      await file!.appendFile(text)
      await file!.datasync()
      const last = segments.at(-1)!
      last.bytes += Buffer.byteLength(text)
      last.waiting += batch.length
      last.lines?.push(...batch.map(({ line }) => line))
      for (const { done } of batch) done()
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }

  async function begin(): Promise<void> {
    await file?.close()
    const path = join(folder, `${String(number++).padStart(12, '0')}.lines`)
    file = await open(path, 'ax')
    segments.push({ path, bytes: 0, waiting: 0, lines: null })
    while (segments.length > 1 && segments.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) await removeFirst()
  }

  async function removeFirst(): Promise<void> {
    await noteDropped(0)
    await rm(segments.shift()!.path, { force: true })
  }

  async function noteDropped(count: number): Promise<void> {
    dropped = count
    await writeFile(`${mark}.new`, `${segments[0]?.path.slice(-18, -6) ?? ''} ${count}`)
    await rename(`${mark}.new`, mark)
  }

  return {
    add: line =>
      new Promise((done, failed) => {
        gathered.push({ line, done, failed })
        if (gathered.length === 1) void inTurn(write)
      }),
    read: most =>
      inTurn(async () => {
        while (segments.length > 1 && segments[0]!.waiting === 0) await removeFirst()
        const [first] = segments
        if (!first) return []
        first.lines ??= (await linesOf(first.path)).slice(dropped)
        return first.lines.slice(0, most)
      }),
    drop: count =>
      inTurn(async () => {
        const [first] = segments
        if (!first) return
        first.lines?.splice(0, count)
        first.waiting -= count
        if (first.waiting > 0 || segments.length === 1) await noteDropped(dropped + count)
        else await removeFirst()
      }),
    waiting: () => segments.reduce((sum, { waiting }) => sum + waiting, 0),
    close: () =>
      inTurn(async () => {
        await file?.close()
        file = null
      }),
  }
}

/** A line that was cut off by a power cut was never promised. */
async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
}

/** Of another file than the oldest it says nothing: that one is gone. */
async function readDropped(mark: string, [first]: readonly Segment[]): Promise<number> {
  const [name, count] = (await readFile(mark, 'utf8').catch(() => '')).split(' ')
  return first && name === first.path.slice(-18, -6) ? Number(count) : 0
}
