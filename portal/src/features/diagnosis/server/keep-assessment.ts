import { sql } from 'kysely'
import { clearAlarm, raiseAlarm } from '#features/alarms/server'
import type { Platform } from '#platform/server'
import { doubtKinds, type Found, nameOfFinding, reasonOf, usedBy } from '../core/index.ts'
import type { Assessment } from './assess-apart.ts'
import type { NamedPlan } from './plans.ts'
import type { DiagnosisTables } from './tables.ts'

/** Of what was over longer ago nobody has to be warned: it was read from the past of a machine. */
const worthAnAlarm = 2 * 86_400_000

interface Kept {
  deviceId: string
  /** of the standing that was gone on with: where it has changed meanwhile, nothing is kept, and the next call does it again */
  revision: number
  from: Date
  until: Date
  assessment: Assessment
  named: NamedPlan
}

/** Writes what an assessment says, with the alarms and events of it, in one transaction. */
export async function keepAssessment(
  platform: Platform,
  { deviceId, revision, from, until, assessment, named }: Kept,
): Promise<void> {
  await platform.database.transaction(async () => {
    const { numUpdatedRows } = await platform.database
      .db<DiagnosisTables>()
      .updateTable('device_diagnosis')
      .set({
        ...{ standing: assessment.standing, revision: revision + 1, assessed_until: until },
        learning_since: sql`case when standing is null then coalesce(learning_since, ${from}) else learning_since end`,
        learned_days: assessment.learnedDays,
        growth: JSON.stringify(assessment.growth),
        used_by: usedBy(named.plan),
        known_since: assessment.knownSince === null ? null : new Date(assessment.knownSince),
      })
      .where('device_id', '=', deviceId)
      .where('revision', '=', revision)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await keepHealth(platform, deviceId, assessment)
    await keepFindings(platform, deviceId, assessment)
    if (until.getTime() > platform.now().getTime() - worthAnAlarm) await raiseAlarms(platform, deviceId, named)
    await platform.live.publish('device-health', deviceId)
  })
}

async function keepHealth({ database }: Platform, deviceId: string, { hours }: Assessment): Promise<void> {
  const db = database.db<DiagnosisTables>()
  const known = await lastIndices(database, deviceId)
  const rows = hours.flatMap(({ at, health }) =>
    health.flatMap(({ component, index }) => {
      if (known.get(component ?? '') === index) return []
      known.set(component ?? '', index)
      return [{ device_id: deviceId, component: component ?? '', at: new Date(at), index }]
    }),
  )
  if (rows.length > 0)
    await db
      .insertInto('device_health')
      .values(rows)
      .onConflict(conflict => conflict.doNothing())
      .execute()
}

/** The last index of a machine ('') and its components. */
export async function lastIndices({ db }: Platform['database'], deviceId: string): Promise<Map<string, number>> {
  const rows = await db<DiagnosisTables>()
    .selectFrom('device_health')
    .distinctOn('component')
    .select(['component', 'index'])
    .where('device_id', '=', deviceId)
    .orderBy('component')
    .orderBy('at', 'desc')
    .execute()
  return new Map(rows.map(({ component, index }) => [component, index]))
}

/** Findings of a machine that go on, by key. */
export async function openFindings({ database }: Platform, deviceId: string) {
  const rows = await database
    .db<DiagnosisTables>()
    .selectFrom('device_finding')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('closed_at', 'is', null)
    .execute()
  return new Map(rows.map(row => [row.key, row]))
}

async function keepFindings(platform: Platform, deviceId: string, { hours }: Assessment): Promise<void> {
  const db = platform.database.db<DiagnosisTables>()
  const open = new Map([...(await openFindings(platform, deviceId))].map(([key, { id, highest }]) => [key, { id, highest }]))
  for (const { at, found } of hours) {
    const now = new Map(found.map(one => [one.key, one]))
    for (const [key, { id }] of open) {
      if (now.has(key)) continue
      open.delete(key)
      await db
        .updateTable('device_finding')
        .set({ closed_at: new Date(at) })
        .where('id', '=', id)
        .execute()
      await clearAlarm(platform, { deviceId, source: sourceOf(key), at: new Date(at) })
      await platform.record('finding.closed', { findingId: id, deviceId })
    }
    for (const one of found) {
      const known = open.get(one.key)
      const id = known?.id ?? platform.newId()
      const highest = Math.max(known?.highest ?? 0, one.score)
      open.set(one.key, { id, highest })
      const unused = one.doubt?.unused ?? null
      const said = { score: one.score, highest, contributions: JSON.stringify(one.contributions), unused }
      if (known) await db.updateTable('device_finding').set(said).where('id', '=', id).execute()
      else {
        const { key, kind, component } = one
        await db
          .insertInto('device_finding')
          .values({ id, device_id: deviceId, key, kind, component, ...said, opened_at: new Date(one.doubt?.since ?? at) })
          .execute()
        await platform.record('finding.opened', { findingId: id, deviceId })
      }
    }
  }
}

/** Of the alarm that is about a finding. */
export const sourceOf = (key: string): string => `diagnosis:${key}`

/** Whether the alarm of that source is about a sensor that is not believed, not about the machine. */
export const isOfSensor = (source: string): boolean => doubtKinds.some(kind => source.startsWith(sourceOf(`${kind}:`)))

/** Of all that goes on, but what happened at once: that is shown, and is often over before anybody looks. */
async function raiseAlarms(platform: Platform, deviceId: string, { metrics }: NamedPlan): Promise<void> {
  for (const row of (await openFindings(platform, deviceId)).values()) {
    if (row.kind === 'sudden' || row.alarm_id !== null) continue
    const alarmId = await raiseAlarm(platform, {
      ...{ deviceId, source: sourceOf(row.key), component: row.component, at: row.opened_at },
      ...{ name: nameOfFinding(row, metrics) },
      ...{ severity: row.kind === 'drift' ? 'medium' : 'low', message: reasonOf(row, metrics), remedy: remedyOf[row.kind] },
    })
    await platform.database
      .db<DiagnosisTables>()
      .updateTable('device_finding')
      .set({ alarm_id: alarmId })
      .where('id', '=', row.id)
      .execute()
  }
}

const checkSensor = { 'zh-CN': '请检查传感器及其接线。', en: 'Check the sensor and its wiring.' } as const
const remedyOf = {
  drift: { 'zh-CN': '请检查相关部件，必要时联系服务人员。', en: 'Inspect the component, and call the service where in doubt.' },
  sudden: null,
  pattern: { 'zh-CN': '请检查列出的测量值对应的部件。', en: 'Inspect what the named measurements belong to.' },
  jump: checkSensor,
  stuck: checkSensor,
  gap: checkSensor,
} as const satisfies Record<Found['kind'], unknown>
