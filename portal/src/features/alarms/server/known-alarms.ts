import type { Selectable } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import type { AlarmState, OwnRule, Severity, Verdict } from '../core/index.ts'
import { ownRuleOf } from './present-alarms.ts'
import type { AlarmReads, AlarmTables } from './tables.ts'

export interface OpenAlarm {
  id: string
  severity: Severity
  name: LocalizedText
  state: AlarmState
  /** by what it was raised: 'rule:<id>', 'diagnosis:bearing' */
  source: string
  /** by the machine's clock: when it was last raised */
  raisedAt: Date
}

/** An alarm as others tell of it. Whoever does asks whether his readers may see its `startedAt`. */
export interface AlarmFacts {
  id: string
  deviceId: string
  /** model and serial number */
  machine: string
  severity: Severity
  name: LocalizedText
  /** by what it was raised: 'rule:<id>', 'diagnosis:bearing' */
  source: string
  state: AlarmState
  message: LocalizedText
  cause: LocalizedText
  remedy: LocalizedText
  faultCode: string | null
  component: string | null
  startedAt: Date
  raisedAt: Date
  /** null: it is not over */
  clearedAt: Date | null
  /** neither acknowledged, nor put aside, nor over */
  unanswered: boolean
  /** the company's own rule that raised it; null: none. Who is told asks `isToldOf` */
  own: OwnRule | null
}

/** Alarms by id, in the order they were raised. */
export async function alarmFacts({ database }: Platform, alarmIds: readonly string[]): Promise<AlarmFacts[]> {
  if (alarmIds.length === 0) return []
  const rows = await database
    .db<AlarmReads>()
    .selectFrom('alarm as a')
    .innerJoin('device as d', 'd.id', 'a.device_id')
    .selectAll('a')
    .select(['d.serial', 'd.model'])
    .where('a.id', 'in', alarmIds)
    .orderBy('a.raised_at')
    .execute()
  return rows.map(row => ({
    ...{ id: row.id, deviceId: row.device_id, machine: `${row.model} ${row.serial}`, severity: row.severity },
    name: { 'zh-CN': row.name_zh, en: row.name_en },
    message: { 'zh-CN': row.message_zh, en: row.message_en },
    cause: { 'zh-CN': row.cause_zh, en: row.cause_en },
    remedy: { 'zh-CN': row.remedy_zh, en: row.remedy_en },
    ...{ source: row.source, state: row.state, faultCode: row.fault_code, component: row.component, own: ownRuleOf(row) },
    ...{
      startedAt: row.started_at,
      raisedAt: row.raised_at,
      clearedAt: row.cleared_at,
      unanswered: row.state === 'unacknowledged',
    },
  }))
}

export interface KnownAlarm extends OpenAlarm {
  component: string | null
  /** by the machine's clock: when it was first raised, and when it was last over; null: it is not */
  startedAt: Date
  clearedAt: Date | null
  /** null: nobody has said */
  verdict: Verdict | null
  judgedAt: Date | null
}

/** Alarms of machines that are open, the most recent first, by machine; those without are absent. Whoever shows them asks `visibleIntervals`. */
export async function openAlarms({ database }: Platform, deviceIds: readonly string[]): Promise<Map<string, OpenAlarm[]>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .select(['id', 'device_id', 'severity', 'name_zh', 'name_en', 'state', 'source', 'raised_at'])
    .where('device_id', 'in', deviceIds)
    .where('state', '<>', 'normal')
    .orderBy('raised_at', 'desc')
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.device_id)].map(([deviceId, alarms]) => [
      deviceId,
      alarms.map(({ id, severity, name_zh, name_en, state, source, raised_at }) => ({
        ...{ id, severity, name: { 'zh-CN': name_zh, en: name_en }, state, source, raisedAt: raised_at },
      })),
    ]),
  )
}

/**
 * Alarms of a machine that were first raised in a time, the earliest first, for the portal's own work: whoever shows them asks
 * `visibleIntervals` whether the reader may see their `startedAt`.
 */
export async function alarmsOf(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<KnownAlarm[]> {
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map(shown)
}

/** Alarms of a machine that were on in a time, the latest first, 500 at most; whoever shows them asks as above. */
export async function alarmsDuring(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<KnownAlarm[]> {
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('started_at', '<', until)
    .where(eb => eb.or([eb('cleared_at', 'is', null), eb('cleared_at', '>=', from)]))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map(shown)
}

function shown(row: Selectable<AlarmTables['alarm']>): KnownAlarm {
  return {
    ...{ id: row.id, severity: row.severity, name: { 'zh-CN': row.name_zh, en: row.name_en }, state: row.state },
    ...{ raisedAt: row.raised_at, source: row.source, component: row.component },
    ...{ startedAt: row.started_at, clearedAt: row.cleared_at, verdict: row.verdict, judgedAt: row.judged_at },
  }
}

/**
 * What was found at machines by other ways than rules and first told in a time, for the portal's own work: whoever shows it asks `visibleIntervals`
 * whether the reader may see `startedAt`.
 */
export async function foundAlarmsOf(
  { database }: Platform,
  deviceIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<
  { id: string; deviceId: string; source: string; component: string | null; startedAt: Date; verdict: Verdict | null }[]
> {
  if (deviceIds.length === 0) return []
  return database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .select(['id', 'device_id as deviceId', 'source', 'component', 'started_at as startedAt', 'verdict'])
    .where('device_id', 'in', deviceIds)
    .where('source', 'not like', 'rule:%')
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .execute()
}
