import type { ColumnType } from 'kysely'
import type { Language } from '#platform/core'
import type { Sealed } from '#platform/server'
import type { AdviceRule, Part, ServiceStatus, ServiceSubject, Task } from '../core/index.ts'

/** A list kept as JSON: read as it is, written as text. */
type Json<Value> = ColumnType<Value, string, string>

/** Rows of migrations/0061-maintenance.sql. */
export interface AdvisoryTables {
  maintenance_plan: { type_id: string; tasks: Json<Task[]>; advice: Json<AdviceRule[]>; revision: number; updated_at: Date }
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

/** Rows of migrations/0062-service.sql. */
export interface ServiceTables {
  service_request: {
    id: string
    number: ColumnType<string, never, never>
    device_id: string
    company_id: string
    account_id: string | null
    language: Language
    subject: ServiceSubject
    about_key: string
    about_zh: string | null
    about_en: string | null
    description: Sealed
    /** YYYY-MM-DD: selected as text */
    wished_on: ColumnType<never, string | null, never>
    status: ServiceStatus
    assignee_id: string | null
    visit_at: Date | null
    result: Sealed
    parts: Json<Part[]>
    revision: number
    created_at: Date
    updated_at: Date
    closed_at: Date | null
  }
  service_message: {
    id: string
    request_id: string
    author_id: string | null
    side: 'manufacturer' | 'customer'
    name: Sealed
    text: Sealed
    at: Date
  }
}
