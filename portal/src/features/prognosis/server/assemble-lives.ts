import { isVisible } from '#features/devices/core'
import { readSeries } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import type { Life } from '../core/index.ts'

/** A time in which a component was in a machine, and which readings may be used. */
export interface LifeSpan {
  id: string
  deviceId: string
  from: Date
  until: Date
  ending: Life['end']
  visible: readonly { from: Date | null; until: Date | null }[]
}

/** Times in which metrics of a machine were not believed. until null: one is not yet */
export type Doubts = (
  platform: Platform,
  deviceId: string,
  span: { from: Date; until: Date },
) => Promise<{ metric: string; from: Date; until: Date | null }[]>

export interface Reading {
  sensors: readonly string[]
  settings: readonly string[]
  stepMs: number
}

/**
 * A life step by step from the warehouse; null where nothing of it was measured. What was not believed counts as not measured.
 * known: steps with any reading
 */
export async function assembleLife(
  platform: Platform,
  span: LifeSpan,
  { sensors, settings, stepMs }: Reading,
  doubts: Doubts,
): Promise<{ life: Life; known: number; lastAt: number } | null> {
  const [series, doubted] = await Promise.all([
    readSeries(platform, span.deviceId, {
      ...{ metrics: [...sensors, ...settings], from: span.from, until: span.until, step: stepMs },
    }),
    doubts(platform, span.deviceId, span),
  ])
  const first = Math.floor(span.from.getTime() / stepMs)
  const steps = Math.max(1, Math.ceil(span.until.getTime() / stepMs) - first)
  const seen = new Set<number>()
  const column = (metric: string) => {
    const values = new Float64Array(steps).fill(Number.NaN)
    const unsure = doubted.filter(doubt => doubt.metric === metric)
    for (const { at, value } of series.get(metric) ?? []) {
      const step = Math.floor(at / stepMs) - first
      // the beginning of a step may lie before the life and before what is shown: its middle decides
      if (step < 0 || step >= steps || !isVisible(new Date(at + stepMs / 2), span.visible)) continue
      if (isVisible(new Date(at + stepMs / 2), unsure)) continue
      values[step] = value
      seen.add(step)
    }
    return values
  }
  const life = {
    ...{ unit: span.id, steps, before: 0, end: span.ending },
    ...{ sensors: sensors.map(column), settings: settings.map(column) },
  }
  if (seen.size === 0) return null
  const last = Math.max(...seen)
  return { life, known: seen.size, lastAt: (first + last + 1) * stepMs }
}
