import { type FileHandle, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { syncFolder } from './sync-folder.ts'

/** Rows on their way into a table: on the disk, and not in it yet. */
export interface WalEntry {
  /** the insert that takes them, which ends with their format */
  sql: string
  settings: Record<string, string>
  /** tables in which they can be read afterwards */
  shownIn: readonly string[]
  rows: Buffer
}

/** Opens a file that may be new, whose name is on the disk then. */
export async function createFile(path: string): Promise<FileHandle> {
  const file = await open(path, 'a', 0o600)
  await syncFolder(dirname(path))
  return file
}

/** A line that says how long the rest is and its check sum; and the rest: a line that says what it is, and the rows. */
export function writtenEntry({ rows, ...what }: WalEntry): Buffer {
  const rest = Buffer.concat([Buffer.from(`${JSON.stringify(what)}\n`), rows])
  return Buffer.concat([Buffer.from(`${rest.length} ${crc32(rest)}\n`), rest, Buffer.from('\n')])
}

/** The entries of a file, up to one that was not written to its end: that was not acknowledged. */
export async function readEntries(path: string): Promise<WalEntry[]> {
  const bytes = await readFile(path)
  const entries: WalEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    const begin = bytes.indexOf('\n', at) + 1
    const [, length, sum] = /^(\d+) (\d+)\n$/.exec(bytes.toString('latin1', at, begin)) ?? []
    const rest = bytes.subarray(begin, begin + Number(length))
    if (length === undefined || rest.length < Number(length) || crc32(rest) !== Number(sum)) break
    const end = rest.indexOf('\n')
    entries.push({ ...JSON.parse(rest.toString('utf8', 0, end)), rows: rest.subarray(end + 1) })
    at = begin + rest.length + 1
  }
  return entries
}
