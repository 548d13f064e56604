import type { Metric } from '#features/devices/core'
import { demandVisible, metricsOfDevices, type VisibleInterval } from '#features/devices/server'
import { type Account, notFound, type Platform } from '#platform/server'
import { type DeviceMetrics, type History, type HistoryWish, readingRefusals, stepFor, unscaled } from '../core/index.ts'
import { daysOfRefusals } from './notice-devices.ts'
import { nodesBelow } from './sparkplug/edge-nodes.ts'
import type { TelemetryTables } from './tables.ts'
import { demandSpan } from './wished-span.ts'

/** What a machine measures, with the last readings the account may see. 404 where nothing of the machine is its. */
export async function readMetrics(platform: Platform, account: Account | null, deviceId: string): Promise<DeviceMetrics> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const present = intervals.find(({ until }) => until === null)
  const metrics = await metricsOf(platform, deviceId)
  const [latest, connection, refused, below] = await Promise.all([
    intervals.length === 0 ? new Map<string, { at: Date; scaled: number }>() : latestOf(platform, deviceId, intervals),
    present ? connectionOf(platform, deviceId, present.from) : null,
    present ? refusedOf(platform, deviceId, present.from) : [],
    present ? nodesBelow(platform, deviceId, present.from) : [],
  ])
  return {
    metrics: metrics.map(metric => ({ ...shown(metric), latest: lastOf(metric, latest.get(metric.key)) })),
    connection: connection && { connected: connection.connected, since: connection.since.toISOString() },
    clonedAt: connection?.cloned_at?.toISOString() ?? null,
    clonedTimes: connection?.cloned_at ? connection.cloned_times : 0,
    refused,
    below,
    withheld: !present,
  }
}

/** Readings of one metric over a time, in steps; of times the account may not see there are none. */
export async function readHistory(
  platform: Platform,
  account: Account | null,
  { deviceId, metric: key }: { deviceId: string; metric: string },
  wish: HistoryWish,
): Promise<History> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const metric = (await metricsOf(platform, deviceId)).find(one => one.key === key)
  if (!metric) throw notFound({ 'zh-CN': '测量值', en: 'metric' })
  const { from, to } = demandSpan(wish)
  const step = stepFor(to - from, wish.points)
  const begin = Math.floor(from / step) * step // so that steps stay where they are while the time moves on
  const rows = await platform.warehouse.query<{ step: number; low: number; high: number; mean: number; count: number }>(
    `select intDiv(toUnixTimestamp64Milli(at) - {begin:Int64}, {step:Int64}) as step,
       min(scaled) as low, max(scaled) as high, avg(scaled) as mean, count() as count
     from reading final
     where device_id = {deviceId:UUID} and metric = {metric:String}
       and at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') and at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
       and arrayExists((f, u) -> toUnixTimestamp64Milli(at) >= f and toUnixTimestamp64Milli(at) < u, {froms:Array(Int64)}, {untils:Array(Int64)})
     group by step order by step`,
    { ...{ deviceId, metric: key, begin, step, from, to }, ...boundsOf(intervals) },
  )
  return {
    step,
    points: rows.map(row => ({
      at: new Date(begin + row.step * step).toISOString(),
      min: unscaled(row.low, metric.decimals),
      max: unscaled(row.high, metric.decimals),
      mean: unscaled(row.mean, metric.decimals),
      count: row.count,
    })),
  }
}

const metricsOf = async ({ database }: Platform, deviceId: string): Promise<Metric[]> =>
  (await metricsOfDevices(database, [deviceId])).get(deviceId) ?? []

const farthest = 2 ** 52

const boundsOf = (intervals: readonly VisibleInterval[]) => ({
  froms: intervals.map(({ from }) => from?.getTime() ?? 0),
  untils: intervals.map(({ until }) => until?.getTime() ?? farthest),
})

async function latestOf(
  { warehouse }: Platform,
  deviceId: string,
  intervals: readonly VisibleInterval[],
): Promise<Map<string, { at: Date; scaled: number }>> {
  const rows = await warehouse.query<{ metric: string; moment: number; scaled: number }>(
    `select metric, toUnixTimestamp64Milli(at) as moment, scaled from (
       select metric, max(r.at) as at, argMax(r.scaled, r.at) as scaled from reading_latest as r where device_id = {deviceId:UUID} group by metric
     ) where arrayExists((f, u) -> toUnixTimestamp64Milli(at) >= f and toUnixTimestamp64Milli(at) < u, {froms:Array(Int64)}, {untils:Array(Int64)})`,
    { deviceId, ...boundsOf(intervals) },
  )
  return new Map(rows.map(({ metric, moment, scaled }) => [metric, { at: new Date(moment), scaled }]))
}

const lastOf = ({ decimals }: Metric, last: { at: Date; scaled: number } | undefined) =>
  last ? { at: last.at.toISOString(), value: unscaled(last.scaled, decimals) } : null

const shown = ({ key, name, unit, decimals, min, max }: Metric) => ({ key, name, unit, decimals, min, max })

/** Of the time before the reader came to the machine he learns nothing. */
async function connectionOf({ database }: Platform, deviceId: string, from: Date | null) {
  const row = await database
    .db<TelemetryTables>()
    .selectFrom('device_connection')
    .selectAll()
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  if (!row) return null
  const since = from && from > row.since ? from : row.since
  return { ...row, since, cloned_at: from && row.cloned_at && row.cloned_at < from ? null : row.cloned_at }
}

async function refusedOf({ database, now }: Platform, deviceId: string, from: Date | null): Promise<DeviceMetrics['refused']> {
  const recently = new Date(now().getTime() - daysOfRefusals * 86_400_000)
  const since = from && from > recently ? from : recently
  const rows = await database
    .db<TelemetryTables>()
    .selectFrom('device_refusal')
    .select(eb => ['reason', eb.fn.sum<string>('count').as('count'), eb.fn.max('last_at').as('lastAt')])
    .where('device_id', '=', deviceId)
    .where('first_at', '>=', since) // an hour that began for somebody else is left out whole
    .groupBy('reason')
    .execute()
  return rows
    .map(({ reason, count, lastAt }) => ({
      reason: readingRefusals.find(known => known === reason) ?? ('other' as const),
      count: Number(count),
      lastAt: lastAt.toISOString(),
    }))
    .sort((a, b) => b.count - a.count)
}
