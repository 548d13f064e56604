import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { RuleRow } from '../rules/read-rules.ts'
import type { AlarmReads } from '../tables.ts'
import type { WatchRule } from './watched.ts'

/** What of machines and their rules is kept in the database. */
export interface Loaded {
  rules: WatchRule[]
  /** when the open alarm of a rule was last raised, of those whose condition holds; by the rule's id */
  open: Map<string, Date>
}

/** Active rules of machines with their open alarms, by machine. Machines without rules are among them. */
export async function loadRules({ database }: Platform, deviceIds: readonly string[]): Promise<Map<string, Loaded>> {
  const db = database.db<AlarmReads>()
  const loaded = new Map<string, Loaded>(deviceIds.map(id => [id, { rules: [], open: new Map() }]))
  const rows = await db
    .selectFrom('device as d')
    .innerJoin('alarm_rule as r', join =>
      join.on(({ or, eb }) => or([eb('r.device_id', '=', eb.ref('d.id')), eb('r.type_id', '=', eb.ref('d.type_id'))])),
    )
    .selectAll('r')
    .select('d.id as watched')
    .where('d.id', 'in', [...deviceIds])
    .where('r.state', '=', 'active')
    .orderBy('r.id')
    .execute()
  const once = new Map<string, WatchRule>() // one object for all machines of a type
  for (const { watched, ...row } of rows) {
    const rule = once.get(row.id) ?? ruleOf(row)
    once.set(row.id, rule)
    loaded.get(watched)!.rules.push(rule)
  }
  const open = await db
    .selectFrom('alarm')
    .select(['device_id', 'rule_id', 'raised_at'])
    .where('device_id', 'in', [...deviceIds])
    .where('state', '<>', 'normal')
    .where('active', '=', true)
    .where('rule_id', 'is not', null)
    .execute()
  for (const { device_id, rule_id, raised_at } of open) loaded.get(device_id)!.open.set(rule_id!, raised_at)
  return loaded
}

/** Every machine that a rule watches. */
export async function watchedDevices({ database }: Platform): Promise<string[]> {
  const rows = await database
    .db<AlarmReads>()
    .selectFrom('device as d')
    .select('d.id')
    .where(
      sql<boolean>`exists (select from alarm_rule r where r.state = 'active' and (r.device_id = d.id or r.type_id = d.type_id))`,
    )
    .execute()
  return rows.map(({ id }) => id)
}

const ruleOf = (row: RuleRow): WatchRule => ({
  ...{ id: row.id, revision: row.revision, raise: row.raise, clear: row.clear, severity: row.severity },
  name: { 'zh-CN': row.name_zh, en: row.name_en },
  ...{ faultCode: row.fault_code, component: row.component, escalateAfter: row.escalate_after },
  own: row.company_id === null ? null : { companyId: row.company_id, tells: row.tells },
  cause: { 'zh-CN': row.cause_zh, en: row.cause_en },
  remedy: { 'zh-CN': row.remedy_zh, en: row.remedy_en },
})
