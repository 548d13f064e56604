import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

/** A text in pieces, each compressed once; what stands between them is known only when the text is sent. */
export interface GzipPieces {
  plain: Buffer[]
  compressed: Buffer[]
}

/** Compresses each piece so that it ends at a byte and refers to nothing before it (RFC 1951, full flush). */
export async function compressPieces(pieces: readonly string[]): Promise<GzipPieces> {
  const plain = pieces.map(piece => Buffer.from(piece))
  const deflate = promisify<Buffer, object, Buffer>(deflateRaw)
  const compressed = await Promise.all(plain.map(piece => deflate(piece, { level: 9, finishFlush: constants.Z_FULL_FLUSH })))
  return { plain, compressed }
}

/** The pieces with `between` between them as one gzip file (RFC 1952): costs a copy and a checksum, no compression. */
export function joinGzip({ plain, compressed }: GzipPieces, between: string): Uint8Array<ArrayBuffer> {
  const inner = Buffer.from(between)
  const stored = Buffer.concat([storedHeader(inner.length), inner])
  const out: Buffer[] = [header]
  let sum = 0
  let length = 0
  const add = (bytes: Buffer, written: Buffer) => {
    out.push(written)
    sum = crc32(bytes, sum)
    length += bytes.length
  }
  for (const [index, piece] of plain.entries()) {
    if (index > 0) add(inner, stored)
    add(piece, compressed[index]!)
  }
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(sum, 0)
  trailer.writeUInt32LE(length % 2 ** 32, 4)
  return new Uint8Array(Buffer.concat([...out, end, trailer]))
}

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** an empty block that says it is the last */
const end = Buffer.from([0x03, 0x00])

/** Of a block that is not compressed and not the last; at most 65,535 bytes. */
function storedHeader(length: number): Buffer {
  const block = Buffer.alloc(5)
  block.writeUInt16LE(length, 1)
  block.writeUInt16LE(length ^ 0xffff, 3)
  return block
}
