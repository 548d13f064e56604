import { sql } from 'kysely'
import { type ComputedReadings, readSeries } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import type { Analysis, Lines, Point } from '../core/index.ts'
import { type Analyst, openAnalyst } from './analyse-apart.ts'
import { type OwnPlan, plansOfDevices } from './plan.ts'
import { analyseJobName } from './receive-records.ts'
import type { KeptAnalysis, VibrationTables } from './tables.ts'

/** Keeps what is computed as readings of the machine: before it is forgotten what it was computed of. */
export type KeepReadings = (platform: Platform, computed: readonly ComputedReadings[]) => Promise<void>

/** Records of one point of a machine that are kept. */
export const keptRecords = 60
/** records in memory at a time */
const together = 16
/** how long one call goes on, in ms; the rest is another job's */
const patience = 50_000
/** how old a speed may be that a record is reckoned by, in ms */
const speedFresh = 10 * 60_000

/** Computes the records that wait, the oldest first. Where it is done twice the second changes nothing. */
export async function analyseRecords(platform: Platform, keepReadings: KeepReadings): Promise<void> {
  const begun = performance.now()
  const analyst = openAnalyst()
  try {
    for (;;) {
      const records = await waitingRecords(platform)
      if (records.length === 0) return
      if (performance.now() - begun > patience) {
        await platform.jobs.enqueue(analyseJobName, null, { singletonKey: 'all' })
        return
      }
      await analyseAll(platform, keepReadings, analyst, records)
    }
  } finally {
    await analyst.close()
  }
}

interface Waiting {
  device_id: string
  point: string
  at: Date
  received_at: Date
  rate: number
  speed: number | null
  samples: Buffer
}

async function waitingRecords({ database }: Platform): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select device_id, point, at, received_at, rate, speed, samples from vibration_record
    where samples is not null order by received_at, at limit ${together}`.execute(database.db<VibrationTables>())
  return rows
}

async function analyseAll(platform: Platform, keepReadings: KeepReadings, analyst: Analyst, records: Waiting[]): Promise<void> {
  const plans = await plansOfDevices(platform.database, [...new Set(records.map(({ device_id }) => device_id))])
  const analysed = []
  for (const record of records) {
    const plan = plans.get(record.device_id)
    const point = plan?.points.find(({ key }) => key === record.point)
    if (!plan || !point) {
      await forget(platform, record) // its type records there no more
      continue
    }
    const speed = record.speed ?? (await speedAt(platform, record, point)) ?? point.speed
    const analysis = await analyst.ask({
      ...{ rate: record.rate, unit: point.unit, speed, bearing: point.bearing, envelope: point.envelope, bands: point.bands },
      samples: floatsOf(record.samples),
      boundaries: boundariesOf(plan, point),
    })
    analysed.push({ record, point, speed, analysis })
  }
  await keepReadings(
    platform,
    analysed.map(({ record, point, analysis }) => readingsOf(record, point, analysis)),
  )
  for (const { record, speed, analysis } of analysed) await keep(platform, record, speed, analysis)
}

export const boundariesOf = ({ zones }: OwnPlan, point: Point) => zones.find(({ key }) => key === point.zones) ?? null

/** Buffers of a pool begin anywhere: they are copied to where floats may lie. */
export const floatsOf = (bytes: Buffer): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer)

async function speedAt(platform: Platform, { device_id, at }: Waiting, { speedMetric }: Point): Promise<number | null> {
  if (speedMetric === null) return null
  const span = { metrics: [speedMetric], from: new Date(at.getTime() - speedFresh), until: new Date(at.getTime() + 1) }
  return (await readSeries(platform, device_id, span)).get(speedMetric)?.at(-1)?.value ?? null
}

function readingsOf(record: Waiting, point: Point, { values, bands }: Analysis): ComputedReadings {
  const at = record.at.getTime()
  const said = (metric: string | undefined, value: number | undefined) =>
    metric === undefined || value === undefined ? [] : [{ metric, value, at }]
  return {
    ...{ deviceId: record.device_id, receivedAt: record.received_at },
    readings: [
      ...Object.entries(point.metrics).flatMap(([feature, metric]) => said(metric, values[feature as keyof typeof values])),
      ...point.bands.flatMap(({ metric }, i) => said(metric, bands[i])),
    ],
  }
}

async function keep({ database }: Platform, record: Waiting, speed: number | null, analysis: Analysis): Promise<void> {
  const { values, faults, spectrum, envelope } = analysis
  const kept: KeptAnalysis = { values, faults, spectrumStep: spectrum.step, envelopeStep: envelope.step }
  await database.transaction(async () => {
    const db = database.db<VibrationTables>()
    const bytes = ({ values: all }: Lines) => Buffer.from(Float32Array.from(all).buffer)
    await db
      .updateTable('vibration_record')
      .set({ samples: null, analysis: JSON.stringify(kept), spectrum: bytes(spectrum), envelope: bytes(envelope), speed })
      .where('device_id', '=', record.device_id)
      .where('point', '=', record.point)
      .where('at', '=', record.at)
      .execute()
    await sql`
      delete from vibration_record where device_id = ${record.device_id} and point = ${record.point} and samples is null and at <= (
        select at from vibration_record where device_id = ${record.device_id} and point = ${record.point} and samples is null
        order by at desc offset ${keptRecords} limit 1)`.execute(db)
  })
}

const forget = ({ database }: Platform, { device_id, point, at }: Waiting) =>
  database
    .db<VibrationTables>()
    .deleteFrom('vibration_record')
    .where('device_id', '=', device_id)
    .where('point', '=', point)
    .where('at', '=', at)
    .execute()
