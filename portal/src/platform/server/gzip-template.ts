import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

/** A text prepared once, with places for a short value that differs each time it is sent and always has the same length. */
export interface GzipTemplate {
  plain: Punched
  gzip: Punched
  /** of the plain text as it stands in `plain`, with the blank in every place */
  sum: number
  /** how a change in the places changes the checksum: the sum over all places of x^(8 · bytes behind it), modulo the polynomial of CRC-32 */
  factor: number
  blank: Buffer
}

interface Punched {
  bytes: Buffer
  /** where the value belongs */
  places: number[]
}

/** Compresses the pieces of text between which the value will stand. length: of the value, in bytes (ASCII), at most 65,535 */
export async function prepareTemplate(pieces: readonly string[], length: number): Promise<GzipTemplate> {
  const blank = Buffer.alloc(length, '-')
  const parts = pieces.map(piece => Buffer.from(piece))
  const plain = punch(parts, { before: [], between: [], behind: [] }, blank)
  const deflate = promisify<Buffer, object, Buffer>(deflateRaw)
  // each piece ends at a byte and refers to nothing before it (RFC 1951, full flush)
  const packed = await Promise.all(parts.map(part => deflate(part, { level: 9, finishFlush: constants.Z_FULL_FLUSH })))
  const gzip = punch(packed, { before: [header], between: [storedHeader(length)], behind: [end, Buffer.alloc(8)] }, blank)
  const size = plain.bytes.length
  gzip.bytes.writeUInt32LE(size % 2 ** 32, gzip.bytes.length - 4)
  const factor = plain.places.reduce((sum, place) => sum ^ power(size - place - length), 0)
  return { plain, gzip, sum: crc32(plain.bytes), factor, blank }
}

/** The text with the value in its places. */
export const fillPlain = ({ plain }: GzipTemplate, value: string): Uint8Array<ArrayBuffer> => fill(plain, value)

/**
 * The same as a gzip file (RFC 1952). Costs a copy: neither compression nor a checksum over the whole, for CRC-32 is linear, and the
 * checksum differs from that of the blank text by the difference of the values' own, moved to their places.
 */
export function fillGzip({ gzip, sum, factor, blank }: GzipTemplate, value: string): Uint8Array<ArrayBuffer> {
  const bytes = fill(gzip, value)
  bytes.writeUInt32LE((sum ^ multiply(factor, crc32(value) ^ crc32(blank))) >>> 0, bytes.length - 8)
  return bytes
}

function punch(parts: readonly Buffer[], frame: Record<'before' | 'between' | 'behind', Buffer[]>, blank: Buffer): Punched {
  const out = [...frame.before]
  const places: number[] = []
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      out.push(...frame.between)
      places.push(out.reduce((length, one) => length + one.length, 0))
      out.push(blank)
    }
    out.push(part)
  }
  return { bytes: Buffer.concat([...out, ...frame.behind]), places }
}

function fill({ bytes, places }: Punched, value: string): Buffer<ArrayBuffer> {
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  for (const place of places) copy.write(value, place, 'latin1')
  return copy
}

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** an empty block that says it is the last */
const end = Buffer.from([0x03, 0x00])

/** Of a block that is not compressed and not the last. */
function storedHeader(length: number): Buffer {
  const block = Buffer.alloc(5)
  block.writeUInt16LE(length, 1)
  block.writeUInt16LE(length ^ 0xffff, 3)
  return block
}

// Polynomials modulo that of CRC-32, lowest power in the highest bit, as in zlib's crc32_combine.
const one = 0x80000000
const shiftedByByte = one >>> 8

function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= b
    b = b & 1 ? (b >>> 1) ^ 0xedb88320 : b >>> 1
  }
  return product
}

/** x^(8 · bytes) */
function power(bytes: number): number {
  let result = one
  for (let square = shiftedByByte, left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, square)
    square = multiply(square, square)
  }
  return result
}
