import type { ColumnType, Selectable } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Sealed } from '#platform/server'
import type { RequestKind, RequestState } from '../core/index.ts'

/** json, written as text */
type Text = ColumnType<LocalizedText, string, string>

/** Rows of migrations/0026-privacy.sql and 0044-set-up.sql. */
export interface PrivacyTables {
  privacy_request: {
    id: string
    number: ColumnType<number, never, never>
    kind: RequestKind
    state: RequestState
    account_id: string | null
    email: Sealed | null
    email_digest: string
    words: Sealed | null
    language: 'zh-CN' | 'en'
    token_hash: string | null
    received_at: Date
    due_at: Date
    closed_at: Date | null
    revision: number
  }
  privacy_request_entry: { id: string; request_id: string; actor_id: string | null; state: RequestState; note: Sealed; at: Date }
  privacy_export: { request_id: string; content: Sealed; made_at: Date }
  consent: {
    id: string
    purpose: string
    version: string
    text_hash: string
    /** null: from before notices were counted */
    notice_version: number | null
    notice_hash: string | null
    language: string
    account_id: string | null
    email_digest: string | null
    phone_digest: string | null
    form: string
    request_id: string
    given_at: Date
    withdrawn_at: Date | null
  }
  privacy_notice: { version: number; text: Text; change: Text; published_at: Date; published_by: string | null }
  privacy_notice_draft: { only_one: ColumnType<boolean, never, never>; text: Text; revision: number; updated_at: Date }
}

export type RequestRow = Selectable<PrivacyTables['privacy_request']>
