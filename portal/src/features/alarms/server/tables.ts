import type { ColumnType } from 'kysely'
import type { Sealed } from '#platform/server'
import type { AlarmState, Severity, Verdict } from '../core/index.ts'

/** JSON: read as it is, written as text. */
type Json<T> = ColumnType<T, string, string>

export const entryKinds = [
  'raised',
  'cleared',
  'acknowledged',
  'commented',
  'assigned',
  'shelved',
  'resumed',
  'suppressed',
  'escalated',
  'judged',
  'ended',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** Rows of migrations/0054-alarms.sql. */
export interface AlarmTables {
  alarm: {
    id: string
    device_id: string
    source: string
    rule_id: string | null
    name_zh: string
    name_en: string
    severity: Severity
    message_zh: string
    message_en: string
    fault_code: string | null
    cause_zh: string
    cause_en: string
    remedy_zh: string
    remedy_en: string
    component: string | null
    escalate_after: number | null
    readings: Json<{ metric: string; value: number }[]>
    state: AlarmState
    active: boolean
    started_at: Date
    raised_at: Date
    cleared_at: Date | null
    raises: number
    noticed_at: Date
    acknowledged_at: Date | null
    acknowledged_by: string | null
    assignee_id: string | null
    shelved_until: Date | null
    escalated_at: Date | null
    verdict: Verdict | null
    judged_at: Date | null
    judged_by: string | null
  }
  alarm_entry: {
    id: string
    alarm_id: string
    kind: EntryKind
    at: Date
    author_id: string | null
    note: Sealed | null
    until: Date | null
  }
  alarm_maintenance: {
    id: string
    device_id: string
    from_at: Date
    until_at: Date
    company_id: string | null
    author_id: string | null
    created_at: Date
  }
}
