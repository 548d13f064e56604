import { metricsOfDevices } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { unscaled } from '../core/index.ts'
import { hourlyEdge } from './retention/hourly-until.ts'
import { measured } from './retention/measured.ts'

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
  const { sql, params } = measured({ deviceId, metrics, from: from.getTime(), until: until.getTime() }, hourlyUntil)
  const rows = await platform.warehouse.query<{ metric: string; begun: number; scaled: number }>(
    `select metric, intDiv(moment, {step:Int64}) * {step:Int64} as begun, sum(total) / sum(readings) as scaled
     from (${sql}) group by metric, begun order by metric, begun`,
    { ...params, step },
  )
  const series = new Map<string, SeriesPoint[]>()
  for (const { metric, begun, scaled } of rows) {
    const points = series.get(metric) ?? []
    series.set(metric, points)
    points.push({ at: begun, value: unscaled(scaled, decimals(deviceId, metric)) })
  }
  return series
}

/** The last reading of each metric of machines, for the portal's own work, by machine and metric. */
export async function latestReadings(
  { warehouse, database }: Platform,
  deviceIds: readonly string[],
): Promise<Map<string, Map<string, SeriesPoint>>> {
  if (deviceIds.length === 0) return new Map()
  const decimals = await decimalsOf(database, deviceIds)
  const rows = await warehouse.query<{ device: string; metric: string; moment: number; scaled: number }>(
    `select toString(device_id) as device, metric, toUnixTimestamp64Milli(max(r.at)) as moment, argMax(r.scaled, r.at) as scaled
     from reading_latest as r where device_id in {deviceIds:Array(UUID)} group by device_id, metric`,
    { deviceIds: [...deviceIds] },
  )
  const latest = new Map<string, Map<string, SeriesPoint>>()
  for (const { device, metric, moment, scaled } of rows) {
    const metrics = latest.get(device) ?? new Map<string, SeriesPoint>()
    latest.set(device, metrics)
    metrics.set(metric, { at: moment, value: unscaled(scaled, decimals(device, metric)) })
  }
  return latest
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
  const known = new Map(
    [...declared].flatMap(([id, metrics]) => metrics.map(({ key, decimals }) => [`${id} ${key}`, decimals] as const)),
  )
  return (deviceId: string, metric: string): number => known.get(`${deviceId} ${metric}`) ?? 0
}
