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

/** Why a reading is not kept. The words are what people see counted at their machine. */
export const readingRefusals = [
  /** it came by a topic that nobody reads */
  'unread-topic',
  /** the message cannot be read */
  'payload',
  /** the device's type has no such metric, or takes it no more */
  'unknown-metric',
  /** no number */
  'type',
  /** beyond what the sensor can measure: it is the sensor that is wrong */
  'range',
  /** it cannot be of that time */
  'time',
  /** of Sparkplug: no birth said what it is */
  'unborn',
  /** of records of vibration: too few or too many samples, sampled otherwise than declared, one value alone, too many that wait */
  'length',
  'rate',
  'flat',
  'backlog',
] as const
export type ReadingRefusal = (typeof readingRefusals)[number]

/** What the broker itself refused of a machine: what that means is said at `refusals` of the platform. */
export const wireRefusals = [
  'publish-topic',
  'subscribe-topic',
  'will-topic',
  'too-large',
  'malformed',
  'sign-in',
  'too-often',
  'too-many',
  'slow',
] as const

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
