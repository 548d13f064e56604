import type { LocalizedText } from '#platform/core'

/**
 * What a metric tells of a machine. use: how much it is used (speed, load). mode: what it does (a program, a mode), each value by itself. condition: how it
 * is. other: nothing of that (counters, states).
 */
export const metricTells = ['use', 'mode', 'condition', 'other'] as const
export type MetricTells = (typeof metricTells)[number]

/** What a machine of a type measures. A reading is kept as a whole number: value × 10^decimals. */
export interface Metric {
  /** as devices name it: spindle_speed */
  key: string
  name: LocalizedText
  /** as it stands behind the number: 1/min, °C, mm/s; '' for numbers that are counted */
  unit: string
  /** what can be measured at all; anything beyond is a fault of the sensor */
  min: number
  max: number
  decimals: number
  /** fastest change that is possible, in its unit per second; null: not said */
  maxRate: number | null
  /** null: not said */
  tells: MetricTells | null
  /** key of the component it tells of; null: not said */
  component: string | null
}

/** A part of a machine whose age is worth knowing [OPC 40001-1 component]. */
export interface Component {
  key: string
  name: LocalizedText
  /** key of a component before it in the list; null: of the machine itself */
  partOf: string | null
  partNumber: string | null
  /** how long it is expected to last; null: not said */
  lifeMonths: number | null
  lifeHours: number | null
}

export const typeLimits = {
  types: 500,
  models: 50,
  metrics: 200,
  components: 200,
  decimals: 6,
  settings: 50,
  commands: 30,
  parameters: 10,
  choices: 20,
} as const

/** Keys that machines and programs use: they begin with a letter. */
export const keyShape = /^[a-z][a-z0-9_]{0,39}$/

/** Whole numbers up to here are exact wherever readings go. */
const mostScaled = 2 ** 53

/** Whether every value of the range is a whole number after scaling that nothing rounds. */
export const isExact = ({ min, max, decimals }: Pick<Metric, 'min' | 'max' | 'decimals'>): boolean =>
  Math.max(Math.abs(min), Math.abs(max)) * 10 ** decimals <= mostScaled

/** A metric as it is kept; retired: taken no more. */
export interface KeptMetric extends Metric {
  retired: boolean
}

/**
 * What becomes of the metrics of a type that machines report by already: those left out are retired, since readings of them are kept, and a
 * key goes on meaning what it meant. conflicts: keys that were to have another unit or resolution than before
 */
export function settleMetrics(
  before: readonly KeptMetric[],
  wanted: readonly Metric[],
): { metrics: KeptMetric[]; conflicts: string[] } {
  const known = new Map(before.map(metric => [metric.key, metric]))
  const kept = new Set(wanted.map(({ key }) => key))
  return {
    metrics: [
      ...wanted.map(metric => ({ ...metric, retired: false })),
      ...before.filter(({ key }) => !kept.has(key)).map(metric => ({ ...metric, retired: true })),
    ],
    conflicts: wanted
      .filter(({ key, unit, decimals }) => {
        const old = known.get(key)
        return old !== undefined && (old.unit !== unit || old.decimals !== decimals)
      })
      .map(({ key }) => key),
  }
}

/** Positions of keys that stood before. */
export const repeated = (keys: readonly string[]): number[] => keys.flatMap((key, at) => (keys.indexOf(key) < at ? [at] : []))

/** Positions of components that are a part of something not before them: so no ring can be written. */
export const misplaced = (components: readonly Pick<Component, 'key' | 'partOf'>[]): number[] =>
  components.flatMap(({ partOf }, at) =>
    partOf !== null && !components.slice(0, at).some(({ key }) => key === partOf) ? [at] : [],
  )
