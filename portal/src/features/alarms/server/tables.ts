import type { ColumnType, Generated } from 'kysely'
import type { Sealed } from '#platform/server'
import type { AlarmState, Condition, EntryKind, RuleTells, Severity, Verdict } from '../core/index.ts'

/** JSON: read as it is, written as text. */
type Json<T> = ColumnType<T, string, string>

/** Rows of migrations/0054-alarms.sql, 0084-homes.sql and 0094-own-rules.sql. */
export interface AlarmTables {
  alarm_rule: {
    id: string
    type_id: string | null
    device_id: string | null
    company_id: string | null
    name_zh: string
    name_en: string
    severity: Severity
    raise: Json<Condition>
    clear: ColumnType<Condition | null, string | null, string | null>
    fault_code: string | null
    cause_zh: string
    cause_en: string
    remedy_zh: string
    remedy_en: string
    component: string | null
    escalate_after: number | null
    state: 'draft' | 'active' | 'off'
    tested_at: Date | null
    tells: ColumnType<RuleTells[], RuleTells[] | undefined, RuleTells[]>
    revision: number
    author_id: string | null
    created_at: Date
    updated_at: Date
  }
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
    rule_company_id: ColumnType<string | null, string | null | undefined, string | null>
    tells: ColumnType<RuleTells[], RuleTells[] | undefined, RuleTells[]>
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
  handed_reading: { position: Generated<string>; home: string; messages: string }
}

/** What is read of other features' tables. */
export interface AlarmReads extends AlarmTables {
  device_type: { id: string; name_zh: string; name_en: string }
  device_type_metric: { type_id: string; key: string; retired: boolean }
  device: { id: string; serial: string; serial_key: string; model: string; type_id: string | null }
}
