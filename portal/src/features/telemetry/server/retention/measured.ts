/** Milliseconds that a row of `reading_hour` stands for. */
const hourMs = 3_600_000

/** Of one machine; moments in milliseconds since 1970. The first belongs to the time, the last does not. */
export interface MeasuredTime {
  deviceId: string
  metrics: readonly string[]
  from: number
  until: number
}

/** What is asked of the warehouse: a query without its brackets, to be named as a table, and its parameters. */
export interface Measured {
  sql: string
  params: Record<string, unknown>
}

/**
 * What was measured, as `metric, moment, lasts, low, high, total, readings`: readings one by one (lasts 1 ms), and hours where nothing else is
 * left (lasts an hour). An hour that lies across an end of the time belongs to it by its middle. hourlyUntil: see readKept
 */
export function measured({ deviceId, metrics, from, until }: MeasuredTime, hourlyUntil: number | null): Measured {
  const rawFrom = Math.max(from, hourlyUntil ?? from)
  const params = { deviceId, metrics: [...metrics], rawFrom, until }
  if (hourlyUntil === null || from >= hourlyUntil) return { sql: rawSql, params }
  const middle = (moment: number) => Math.max(0, Math.ceil((moment - hourMs / 2) / 1000))
  const hours = { hoursFrom: middle(from), hoursUntil: Math.max(0, Math.min(middle(until), hourlyUntil / 1000)) }
  return { sql: `${rawSql} union all ${hoursSql}`, params: { ...params, ...hours } }
}

const rawSql = `select r.metric as metric, toUnixTimestamp64Milli(r.at) as moment, toInt64(1) as lasts,
    r.scaled as low, r.scaled as high, r.scaled as total, toUInt32(1) as readings
  from reading as r final
  where r.device_id = {deviceId:UUID} and r.metric in {metrics:Array(String)}
    and r.at >= fromUnixTimestamp64Milli({rawFrom:Int64}, 'UTC') and r.at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`

const hoursSql = `select h.metric as metric, toInt64(toUnixTimestamp(h.hour)) * 1000 as moment, toInt64(${hourMs}) as lasts,
    h.low as low, h.high as high, h.total as total, h.readings as readings
  from reading_hour as h final
  where h.device_id = {deviceId:UUID} and h.metric in {metrics:Array(String)}
    and h.hour >= toDateTime({hoursFrom:UInt32}, 'UTC') and h.hour < toDateTime({hoursUntil:UInt32}, 'UTC')`
