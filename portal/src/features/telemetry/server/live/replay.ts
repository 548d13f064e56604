import type { Platform } from '#platform/server'
import type { LiveReading } from '../../core/index.ts'
import { declaredOf } from '../declared.ts'

/** A time of a machine in milliseconds since 1970: the first belongs to it, the last does not. */
export interface Bounds {
  deviceId: string
  from: number
  until: number
}

/** Longest time that is sent again, in milliseconds: a page that was away for longer reads all again. */
export const longestReplay = 60 * 60_000
/** readings of one metric that are sent again, of all machines of a stream */
const mostPoints = 600

/**
 * What machines reported in these times: of each metric the last of every second, or of longer steps where that would be too many.
 * By machine, in the order of time.
 */
export async function readReplay(
  platform: Platform,
  bounds: readonly Bounds[],
  now: number,
): Promise<Map<string, LiveReading[]>> {
  if (bounds.length === 0) return new Map()
  const deviceIds = [...new Set(bounds.map(({ deviceId }) => deviceId))]
  const begin = Math.min(...bounds.map(({ from }) => from))
  const step = Math.max(1000, Math.ceil(((now - begin) * deviceIds.length) / mostPoints))
  const [rows, declared] = await Promise.all([
    platform.warehouse.query<{ device: string; metric: string; moment: number; last: number }>(
      `select toString(device_id) as device, metric, toUnixTimestamp64Milli(max(r.at)) as moment, argMax(r.scaled, r.at) as last
       from reading as r final
       where device_id in {deviceIds:Array(UUID)} and r.at >= fromUnixTimestamp64Milli({begin:Int64}, 'UTC')
         and arrayExists((d, f, u) -> d = device_id and toUnixTimestamp64Milli(r.at) >= f and toUnixTimestamp64Milli(r.at) < u,
           {ids:Array(UUID)}, {froms:Array(Int64)}, {untils:Array(Int64)})
       group by device_id, metric, intDiv(toUnixTimestamp64Milli(r.at), {step:Int64})
       order by moment, metric`,
      {
        ...{ deviceIds, begin, step, ids: bounds.map(({ deviceId }) => deviceId) },
        ...{ froms: bounds.map(({ from }) => from), untils: bounds.map(({ until }) => until) },
      },
    ),
    declaredOf(platform, new Set(deviceIds)),
  ])
  const readings = new Map<string, LiveReading[]>()
  for (const { device, metric, moment, last } of rows) {
    const known = declared.get(device)?.get(metric)
    if (!known) continue
    const all = readings.get(device) ?? []
    readings.set(device, all)
    all.push([metric, moment, last / 10 ** known.decimals])
  }
  return readings
}
