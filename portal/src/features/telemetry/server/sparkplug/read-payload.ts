import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { longestName, readingLimits, type SparkplugMetric, type SparkplugPayload, type WireValue } from '../../core/index.ts'

/**
 * Reads a payload of Sparkplug B, the protocol buffer `org.eclipse.tahu.protobuf.Payload`; null: it is none, or holds more than a message
 * may. What readings are not made of (properties, data sets, templates, bodies) is passed over unread, so that depth costs nothing.
 */
export function readSparkplug(bytes: Uint8Array): SparkplugPayload | null {
  try {
    return readPayload(new BinaryReader(bytes, strictUtf8))
  } catch {
    return null // whatever is wrong with the bytes, it is told by an error of the reader
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const strictUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes)

function readPayload(reader: BinaryReader): SparkplugPayload {
  const payload: SparkplugPayload = { timestamp: undefined, seq: undefined, metrics: [] }
  fields(reader, reader.len, (field, wire) => {
    if (field === 1) payload.timestamp = whole(varint(reader, wire))
    else if (field === 2) {
      if (payload.metrics.length >= readingLimits.readings) throw new RangeError('too many metrics')
      payload.metrics.push(readMetric(reader, wire))
    } else if (field === 3) payload.seq = sequence(varint(reader, wire))
    else skip(reader, wire)
  })
  return payload
}

function readMetric(reader: BinaryReader, wire: WireType): SparkplugMetric {
  demand(wire, WireType.LengthDelimited)
  const end = reader.uint32() + reader.pos
  if (end > reader.len) throw new RangeError('premature end')
  const metric: SparkplugMetric = {
    ...{ name: undefined, alias: undefined, timestamp: undefined, type: undefined, historical: false, value: null },
  }
  let isNull = false
  fields(reader, end, (field, type) => {
    if (field === 1) metric.name = readName(reader, type)
    else if (field === 2) metric.alias = String(varint(reader, type))
    else if (field === 3) metric.timestamp = whole(varint(reader, type))
    else if (field === 4) metric.type = whole(varint(reader, type))
    else if (field === 5) metric.historical = varint(reader, type) !== 0n
    else if (field === 7) isNull = varint(reader, type) !== 0n
    else if (field >= 10 && field <= 19) metric.value = readValue(reader, field, type)
    else skip(reader, type)
  })
  if (isNull) metric.value = null
  return metric
}

function readName(reader: BinaryReader, wire: WireType): string {
  demand(wire, WireType.LengthDelimited)
  const name = reader.string()
  if (name.length > longestName || name.includes('\0')) throw new RangeError('no name') // the database keeps no NUL
  return name
}

function readValue(reader: BinaryReader, field: number, wire: WireType): WireValue {
  if (field === 10 || field === 11) return varint(reader, wire)
  if (field === 12) {
    demand(wire, WireType.Bit32)
    return reader.float()
  }
  if (field === 13) {
    demand(wire, WireType.Bit64)
    return reader.double()
  }
  if (field === 14) return varint(reader, wire) !== 0n
  if (field === 15) {
    demand(wire, WireType.LengthDelimited)
    const text = reader.string()
    return text.length > longestName || text.includes('\0') ? 'other' : { text }
  }
  skip(reader, wire)
  return 'other'
}

/** Reads fields until the end of a message, to the byte. */
function fields(reader: BinaryReader, end: number, read: (field: number, wire: WireType) => void): void {
  while (reader.pos < end) {
    const [field, wire] = reader.tag()
    read(field, wire)
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message')
}

function varint(reader: BinaryReader, wire: WireType): bigint {
  demand(wire, WireType.Varint)
  return BigInt(reader.uint64())
}

/** Groups went out of use before Sparkplug was made: they are the one thing of a protocol buffer that could nest here. */
function skip(reader: BinaryReader, wire: WireType): void {
  if (wire === WireType.StartGroup || wire === WireType.EndGroup) throw new RangeError('a group')
  reader.skip(wire)
}

function demand(wire: WireType, wanted: WireType): void {
  if (wire !== wanted) throw new RangeError(`wire type ${wire} in place of ${wanted}`)
}

/** Larger ones are no time and no type, and are read as such. */
const whole = (value: bigint): number => Number(value)

function sequence(value: bigint): number {
  if (value > 255n) throw new RangeError('no sequence number')
  return Number(value)
}
