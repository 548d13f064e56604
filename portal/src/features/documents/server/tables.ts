import type { ColumnType } from 'kysely'
import type { Audience, DocumentKind, DocumentLanguage } from '../core/index.ts'

/** YYYY-MM-DD; read with `::text`. */
type Day = ColumnType<never, string, string>
type DayOrNone = ColumnType<never, string | null, string | null>

/** Rows of migrations/0048-documents.sql. */
export interface DocumentTables {
  document: {
    id: string
    kind: DocumentKind
    language: DocumentLanguage
    title_zh: string
    title_en: string
    number: string | null
    valid_from: DayOrNone
    audience: Audience
    all_products: boolean
    open_history: boolean
    withdrawn_at: Date | null
    withdrawn_reason: string | null
    current_version: number
    revision: number
    created_at: Date
    updated_at: Date
  }
  document_product: { document_id: string; product_id: string }
  document_device: { document_id: string; device_id: string }
  document_company: { document_id: string; company_id: string }
  document_version: {
    id: string
    document_id: string
    version: number
    file_id: string
    sha256: string
    note: string
    again: number | null
    author_id: string | null
    created_at: Date
  }
  document_day: { version_id: string; day: Day; downloads: number }
  document_download: { id: string; version_id: string; person_id: string; company_id: string | null; at: Date }
  document_nameplate: { product_id: string; pattern: string; pattern_key: string }
}
