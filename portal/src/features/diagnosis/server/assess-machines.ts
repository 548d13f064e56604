import { sql } from 'kysely'
import { lastMoments, readSeries } from '#features/telemetry/server'
import { Failure, type Platform } from '#platform/server'
import { jumpsIn, longestMs, type Plan, type Sample, usedBy } from '../core/index.ts'
import { type Assessor, openAssessor } from './assess-apart.ts'
import { keepAssessment, openFindings } from './keep-assessment.ts'
import { type NamedPlan, plansOf } from './plans.ts'
import { relearnOtherUse } from './relearn.ts'
import type { DiagnosisTables } from './tables.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** of a machine that is taken in at once, so that no step holds much in memory */
const step = dayMs
/** before a time that is read besides, so that the first readings of it can be held against those before */
const lead = 10 * minuteMs
/** how long one call goes on, and how long a machine is its own meanwhile */
const patience = 50_000
const lease = 5 * minuteMs

/**
 * Assesses every machine of which an hour was completed since it was assessed last. Each is assessed by one portal at a time. What does
 * not fit into one call is done in the next.
 */
export async function assessMachines(platform: Platform): Promise<void> {
  const begun = performance.now()
  const latest = await lastMoments(platform, new Date(platform.now().getTime() - longestMs))
  const due = await dueMachines(platform, latest)
  if (due.length === 0) return
  const assessor = openAssessor()
  try {
    for (const deviceId of due) {
      if (performance.now() - begun > patience) return
      await assessMachine(platform, assessor, deviceId, latest.get(deviceId)!, () => performance.now() - begun > patience)
    }
  } finally {
    await assessor.close()
  }
}

/** A job, each minute. While the warehouse is away nothing is assessed, and the next minute does it: nothing of it waits for anybody. */
export const assessInPassing = (platform: Platform): Promise<void> =>
  assessMachines(platform).catch(error => {
    if (!(error instanceof Failure) || error.status !== 503) throw error
    platform.log.warn({ error }, 'machines could not be assessed; the next minute does')
  })

async function dueMachines({ database }: Platform, latest: ReadonlyMap<string, Date>): Promise<string[]> {
  if (latest.size === 0) return []
  const rows = await sql<{ id: string; assessed_until: Date | null }>`
    select d.id, a.assessed_until from device d left join device_diagnosis a on a.device_id = d.id
    where d.id = any(${[...latest.keys()]}::uuid[]) order by a.assessed_until nulls first`.execute(database.db<DiagnosisTables>())
  return rows.rows
    .filter(({ id, assessed_until }) => hourOf(latest.get(id)!) > (assessed_until?.getTime() ?? 0))
    .map(({ id }) => id)
}

async function assessMachine(
  platform: Platform,
  assessor: Assessor,
  deviceId: string,
  latest: Date,
  isLate: () => boolean,
): Promise<void> {
  const named = (await plansOf(platform, [deviceId])).get(deviceId)!
  if (named.plan.watched.length === 0 || !(await leaseMachine(platform, deviceId))) return
  const until = hourOf(latest)
  while (!isLate()) {
    const { standing, revision, assessed_until, used_by } = await readDiagnosis(platform, deviceId)
    if (used_by !== null && used_by !== usedBy(named.plan)) {
      await relearnOtherUse(platform, deviceId)
      continue
    }
    const from = assessed_until?.getTime() ?? (await firstMoment(platform, deviceId, named.plan, latest))
    if (from >= until) break
    const to = Math.min(from + step, until)
    const samples = await samplesOf(platform, deviceId, named, from, to)
    const open = [...(await openFindings(platform, deviceId)).keys()]
    const assessment = await assessor.ask({ standing, plan: named.plan, open, samples, until: to })
    await keepAssessment(platform, { deviceId, revision, from: new Date(from), until: new Date(to), assessment, named })
  }
  await tableOf(platform).set({ leased_until: null }).where('device_id', '=', deviceId).execute()
}

const tableOf = ({ database }: Platform) => database.db<DiagnosisTables>().updateTable('device_diagnosis')

/** false: another portal has it */
async function leaseMachine(platform: Platform, deviceId: string): Promise<boolean> {
  const now = platform.now()
  await platform.database
    .db<DiagnosisTables>()
    .insertInto('device_diagnosis')
    .values({ device_id: deviceId, revision: 0, learned_days: 0 })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { numUpdatedRows } = await tableOf(platform)
    .set({ leased_until: new Date(now.getTime() + lease) })
    .where('device_id', '=', deviceId)
    .where(eb => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<', now)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const readDiagnosis = ({ database }: Platform, deviceId: string) =>
  database
    .db<DiagnosisTables>()
    .selectFrom('device_diagnosis')
    .select(['standing', 'revision', 'assessed_until', 'used_by'])
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow()

/** When the first of its days with readings begins. */
async function firstMoment(platform: Platform, deviceId: string, plan: Plan, latest: Date): Promise<number> {
  const metrics = plan.watched.map(({ key }) => key)
  const from = new Date(latest.getTime() - longestMs)
  const days = await readSeries(platform, deviceId, { metrics, from, until: latest, step: dayMs })
  return Math.min(hourOf(latest), ...[...days.values()].map(([first]) => first!.at))
}

/**
 * One sample a minute: of each metric the first reading of it, since means over a minute would mix ways of use; and which of them jumped in it, by
 * all of its readings.
 */
async function samplesOf(
  platform: Platform,
  deviceId: string,
  { plan, limits }: NamedPlan,
  from: number,
  until: number,
): Promise<Sample[]> {
  const metrics = [...plan.regime, ...plan.watched.map(({ key }) => key)]
  const series = await readSeries(platform, deviceId, { metrics, from: new Date(from - lead), until: new Date(until) })
  const minutes = new Map<number, { values: Record<string, number>; jumped: string[] }>()
  for (const [metric, points] of series) {
    const limit = limits.get(metric)
    const jumps = new Set(limit ? jumpsIn(points, limit) : [])
    for (const { at, value } of points) {
      if (at < from) continue
      const minute = Math.floor(at / minuteMs) * minuteMs
      const sample = minutes.get(minute) ?? { values: {}, jumped: [] }
      minutes.set(minute, sample)
      sample.values[metric] ??= value
      if (jumps.has(at)) sample.jumped.push(metric)
    }
  }
  return [...minutes].map(([at, sample]) => ({ at, ...sample })).sort((a, b) => a.at - b.at)
}

const hourOf = (moment: Date): number => Math.floor(moment.getTime() / hourMs) * hourMs
