/** Numbers of the types of values that Sparkplug B has and a reading can be of [Sparkplug 3.0.0, 6.4.16]. */
export const sparkplugTypes = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
} as const
export type SparkplugType = keyof typeof sparkplugTypes

/** The number of the type of texts, which no reading is of, but a setting can be. */
export const textType = 12

/** A value as it stands on the wire: a bigint where whole numbers stand, a number where fractions do. other: long texts, bytes, data sets, templates */
export type WireValue = number | bigint | boolean | { text: string } | 'other' | null

export interface SparkplugMetric {
  /** undefined: the alias says which one it is */
  name: string | undefined
  alias: string | undefined
  /** milliseconds since 1970; undefined: that of the payload */
  timestamp: number | undefined
  /** undefined: as the birth said */
  type: number | undefined
  historical: boolean
  /** null: the edge node knows no value now */
  value: WireValue
}

export interface SparkplugPayload {
  /** when it was sent, milliseconds since 1970 */
  timestamp: number | undefined
  /** 0 to 255, each message one more than the one before */
  seq: number | undefined
  metrics: SparkplugMetric[]
}

/** Longest name of a metric, in characters. */
export const longestName = 256

/** What a value means by its type: a signed number stands on the wire as an unsigned one. Nothing else than a number, a boolean or a text is one. */
export function meantBy(wire: WireValue, type: number): unknown {
  if (typeof wire === 'object' && wire !== null) return type === textType ? wire.text : 'other'
  if (typeof wire !== 'number' && typeof wire !== 'bigint') return wire
  if (!numbers.has(type)) return 'other'
  const signed = signedBits.get(type)
  return Number(typeof wire === 'bigint' && signed ? BigInt.asIntN(signed, wire) : wire)
}

const signedBits = new Map<number, number>([
  [sparkplugTypes.Int8, 8],
  [sparkplugTypes.Int16, 16],
  [sparkplugTypes.Int32, 32],
  [sparkplugTypes.Int64, 64],
])

const numbers: ReadonlySet<number> = new Set(Object.values(sparkplugTypes))

/**
 * The key by which a machine's type declares what Sparkplug calls `Spindle/Speed`, or below a device `table` of the edge node `Angle`:
 * `spindle_speed`, `table_angle`. Whatever is no letter or digit parts words, and so does a capital letter. '': it can be no key
 */
export function metricKeyOf(device: string | null, name: string): string {
  return (device === null ? name : `${device}/${name}`)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
}
