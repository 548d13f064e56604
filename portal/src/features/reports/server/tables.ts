import type { ColumnType } from 'kysely'
import type { ReportFacts } from '../core/index.ts'

/** Rows of migrations/0067-health-reports.sql. */
export interface ReportTables {
  health_report: {
    id: string
    company_id: string
    month: string
    facts: ColumnType<ReportFacts, string, never>
    made_at: Date
  }
}
