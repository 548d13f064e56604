import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { StartFailure } from '../start-failure.ts'
import { syncFolder } from '../sync-folder.ts'
import { seal, unseal } from './seal.ts'

/** A file of a backup: compressed by Zstandard, encrypted where there is a secret. */
export interface Part {
  /** its path in the backup, with / */
  file: string
  /** bytes on disk */
  size: number
  /** of what is on disk */
  sha256: string
}

/** Writes a part and sees it on the disk. */
export async function writePart(
  folder: string,
  file: string,
  content: AsyncIterable<unknown>,
  secret: string | null,
): Promise<Part> {
  const path = join(folder, file)
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(piece: Buffer, _, done) {
      size += piece.length
      hash.update(piece)
      done(null, piece)
    },
  })
  // the checksum lets a reader tell damage from an end
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  if (secret === null) await pipeline(content, compress, count, target)
  else await pipeline(content, compress, seal(secret), count, target)
  await syncFolder(dirname(path))
  return { file, size, sha256: hash.digest('hex') }
}

/** What was written into a part. Emits StartFailure naming the file where it is damaged. */
export async function readPart(
  path: string,
  secret: string | null,
  consume: (content: Readable) => Promise<void>,
): Promise<void> {
  const content = createZstdDecompress()
  const reading =
    secret === null ? pipeline(createReadStream(path), content) : pipeline(createReadStream(path), unseal(secret), content)
  const both = await Promise.allSettled([reading, consume(content)])
  const failed = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined
  if (!failed) return
  if (failed.reason instanceof StartFailure) throw failed.reason
  throw new StartFailure(
    `${path} cannot be read (${failed.reason.code ?? failed.reason.message}): it is damaged. Take another backup.`,
  )
}

/** SHA-256 and size of a file as it lies on the disk. */
export async function measureFile(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of createReadStream(path)) {
    size += piece.length
    hash.update(piece)
  }
  return { size, sha256: hash.digest('hex') }
}
