import type { History } from './api.ts'
import type { LiveReading } from './live.ts'

/** A course with the readings of one metric that came after it was read, in its steps. readings: in the order of their time */
export function extendHistory(history: History, readings: readonly LiveReading[]): History {
  const { step, points } = history
  const end = points.length > 0 ? Date.parse(points.at(-1)!.at) + step : Number.NEGATIVE_INFINITY
  const steps = Map.groupBy(
    readings.filter(([, at]) => at >= end),
    ([, at]) => Math.floor(at / step) * step,
  )
  const added = [...steps].map(([at, all]) => {
    const values = all.map(([, , value]) => value)
    const sum = values.reduce((total, value) => total + value, 0)
    return {
      at: new Date(at).toISOString(),
      ...{ min: Math.min(...values), max: Math.max(...values), mean: sum / values.length, count: values.length },
    }
  })
  return { ...history, points: [...points, ...added] }
}
