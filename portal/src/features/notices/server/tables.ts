import type { ColumnType } from 'kysely'
import type { Channel, NoticeContent, NoticeKind, OutsideChannel, Urgency } from '../core/index.ts'

/** JSON: read as it is, written as text. */
type Json<T> = ColumnType<T, string, string>

/** Rows of migrations/0064-notices.sql. */
export interface NoticeTables {
  notice: {
    id: string
    person_id: string
    kind: NoticeKind
    urgency: Urgency
    key: string
    subject_id: string
    device_id: string | null
    moment: Date | null
    content: Json<NoticeContent>
    listed: boolean
    at: Date
    read_at: Date | null
  }
  notice_delivery: {
    notice_id: string
    channel: OutsideChannel
    due_at: Date
    state: 'waiting' | 'sent' | 'bundled' | 'dropped'
    settled_at: Date | null
  }
  notice_settings: {
    person_id: string
    channels: Json<Record<Urgency, Channel[]>>
    kinds: NoticeKind[]
    quiet_from: string | null
    quiet_until: string | null
    zone: string
    revision: number
    updated_at: Date
  }
}
