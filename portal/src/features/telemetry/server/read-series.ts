import { metricsOfDevices } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { unscaled } from '../core/index.ts'

export interface SeriesPoint {
  /** milliseconds since 1970 */
  at: number
  /** in the metric's unit */
  value: number
}

/**
 * Readings of one machine in a time, for the portal's own work: whoever shows them asks `visibleIntervals` which times are the reader's.
 * By metric, each in the order of time; metrics without readings there are absent.
 * step: milliseconds; given, each step with readings is one point at its beginning with their mean
 */
export async function readSeries(
  { warehouse, database }: Platform,
  deviceId: string,
  { metrics, from, until, step = 1 }: { metrics: readonly string[]; from: Date; until: Date; step?: number },
): Promise<Map<string, SeriesPoint[]>> {
  const decimals = await decimalsOf(database, [deviceId])
  const rows = await warehouse.query<{ metric: string; moment: number; scaled: number }>(
    `select metric, intDiv(toUnixTimestamp64Milli(at), {step:Int64}) * {step:Int64} as moment, avg(r.scaled) as scaled
     from reading as r final
     where device_id = {deviceId:UUID} and metric in {metrics:Array(String)}
       and at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') and at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
     group by metric, moment order by metric, moment`,
    { deviceId, metrics: [...metrics], step, from: from.getTime(), until: until.getTime() },
  )
  const series = new Map<string, SeriesPoint[]>()
  for (const { metric, moment, scaled } of rows) {
    const points = series.get(metric) ?? []
    series.set(metric, points)
    points.push({ at: moment, value: unscaled(scaled, decimals(deviceId, metric)) })
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
