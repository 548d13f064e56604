import type { ColumnType, Generated } from 'kysely'
import type { Severity } from '#features/alarms/core'
import type { Sealed } from '#platform/server'
import type { MessageKind, WebhookKind } from '../core/index.ts'

/** Rows of migrations/0079-webhooks.sql. */
export interface WebhookTables {
  webhook: {
    id: string
    /** null: of the manufacturer */
    company_id: string | null
    name: string
    address: Sealed
    secret: Sealed
    old_secret: Sealed | null
    old_until: Date | null
    kinds: WebhookKind[]
    severity_from: Severity
    device_ids: string[] | null
    active: boolean
    delivered_at: Date | null
    failing_since: Date | null
    given_up_at: Date | null
    busy_until: Date | null
    revision: number
    created_at: Date
  }
  webhook_message: {
    id: string
    webhook_id: string
    key: string
    kind: MessageKind
    device_id: string | null
    moment: Date | null
    found: boolean
    data: ColumnType<Record<string, unknown>, string, string>
    at: Date
    state: 'waiting' | 'bundled' | 'delivered' | 'dropped' | 'failed'
    bundle_id: Generated<string | null>
    tries: number
    due_at: Date
    sent_at: Generated<Date | null>
  }
  webhook_attempt: {
    id: string
    message_id: string
    at: Date
    status: number | null
    said: string
    took_ms: number
  }
}
export type WebhookRow = WebhookTables['webhook']
