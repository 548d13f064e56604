import type { ColumnType, Selectable } from 'kysely'
import type { Sealed } from '#platform/server'
import type { Finding } from '../core/findings.ts'
import type { ImportStatus, SheetKind, Verdict } from '../core/index.ts'
import type { Decision } from '../core/match-companies.ts'

type Jsonb<T> = ColumnType<T, string, string>

/** Rows by kind and verdict. */
export type Counts = Partial<Record<SheetKind, Partial<Record<Verdict, number>>>>

/** Rows of migrations/0041-customer-import.sql that belong to imports. */
export interface ImportTables {
  customer_import: {
    id: string
    file_name: string
    sha256: string
    bytes: number
    status: ImportStatus
    findings: Jsonb<Finding[]>
    counts: Jsonb<Counts>
    declared_by: string
    declaration_version: string
    declared_at: Date
    revision: number
    written_by: string | null
    written_at: Date | null
    taken_back_at: Date | null
  }
  customer_import_row: {
    import_id: string
    place: number
    kind: SheetKind
    verdict: Verdict
    /** JSON, see staged-rows.ts */
    content: Sealed
    phone_digest: string | null
    email_digest: string | null
    decision: ColumnType<Decision | null, string | null, string | null>
  }
}
export type ImportRow = Selectable<ImportTables['customer_import']>
