import type { ColumnType, Selectable } from 'kysely'
import type { Sealed } from '#platform/server'
import type { RequestKind, RequestState } from '../core/index.ts'

/** Rows of migrations/0026-privacy.sql. */
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
    language: string
    account_id: string | null
    email_digest: string | null
    phone_digest: string | null
    form: string
    request_id: string
    given_at: Date
    withdrawn_at: Date | null
  }
}

export type RequestRow = Selectable<PrivacyTables['privacy_request']>
