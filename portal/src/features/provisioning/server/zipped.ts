import { Zip, ZipDeflate } from 'fflate'

/** A file of an archive. */
export interface ZipEntry {
  name: string
  content: Uint8Array
}

/** A ZIP archive of entries as they come: no more than one of them is in memory. */
export async function* zipped(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const archive = new Zip((error, piece) => {
    if (error) throw error
    ready.push(piece)
  })
  for await (const { name, content } of entries) {
    const entry = new ZipDeflate(name)
    archive.add(entry)
    entry.push(content, true)
    yield* ready.splice(0)
  }
  archive.end()
  yield* ready
}
