import { signedIn } from '#features/accounts/server'
import { demandVisible, type OpenTo, typedDevices, visibleIntervals } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { addDays, dayIn } from '#features/offers/core'
import type { Platform, RequestContext } from '#platform/server'
import {
  type AlarmPerformance,
  type Chatter,
  type Condition,
  chatterOf,
  percentOf,
  type performanceDays,
  proposalFor,
  staleAfterMs,
} from '../core/index.ts'
import { sideOf } from './sight.ts'
import type { AlarmReads } from './tables.ts'
import { toldAlarms } from './told-alarms.ts'

/** More are not counted: the last ones are. */
const mostRaises = 50_000
const mostShown = 50
const mostTop = 10

interface Wish {
  days: (typeof performanceDays)[number]
  typeId?: string | undefined
  deviceId?: string | undefined
}

/** How alarms did lately, of machines in times the reader may see. 404 for a machine of which he may see none. */
export async function readPerformance(context: RequestContext, wish: Wish, openTo: OpenTo): Promise<AlarmPerformance> {
  const { platform } = context
  const days = Number(wish.days)
  const now = platform.now()
  const from = new Date(now.getTime() - days * 86_400_000)
  const reader = signedIn(context)
  const { deviceId, typeId } = wish
  const intervals = deviceId ? await demandVisible(platform, reader, [deviceId]) : await visibleIntervals(platform, reader, 'all')
  let told = await toldAlarms(platform, reader, intervals, openTo)
  if (deviceId) told = told.where('a.device_id', '=', deviceId)
  if (typeId) told = told.where('d.type_id', '=', typeId)
  const said = told.select(['a.id', 'a.device_id', 'a.source', 'a.rule_id', 'a.name_zh', 'a.name_en', 'a.severity'])
  const plated = said.select(['d.serial', 'd.model', 'a.raised_at'])
  const [raises, stale, { timeZone }] = await Promise.all([
    plated
      .innerJoin('alarm_entry as e', 'e.alarm_id', 'a.id')
      .select('e.at')
      .where('e.kind', '=', 'raised')
      .where('a.raised_at', '>=', from)
      .where('e.at', '>=', from)
      .orderBy('e.at', 'desc')
      .limit(mostRaises + 1)
      .execute(),
    plated
      .where('a.active', '=', true)
      .where('a.state', '<>', 'normal')
      .where('a.raised_at', '<', new Date(now.getTime() - staleAfterMs))
      .orderBy('a.raised_at')
      .limit(mostShown)
      .execute(),
    readManufacturer(platform.database),
  ])
  const counted = raises.slice(0, mostRaises)
  const rules = await rulesOf(
    platform,
    [...counted, ...stale].flatMap(({ rule_id }) => rule_id ?? []),
  )
  const raiserOf = (row: Told) => {
    const rule = row.rule_id === null ? undefined : rules.get(row.rule_id)
    const own = rule !== undefined && rule.company_id === sideOf(context)
    return { name: { 'zh-CN': row.name_zh, en: row.name_en }, severity: row.severity, ruleId: own ? row.rule_id : null }
  }
  const deviceOf = (row: Told) => ({ id: row.device_id, serial: row.serial, model: row.model })

  const atMachines = [...Map.groupBy(counted, row => `${row.device_id} ${row.source}`).values()].flatMap(rows => {
    const chatter = chatterOf(rows.map(({ at }) => at.getTime()))
    return chatter ? [{ rows, chatter }] : []
  })
  const noisy = new Set(atMachines.map(({ rows }) => raiserKey(rows[0]!)))
  const seen = [...new Set(intervals.map(interval => interval.deviceId))]
  const machines = typeId ? (await typedDevices(platform.database, { typeIds: [typeId], ids: seen })).length : seen.length
  const tops = [...Map.groupBy(counted, raiserKey).entries()].toSorted(([, a], [, b]) => b.length - a.length)
  return {
    days,
    raises: counted.length,
    machines,
    perMachineDay: machines === 0 ? 0 : Math.round((100 * counted.length) / (machines * days)) / 100,
    byDay: byDay(
      counted.map(({ at }) => dayIn(at, timeZone)),
      dayIn(now, timeZone),
      days,
    ),
    top: tops.slice(0, mostTop).map(([key, rows]) => ({
      ...{ key, ...raiserOf(rows[0]!) },
      ...{ raises: rows.length, percent: percentOf(rows.length, counted.length), chatters: noisy.has(key) },
      machines: new Set(rows.map(({ device_id }) => device_id)).size,
    })),
    chattering: atMachines
      .toSorted((a, b) => b.chatter.most - a.chatter.most || b.rows.length - a.rows.length)
      .slice(0, mostShown)
      .map(({ rows, chatter }) => chattering(rows, chatter)),
    stale: stale.map(row => ({ ...raiserOf(row), device: deviceOf(row), alarmId: row.id, since: row.raised_at.toISOString() })),
    more: raises.length > mostRaises,
  }

  function chattering(rows: readonly Told[], { most, lastAt }: Chatter): AlarmPerformance['chattering'][number] {
    const row = rows[0]!
    const raiser = raiserOf(row)
    return {
      ...{ ...raiser, device: deviceOf(row), alarmId: row.id, raises: rows.length, most },
      lastAt: new Date(lastAt).toISOString(),
      // a rule that the reader cannot change can only be put up with
      proposal: proposalFor(raiser.ruleId === null ? null : rules.get(raiser.ruleId)!.raise),
    }
  }
}

type Told = Pick<
  AlarmReads['alarm'] & AlarmReads['device'],
  'id' | 'device_id' | 'source' | 'rule_id' | 'name_zh' | 'name_en' | 'severity' | 'serial' | 'model'
>

/** Of machines together: a rule of a type, or whatever finds things of a kind. */
const raiserKey = ({ rule_id, source }: Pick<Told, 'rule_id' | 'source'>): string => rule_id ?? source

async function rulesOf(
  { database }: Platform,
  ids: readonly string[],
): Promise<Map<string, { company_id: string | null; raise: Condition }>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .db<AlarmReads>()
    .selectFrom('alarm_rule')
    .select(['id', 'company_id', 'raise'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, row]))
}

function byDay(raisedOn: readonly string[], today: string, days: number): AlarmPerformance['byDay'] {
  const counts = Map.groupBy(raisedOn, day => day)
  return Array.from({ length: days }, (_, n) => addDays(today, n - days + 1)).map(day => ({
    day,
    raises: counts.get(day)?.length ?? 0,
  }))
}

/** Those of alarms the reader is shown that chatter, by their own raises: one that comes back before anybody took note of it is the same alarm. */
export async function chatteringAmong(
  { database }: Platform,
  alarms: readonly { id: string; raises: number }[],
): Promise<Set<string>> {
  const often = alarms.filter(({ raises }) => raises > 1).map(({ id }) => id)
  if (often.length === 0) return new Set()
  const rows = await database
    .db<AlarmReads>()
    .selectFrom('alarm_entry')
    .select(['alarm_id', 'at'])
    .where('alarm_id', 'in', often)
    .where('kind', '=', 'raised')
    .orderBy('at', 'desc')
    .limit(mostRaises)
    .execute()
  const byAlarm = Map.groupBy(rows, ({ alarm_id }) => alarm_id)
  return new Set(often.filter(id => chatterOf((byAlarm.get(id) ?? []).map(({ at }) => at.getTime()))))
}
