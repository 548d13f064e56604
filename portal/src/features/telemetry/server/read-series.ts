import { metricsOfDevices } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { unscaled } from '../core/index.ts'
import { hourlyEdge } from './retention/hourly-until.ts'
import { measuredInSteps } from './retention/measured.ts'

export interface SeriesPoint {
  /** milliseconds since 1970 */
  at: number
  /** in the metric's unit */
  value: number
}

/**
 * Readings of one machine in a time, for the portal's own work: whoever shows them asks `visibleIntervals` which times are the reader's.
 * By metric, each in the order of time; metrics without readings there are absent. Where there are values by the hour alone, each stands at the
 * beginning of its hour.
 * step: milliseconds; given, each step with readings is one point at its beginning with their mean
 */
export async function readSeries(
  platform: Platform,
  deviceId: string,
  { metrics, from, until, step = 1 }: { metrics: readonly string[]; from: Date; until: Date; step?: number },
): Promise<Map<string, SeriesPoint[]>> {
  const [decimals, hourlyUntil] = await Promise.all([decimalsOf(platform.database, [deviceId]), hourlyEdge(platform)])
  const time = { deviceId, metrics, from: from.getTime(), until: until.getTime(), begin: 0, step, within: null }
  const series = new Map<string, SeriesPoint[]>()
  for (const { metric, step: past, total, readings } of await measuredInSteps(platform, time, hourlyUntil)) {
    const points = series.get(metric) ?? []
    series.set(metric, points)
    points.push({ at: past * step, value: unscaled(total / readings, decimals(deviceId, metric)) })
  }
  return series
}

/** The last reading of each metric of machines, for the portal's own work, by machine and metric. */
export async function latestReadings(
  { warehouse, database }: Platform,
  deviceIds: readonly string[],
): Promise<Map<string, Map<string, SeriesPoint>>> {
  if (deviceIds.length === 0) return new Map()
  const [decimals, rows] = await Promise.all([
    decimalsOf(database, deviceIds),
    warehouse.query<{ device: string; metrics: [metric: string, moment: number, scaled: number][] }>(
      `select toString(device_id) as device, groupArray((r.metric, toUnixTimestamp64Milli(r.at), r.scaled)) as metrics
       from reading_latest as r final where device_id in {deviceIds:Array(UUID)} group by device_id`,
      { deviceIds: [...deviceIds] },
    ),
  ])
  return new Map(
    rows.map(({ device, metrics }) => [
      device,
      new Map(
        metrics.map(([metric, at, scaled]) => [metric, { at, value: unscaled(scaled, decimals(device, metric)) }] as const),
      ),
    ]),
  )
}

/** When machines last reported a reading, for the portal's own work, by machine; those that never did are absent. Milliseconds since 1970. */
export async function lastReports({ warehouse }: Platform, deviceIds: readonly string[]): Promise<Map<string, number>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await warehouse.query<{ device: string; moment: number }>(
    `select toString(device_id) as device, toUnixTimestamp64Milli(max(r.at)) as moment
     from reading_latest as r where device_id in {deviceIds:Array(UUID)} group by device_id`,
    { deviceIds: [...deviceIds] },
  )
  return new Map(rows.map(({ device, moment }) => [device, moment]))
}

async function decimalsOf(database: Platform['database'], deviceIds: readonly string[]) {
  const declared = await metricsOfDevices(database, deviceIds)
  return (deviceId: string, metric: string): number => declared.get(deviceId)?.find(({ key }) => key === metric)?.decimals ?? 0
}
