import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, type Pack } from 'tar-stream'
import { StartFailure } from '../start-failure.ts'

/** Adds a file of exactly `size` bytes, as fast as the archive is taken away. */
export async function addEntry(
  target: Pack,
  header: { name: string; size: number },
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const added = Promise.withResolvers<void>()
  const entry = target.entry({ ...header, mode: 0o600 }, error => (error ? added.reject(error) : added.resolve()))
  for await (const piece of content) if (!entry.write(piece)) await once(entry, 'drain')
  entry.end(undefined)
  await added.promise
}

/** Writes what is in the archive below `folder`, only for its owner to read; `written` is told every path. */
export async function extractTar(content: Readable, folder: string, written: (path: string) => Promise<void>): Promise<void> {
  const archive = extract()
  const reading = pipeline(content, archive)
  reading.catch(() => {}) // told below, after what has been written is closed
  for await (const entry of archive) {
    const path = normalize(entry.header.name)
    if (path.startsWith('..') || join(folder, path) === folder || /^([/\\]|[a-z]:)/i.test(path))
      throw new StartFailure(`The backup holds a file outside of its place (${entry.header.name}): it is not one of Fettle's.`)
    const place = join(folder, path)
    if (entry.header.type === 'directory') {
      await mkdir(place, { recursive: true, mode: 0o700 })
      entry.resume()
    } else {
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await pipeline(piecesOf(entry), createWriteStream(place, { mode: 0o600 }))
    }
    await written(place)
  }
  await reading
}

/** A pipeline from the entry itself would wait for ever where the archive breaks off in it. */
async function* piecesOf(entry: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  yield* entry
}
