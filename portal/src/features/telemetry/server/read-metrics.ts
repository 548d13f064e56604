import type { Metric } from '#features/devices/core'
import { demandVisible, metricOfDevice, metricsOfDevices, type VisibleInterval } from '#features/devices/server'
import { type Account, notFound, type Platform } from '#platform/server'
import { type DeviceMetrics, type History, type HistoryWish, stepFor, unscaled } from '../core/index.ts'
import { daysOfRefusals } from './notice-devices.ts'
import { hourlyEdge } from './retention/hourly-until.ts'
import { measuredInSteps } from './retention/measured.ts'
import { readTerm } from './retention/retention.ts'
import { nodesBelow } from './sparkplug/edge-nodes.ts'
import type { TelemetryTables } from './tables.ts'
import { demandSpan } from './wished-span.ts'

/** What a machine measures, with the last readings the account may see. 404 where nothing of the machine is its. */
export async function readMetrics(platform: Platform, account: Account | null, deviceId: string): Promise<DeviceMetrics> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const present = intervals.find(({ until }) => until === null)
  const metrics = await metricsOf(platform, deviceId)
  const [latest, { months }, hourlyUntil, connection, refused, below] = await Promise.all([
    intervals.length === 0 ? new Map<string, { at: Date; scaled: number }>() : latestOf(platform, deviceId, intervals),
    readTerm(platform),
    hourlyEdge(platform),
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
    keptMonths: months,
    hourlyUntil: seenUntil(hourlyUntil, intervals),
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
  const { from, to } = demandSpan(wish)
  const allowing = Promise.all([demandVisible(platform, account, [deviceId]), metricOfDevice(platform.database, deviceId, key)])
  allowing.catch(() => {}) // it is awaited below, unless the warehouse fails first
  const hourlyUntil = await hourlyEdge(platform)
  const isHourly = hourlyUntil !== null && from < hourlyUntil
  const step = Math.max(stepFor(to - from, wish.points), isHourly ? hourMs : 0)
  const begin = Math.floor(from / step) * step // so that steps stay where they are while the time moves on
  const time = { deviceId, metrics: [key], from, until: to, begin, step, within: null }
  // asked while it is looked up who may see it, for nearly everybody may see all of it; it is shown to nobody else
  const whole = isHourly ? null : measuredInSteps(platform, time, hourlyUntil)
  whole?.catch(() => {}) // whoever may not see it hears only that

  const [intervals, metric] = await allowing
  if (!metric) throw notFound({ 'zh-CN': '测量值', en: 'metric' })
  const within = intervals.map(boundsOf)
  const isAllSeen = within.some(span => span.from <= from && to <= span.until)
  const rows = await (isAllSeen && whole ? whole : measuredInSteps(platform, { ...time, within }, hourlyUntil))
  return {
    step,
    hourlyUntil: isHourly ? seenUntil(hourlyUntil, intervals) : null,
    points: rows.map(row => ({
      at: new Date(begin + row.step * step).toISOString(),
      min: unscaled(row.low, metric.decimals),
      max: unscaled(row.high, metric.decimals),
      mean: unscaled(row.total / row.readings, metric.decimals),
      count: row.readings,
    })),
  }
}

const metricsOf = async ({ database }: Platform, deviceId: string): Promise<Metric[]> =>
  (await metricsOfDevices(database, [deviceId])).get(deviceId) ?? []

/** Whoever sees nothing of before need not hear of it. */
const seenUntil = (hourlyUntil: number | null, intervals: readonly VisibleInterval[]): string | null =>
  hourlyUntil !== null && intervals.some(({ from }) => (from?.getTime() ?? 0) < hourlyUntil)
    ? new Date(hourlyUntil).toISOString()
    : null

const hourMs = 3_600_000

const farthest = 2 ** 52

const boundsOf = ({ from, until }: VisibleInterval) => ({ from: from?.getTime() ?? 0, until: until?.getTime() ?? farthest })

async function latestOf(
  { warehouse }: Platform,
  deviceId: string,
  intervals: readonly VisibleInterval[],
): Promise<Map<string, { at: Date; scaled: number }>> {
  const times = intervals.map(boundsOf)
  const rows = await warehouse.query<{ metric: string; moment: number; scaled: number }>(
    `select metric, toUnixTimestamp64Milli(at) as moment, scaled from (
       select metric, max(r.at) as at, argMax(r.scaled, r.at) as scaled from reading_latest as r where device_id = {deviceId:UUID} group by metric
     ) where arrayExists((f, u) -> toUnixTimestamp64Milli(at) >= f and toUnixTimestamp64Milli(at) < u, {froms:Array(Int64)}, {untils:Array(Int64)})`,
    { deviceId, froms: times.map(({ from }) => from), untils: times.map(({ until }) => until) },
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
    .map(({ reason, count, lastAt }) => ({ reason, count: Number(count), lastAt: lastAt.toISOString() }))
    .sort((a, b) => b.count - a.count)
}
