import { recordLimits, type SaidRecord } from '../core/index.ts'

/** What the compact form begins with: FWV and its version. */
const mark = 'FWV1'
const headBytes = 32
const widths = { 1: 2, 2: 4 } as const

/**
 * Reads a record in the compact form, all little-endian: `FWV1`, form (u8: 1 = int16, 2 = float32), bytes of the key (u8), two bytes of 0, moment in ms since 1970 (f64, 0: now),
 * samples a second (f32, 0: as declared), 1/min (f32, NaN: not said), a factor for each sample (f32), their count (u32), key in ASCII, samples; or as JSON,
 * `{"point", "at", "rate", "speed", "factor", "int16" | "float32": base64 of the same}`. Null where it is neither, or longer than may be.
 */
export function readRecord(payload: Uint8Array): SaidRecord | null {
  return payload[0] === 0x7b ? readJson(payload) : readCompact(payload)
}

function readCompact(payload: Uint8Array): SaidRecord | null {
  if (payload.length < headBytes || ascii(payload.subarray(0, 4)) !== mark) return null
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const [form, keyBytes, count] = [view.getUint8(4), view.getUint8(5), view.getUint32(28, true)]
  const samples = payload.subarray(headBytes + keyBytes)
  if ((form !== 1 && form !== 2) || view.getUint16(6) !== 0 || samples.length !== count * widths[form]) return null
  const [at, rate, speed] = [view.getFloat64(8, true), view.getFloat32(16, true), view.getFloat32(20, true)]
  return recordOf({
    ...{ point: ascii(payload.subarray(headBytes, headBytes + keyBytes)), at: at === 0 ? undefined : at },
    ...{ rate: rate === 0 ? null : rate, speed: Number.isNaN(speed) ? null : speed },
    samples: samplesOf(samples, form, view.getFloat32(24, true)),
  })
}

function readJson(payload: Uint8Array): SaidRecord | null {
  try {
    const { point, at, rate = null, speed = null, factor = 1, int16, float32 } = JSON.parse(Buffer.from(payload).toString())
    const form = typeof int16 === 'string' ? 1 : 2
    const text: unknown = form === 1 ? int16 : float32
    const isNumber = (value: unknown) => value === null || typeof value === 'number'
    if (typeof point !== 'string' || typeof text !== 'string' || typeof factor !== 'number') return null
    if (!isNumber(rate) || !isNumber(speed)) return null
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length % widths[form] !== 0) return null
    return recordOf({ point, at, rate, speed, samples: samplesOf(bytes, form, factor) })
  } catch {
    return null // no JSON
  }
}

const recordOf = (record: SaidRecord): SaidRecord | null =>
  record.point.length > 40 || record.samples.length > recordLimits.most ? null : record

function samplesOf(bytes: Uint8Array, form: keyof typeof widths, factor: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = form === 1 ? (at: number) => view.getInt16(2 * at, true) : (at: number) => view.getFloat32(4 * at, true)
  return Float32Array.from({ length: bytes.length / widths[form] }, (_, i) => factor * read(i))
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
