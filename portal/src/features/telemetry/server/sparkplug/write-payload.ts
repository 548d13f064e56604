import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { type SparkplugType, sparkplugTypes, textType } from '../../core/index.ts'

export interface WrittenMetric {
  name?: string
  alias?: number
  type: SparkplugType | 'String'
  /** null: unknown now */
  value: number | bigint | boolean | string | null
  timestamp?: number
  historical?: boolean
}

/** A payload of Sparkplug B. seq: absent in what a portal says, and in deaths */
export function writeSparkplug({
  timestamp,
  seq,
  metrics,
}: {
  timestamp: number
  seq?: number
  metrics: readonly WrittenMetric[]
}): Uint8Array {
  const writer = new BinaryWriter()
  writer.tag(1, WireType.Varint).uint64(timestamp)
  for (const metric of metrics) {
    writer.tag(2, WireType.LengthDelimited).fork()
    writeMetric(writer, metric)
    writer.join()
  }
  if (seq !== undefined) writer.tag(3, WireType.Varint).uint64(seq)
  return writer.finish()
}

function writeMetric(writer: BinaryWriter, { name, alias, type, value, timestamp, historical }: WrittenMetric): void {
  if (name !== undefined) writer.tag(1, WireType.LengthDelimited).string(name)
  if (alias !== undefined) writer.tag(2, WireType.Varint).uint64(alias)
  if (timestamp !== undefined) writer.tag(3, WireType.Varint).uint64(timestamp)
  writer.tag(4, WireType.Varint).uint32(type === 'String' ? textType : sparkplugTypes[type])
  if (historical) writer.tag(5, WireType.Varint).bool(true)
  if (value === null) writer.tag(7, WireType.Varint).bool(true)
  else if (typeof value === 'boolean') writer.tag(14, WireType.Varint).bool(value)
  else if (typeof value === 'string') writer.tag(15, WireType.LengthDelimited).string(value)
  else if (type === 'Float') writer.tag(12, WireType.Bit32).float(Number(value))
  else if (type === 'Double') writer.tag(13, WireType.Bit64).double(Number(value))
  else if (type === 'Int64' || type === 'UInt64') writer.tag(11, WireType.Varint).uint64(BigInt.asUintN(64, BigInt(value)))
  else writer.tag(10, WireType.Varint).uint32(Number(BigInt.asUintN(32, BigInt(value))))
}
