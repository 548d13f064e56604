import type { ColumnType } from 'kysely'
import type { Sealed } from '#platform/server'
import type { Task } from '../core/index.ts'

/** A list kept as JSON: read as it is, written as text. */
type Json<Value> = ColumnType<Value, string, string>

/** Rows of migrations/0061-maintenance.sql. */
export interface AdvisoryTables {
  maintenance_plan: { type_id: string; tasks: Json<Task[]>; revision: number; updated_at: Date }
  maintenance_record: {
    id: string
    device_id: string
    task_key: string
    name_zh: string
    name_en: string
    /** YYYY-MM-DD: selected as text */
    done_on: ColumnType<never, string, never>
    done_at: Date
    counter: number | null
    unit: string
    company_id: string | null
    account_id: string | null
    performed_by: Sealed
    note: Sealed
    recorded_at: Date
  }
  maintenance_reminder: { device_id: string; company_id: string; task_key: string; since: string; sent_at: Date }
}
