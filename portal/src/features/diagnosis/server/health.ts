import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import { type HealthStatus, isDoubt, reasonOf, statusOf } from '../core/index.ts'
import { plansOf } from './plans.ts'
import type { DiagnosisTables } from './tables.ts'

/** How a machine is, for the portal's own work: whoever shows it asks `visibleIntervals` whether the reader may see the present. */
export interface DeviceHealth {
  kind: 'learning' | 'known' | 'unknown'
  /** 100: as it usually is; null where it is not known */
  index: number | null
  status: HealthStatus
  /** by the machine's clock */
  asOf: Date | null
  reasons: { component: string | null; text: LocalizedText }[]
}

/** What was found at a machine. Times are by its clock. */
export interface KnownFinding {
  id: string
  kind: DiagnosisTables['device_finding']['kind']
  /** key of a component of its type */
  component: string | null
  text: LocalizedText
  score: number
  highest: number
  contributions: { metric: string; share: number; higher: boolean }[]
  /** of a sensor that is not believed: moments whose reading was not used */
  unused: number | null
  openedAt: Date
  closedAt: Date | null
  alarmId: string | null
  verdict: 'confirmed' | 'no-fault' | null
}

export interface HealthPoint {
  at: Date
  index: number
}

interface Within {
  from: Date
  until: Date
}

/** Every machine that was asked for is among the answers. */
export async function healthOf(platform: Platform, deviceIds: readonly string[]): Promise<Map<string, DeviceHealth>> {
  if (deviceIds.length === 0) return new Map()
  const db = platform.database.db<DiagnosisTables>()
  const [rows, indices, findings] = await Promise.all([
    db
      .selectFrom('device_diagnosis')
      .select(['device_id', 'assessed_until', 'known_since'])
      .where('device_id', 'in', deviceIds)
      .execute(),
    sql<{ device_id: string; index: number }>`
      select distinct on (device_id) device_id, index from device_health
      where device_id = any(${deviceIds}::uuid[]) and component = '' order by device_id, at desc`.execute(db),
    db
      .selectFrom('device_finding')
      .selectAll()
      .where('device_id', 'in', deviceIds)
      .where('closed_at', 'is', null)
      .orderBy('score', 'desc')
      .execute(),
  ])
  const assessed = new Map(rows.map(row => [row.device_id, row]))
  const indexOf = new Map(indices.rows.map(({ device_id, index }) => [device_id, index]))
  const found = Map.groupBy(findings, ({ device_id }) => device_id)
  const plans = await plansOf(platform, [...found.keys()])
  return new Map(
    deviceIds.map(id => {
      const row = assessed.get(id)
      const index = indexOf.get(id) ?? null
      const open = found.get(id) ?? []
      const known = row?.known_since != null && index !== null
      const kind = known ? 'known' : row?.assessed_until ? 'learning' : 'unknown'
      const reasons = open.map(one => ({ component: one.component, text: reasonOf(one, plans.get(id)!.metrics) }))
      const doubts = open.filter(({ kind }) => isDoubt(kind)).length
      const status = known ? statusOf(index, { findings: open.length - doubts, doubts }) : 'good'
      return [id, { kind, index: known ? index : null, status, asOf: row?.assessed_until ?? null, reasons }]
    }),
  )
}

/** How components of machines are now, by machine, where that is known: of those by which something is measured still. Whoever shows it asks `visibleIntervals`. */
export async function componentHealthOf(
  platform: Platform,
  deviceIds: readonly string[],
): Promise<Map<string, { component: string; at: Date; index: number }[]>> {
  if (deviceIds.length === 0) return new Map()
  const { rows } = await sql<{ device_id: string; component: string; at: Date; index: number }>`
    select distinct on (device_id, component) device_id, component, at, index from device_health
    where device_id = any(${deviceIds}::uuid[]) and component <> '' order by device_id, component, at desc`.execute(
    platform.database.db<DiagnosisTables>(),
  )
  const plans = await plansOf(platform, deviceIds)
  const isMeasured = ({ device_id, component }: (typeof rows)[number]) =>
    plans.get(device_id)!.plan.watched.some(one => one.component === component)
  return Map.groupBy(rows.filter(isMeasured), ({ device_id }) => device_id)
}

/** What was found at a machine and went on in a time, the most recent first: 500 at most. Whoever shows it cuts it by `visibleIntervals`. */
export async function findingsOf(platform: Platform, deviceId: string, { from, until }: Within): Promise<KnownFinding[]> {
  const [rows, plans] = await Promise.all([
    platform.database
      .db<DiagnosisTables>()
      .selectFrom('device_finding')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('opened_at', '<', until)
      .where(eb => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', from)]))
      .orderBy('opened_at', 'desc')
      .limit(500)
      .execute(),
    plansOf(platform, [deviceId]),
  ])
  return rows.map(row => ({
    ...{ id: row.id, kind: row.kind, component: row.component, text: reasonOf(row, plans.get(deviceId)!.metrics) },
    ...{ score: row.score, highest: row.highest, contributions: row.contributions, openedAt: row.opened_at },
    unused: row.unused,
    ...{ closedAt: row.closed_at, alarmId: row.alarm_id, verdict: row.verdict },
  }))
}

/** A finding by id, with its machine; undefined where there is none. Whoever tells of it asks `visibleIntervals` about `openedAt`. */
export async function findingFacts(
  platform: Platform,
  findingId: string,
): Promise<
  | { id: string; deviceId: string; component: string | null; text: LocalizedText; openedAt: Date; closedAt: Date | null }
  | undefined
> {
  const row = await platform.database
    .db<DiagnosisTables>()
    .selectFrom('device_finding')
    .selectAll()
    .where('id', '=', findingId)
    .executeTakeFirst()
  if (!row) return undefined
  const { metrics } = (await plansOf(platform, [row.device_id])).get(row.device_id)!
  return {
    ...{ id: row.id, deviceId: row.device_id, component: row.component, text: reasonOf(row, metrics) },
    ...{ openedAt: row.opened_at, closedAt: row.closed_at },
  }
}

/** The index of a machine, or of a component of it, where it changed in a time. Whoever shows it cuts it by `visibleIntervals`. */
export async function healthHistory(
  { database }: Platform,
  deviceId: string,
  component: string | null,
  { from, until }: Within,
): Promise<HealthPoint[]> {
  return database
    .db<DiagnosisTables>()
    .selectFrom('device_health')
    .select(['at', 'index'])
    .where('device_id', '=', deviceId)
    .where('component', '=', component ?? '')
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('at')
    .execute()
}
