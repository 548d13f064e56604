import type { Platform } from '#platform/server'
import { hourlyBefore } from '../../core/index.ts'
import { forgetHourlyEdge } from './hourly-until.ts'
import { termOfRun } from './retention.ts'

export const keepHoursJob = 'telemetry.keep-hours'

/** how long one call goes on, in milliseconds; what is left is done by the next */
const patience = 120_000
/** readings of one statement, about: so that it ends within its time and its memory */
const piece = 20_000_000
const seconds = 150

/**
 * Leaves values by the hour of each month that is over the term: writes them, counts that they stand for every reading, and only then lets the
 * month's readings go, whose space is free at once. May be interrupted anywhere and begun again.
 */
export async function keepHours(platform: Platform): Promise<void> {
  const begun = performance.now()
  const months = await termOfRun(platform)
  if (months === null) return
  const before = hourlyBefore(platform.now(), months)
  for (const month of await monthsBefore(platform, before)) {
    for (const devices of await piecesOf(platform, month)) {
      if (performance.now() - begun > patience) return void (await platform.jobs.enqueue(keepHoursJob, null))
      await writeHours(platform, month, devices)
    }
    await platform.warehouse.dropPartition('reading', String(month.number))
    forgetHourlyEdge(platform)
    await platform.audit.write({
      action: 'retention.carried-out',
      target: { kind: 'retention', id: 'readings' },
      facts: { month: month.number, readings: month.readings },
    })
  }
}

interface Month {
  /** 202511, which is its partition too */
  number: number
  readings: number
}

async function monthsBefore({ warehouse }: Platform, before: number): Promise<Month[]> {
  return warehouse.query<Month>(
    `select toYYYYMM(r.at) as number, count() as readings from reading as r
     where r.at < fromUnixTimestamp64Milli({before:Int64}, 'UTC') group by number order by number`,
    { before },
    { seconds },
  )
}

/** Machines of the month, as many together as one statement takes. */
async function piecesOf({ warehouse }: Platform, { number }: Month): Promise<string[][]> {
  const rows = await warehouse.query<{ device: string; readings: number }>(
    `select toString(r.device_id) as device, count() as readings from reading as r
     where toYYYYMM(r.at) = {number:UInt32} group by r.device_id order by r.device_id`,
    { number },
    { seconds },
  )
  const pieces: string[][] = []
  let room = 0
  for (const { device, readings } of rows) {
    if (room < readings || pieces.at(-1)!.length === mostDevices) {
      pieces.push([])
      room = piece
    }
    pieces.at(-1)!.push(device)
    room -= readings
  }
  return pieces
}

/** of one statement, whose text names them */
const mostDevices = 500

/** Where a run before has written them it is only looked that they are there. */
async function writeHours(platform: Platform, month: Month, devices: string[]): Promise<void> {
  if ((await machinesWithout(platform, month, devices)) === 0) return
  await platform.warehouse.command(
    `insert into reading_hour (device_id, metric, hour, low, high, total, readings)
     select r.device_id, r.metric, toStartOfHour(r.at) as begun, min(r.scaled), max(r.scaled), sum(r.scaled), count()
     from reading as r final where toYYYYMM(r.at) = {number:UInt32} and r.device_id in {devices:Array(UUID)}
     group by r.device_id, r.metric, begun`,
    { number: month.number, devices },
    { seconds },
  )
  const missing = await machinesWithout(platform, month, devices)
  if (missing > 0)
    throw new Error(`Hours of ${month.number} do not stand for all readings of ${missing} machines: their readings stay`)
}

/** Machines whose hours stand for fewer readings than there are. */
async function machinesWithout({ warehouse }: Platform, { number }: Month, devices: string[]): Promise<number> {
  const [row] = await warehouse.query<{ missing: number }>(
    `select countIf(hours.readings < raw.readings) as missing from (
       select r.device_id as device, count() as readings from reading as r final
       where toYYYYMM(r.at) = {number:UInt32} and r.device_id in {devices:Array(UUID)} group by device
     ) as raw left join (
       select h.device_id as device, sum(h.readings) as readings from reading_hour as h final
       where toYYYYMM(h.hour) = {number:UInt32} and h.device_id in {devices:Array(UUID)} group by device
     ) as hours on hours.device = raw.device`,
    { number, devices },
    { seconds },
  )
  return row!.missing
}
