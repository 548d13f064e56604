import type { Selectable } from 'kysely'
import { personNames } from '#features/accounts/server'
import type { RequestContext } from '#platform/server'
import type { OwnRule, PresentedAlarm } from '../core/index.ts'
import type { AlarmTables } from './tables.ts'

export type AlarmRow = Selectable<AlarmTables['alarm']> & { serial: string; model: string }

/** The company's own rule that raised an alarm; null: none. */
export const ownRuleOf = ({ rule_company_id, tells }: Pick<AlarmRow, 'rule_company_id' | 'tells'>): OwnRule | null =>
  rule_company_id === null ? null : { companyId: rule_company_id, tells }

/** Alarms as lists show them. Who of the manufacturer looks after one is told to staff alone. */
export async function presentAlarms({ platform, account }: RequestContext, rows: readonly AlarmRow[]): Promise<PresentedAlarm[]> {
  const toStaff = account?.kind === 'staff'
  const names = await personNames(platform.database, toStaff ? rows.flatMap(({ assignee_id }) => assignee_id ?? []) : [])
  return rows.map(row => ({
    id: row.id,
    device: { id: row.device_id, serial: row.serial, model: row.model },
    name: { 'zh-CN': row.name_zh, en: row.name_en },
    ...{ severity: row.severity, state: row.state, active: row.active },
    ...{ startedAt: row.started_at.toISOString(), raisedAt: row.raised_at.toISOString() },
    ...{ clearedAt: row.cleared_at?.toISOString() ?? null, raises: row.raises, component: row.component },
    assignee: toStaff && row.assignee_id ? { id: row.assignee_id, name: names.get(row.assignee_id) ?? '' } : null,
    verdict: row.verdict,
  }))
}
