import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileOnDisk } from './files.ts'

/** Runs `work` with a folder of its own below `root`, for files on their way; the folder is gone afterwards, whatever happened. */
export async function withSpool<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(root, 'incoming', randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes a stream to a new file, piece by piece. */
export const spool = (content: AsyncIterable<Uint8Array>, path: string): Promise<void> =>
  pipeline(content, createWriteStream(path, { flags: 'wx', mode: 0o600 }))

export async function measureFile(path: string): Promise<FileOnDisk> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += piece.length
    hash.update(piece)
  }
  return { path, bytes, sha256: hash.digest('hex') }
}
