import type { Platform } from '#platform/server'

/** Milliseconds that a row of `reading_hour` stands for. */
const hourMs = 3_600_000

/** Of one machine; moments in milliseconds since 1970. The first of a time belongs to it, the last does not. */
export interface MeasuredTime {
  deviceId: string
  metrics: readonly string[]
  from: number
  until: number
  /** from where steps are counted, and how long each is */
  begin: number
  step: number
  /** what lies in none of these times as a whole is left out; null: nothing is */
  within: readonly { from: number; until: number }[] | null
}

/** What was measured of a metric in a step, in whole numbers of its resolution. */
export interface MeasuredStep {
  metric: string
  /** how many lie before it */
  step: number
  low: number
  high: number
  total: number
  readings: number
}

/**
 * What was measured, in the order of metrics and steps: readings, and values by the hour where nothing else is left. An hour that lies across an
 * end of the time belongs to it by its middle. hourlyUntil: see readKept
 */
export function measuredInSteps(
  { warehouse }: Platform,
  time: MeasuredTime,
  hourlyUntil: number | null,
): Promise<MeasuredStep[]> {
  const { deviceId, metrics, from, until, begin, step, within } = time
  const times = within && { froms: within.map(span => span.from), untils: within.map(span => span.until) }
  const params = { deviceId, metrics: [...metrics], rawFrom: Math.max(from, hourlyUntil ?? from), until, begin, step, ...times }
  const readings = inSteps(`${readingSql} ${times ? wholeIn(readingMoment, 1) : ''}`, readingMoment, {
    ...{ low: 'min(r.scaled)', high: 'max(r.scaled)', total: 'sum(r.scaled)', readings: 'count()' },
  })
  // a query of one part is much quicker to plan, and most are
  if (hourlyUntil === null || from >= hourlyUntil) return warehouse.query(`${readings} order by metric, step`, params)
  const middle = (moment: number) => Math.max(0, Math.ceil((moment - hourMs / 2) / 1000))
  const hours = inSteps(`${hourSql} ${times ? wholeIn(hourMoment, hourMs) : ''}`, hourMoment, {
    ...{ low: 'min(r.low)', high: 'max(r.high)', total: 'sum(r.total)', readings: 'sum(r.readings)' },
  })
  return warehouse.query(
    `select metric, step, min(one.low) as low, max(one.high) as high, sum(one.total) as total, sum(one.readings) as readings
     from (${readings} union all ${hours}) as one group by metric, step order by metric, step`,
    { ...params, hoursFrom: middle(from), hoursUntil: Math.max(0, Math.min(middle(until), hourlyUntil / 1000)) },
  )
}

const inSteps = (rows: string, moment: string, { low, high, total, readings }: Record<Aggregated, string>) =>
  `select r.metric as metric, intDiv(${moment} - {begin:Int64}, {step:Int64}) as step,
    ${low} as low, ${high} as high, ${total} as total, ${readings} as readings
  ${rows} group by metric, step`

type Aggregated = 'low' | 'high' | 'total' | 'readings'

const readingMoment = 'toUnixTimestamp64Milli(r.at)'
const hourMoment = 'toInt64(toUnixTimestamp(r.hour)) * 1000'

const readingSql = `from reading as r final
  where r.device_id = {deviceId:UUID} and r.metric in {metrics:Array(String)}
    and r.at >= fromUnixTimestamp64Milli({rawFrom:Int64}, 'UTC') and r.at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`

const hourSql = `from reading_hour as r final
  where r.device_id = {deviceId:UUID} and r.metric in {metrics:Array(String)}
    and r.hour >= toDateTime({hoursFrom:UInt32}, 'UTC') and r.hour < toDateTime({hoursUntil:UInt32}, 'UTC')`

const wholeIn = (moment: string, lasts: number) =>
  `and arrayExists((f, u) -> ${moment} >= f and ${moment} + ${lasts} <= u, {froms:Array(Int64)}, {untils:Array(Int64)})`
