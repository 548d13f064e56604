import type { ColumnType } from 'kysely'
import type { Sealed } from '#platform/server'
import type { Channel, Codes, Outcome, PushReason } from '../core/index.ts'

/** Rows of migrations/0047-discovery.sql. */
export interface DiscoveryTables {
  discovery: {
    only_one: ColumnType<boolean, never, never>
    hidden: boolean
    codes: ColumnType<Codes, string, string>
    index_now_host: string | null
    index_now_key: string | null
    baidu_token: Sealed | null
    wechat_app_id: string | null
    wechat_secret: Sealed | null
    revision: number
    updated_at: Date
  }
  root_file: { name: string; content: string; added_at: Date }
  page_to_push: { channel: Channel; path: string; since: Date }
  page_push: {
    id: string
    channel: Channel
    at: Date
    outcome: Outcome
    reason: PushReason | null
    addresses: number
    first_path: string
    said: string
    remain: number | null
  }
  wechat_ticket: {
    app_id: string
    ticket: Sealed | null
    ticket_until: Date | null
    busy_until: Date
    failure: string | null
    failed_at: Date | null
  }
}
