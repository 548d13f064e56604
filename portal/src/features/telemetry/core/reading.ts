/** One value as a device says it, not judged yet. */
export interface SaidReading {
  /** key of the metric, as the device calls it */
  metric: string
  value: unknown
  /** by the device's clock, as it wrote it: milliseconds since 1970, or ISO 8601 with a zone. undefined: not said */
  at: unknown
}

/** What one message of a device says. */
export interface SaidMessage {
  readings: SaidReading[]
  /** when it was sent, by the device's clock, as it wrote it; undefined: not said */
  sentAt: unknown
  /** by which it is known again; null: it has none */
  sequence: Sequence | null
}

/** The number of a message, for machines that cannot say when they measured. */
export interface Sequence {
  /** what the machine calls the time since it was switched on, in which it counts */
  boot: string
  seq: number
}

/** A value that is kept: a whole number of 10^-decimals of its metric's unit, at a moment in milliseconds since 1970. */
export interface Reading {
  metric: string
  at: number
  scaled: number
}

/** What has to be known of a metric to keep a reading of it. */
export interface DeclaredMetric {
  key: string
  min: number
  max: number
  decimals: number
}

/** What one message may hold, and how far its times may lie from now. */
export const readingLimits = {
  readings: 5000,
  /** of a name, in characters: longer ones are no metric's */
  name: 40,
  ahead: 5 * 60_000,
  behind: 366 * 24 * 60 * 60_000,
  /** a clock that is off by less is left alone: networks take their time */
  skew: 5000,
} as const

/** The number that was measured. */
export const unscaled = (scaled: number, decimals: number): number => scaled / 10 ** decimals
