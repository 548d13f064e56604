import { type ColumnType, sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Sealed } from '#platform/server'
import type { CallBackTime, InquirySubject, LeadStatus } from '../core/index.ts'

type Jsonb<T> = ColumnType<T, string | (null extends T ? null : never), string>

export interface SalesTables {
  contact: {
    id: string
    name: string
    email: Sealed | null
    email_digest: string | null
    /** E.164 */
    phone: Sealed | null
    phone_digest: string | null
    company_name: string
    language: string
    account_id: string | null
    company_id: string | null
    created_at: Date
  }
  inquiry: {
    id: string
    token: string
    /** null: it is about the subject */
    configuration_id: string | null
    subject: Jsonb<InquirySubject | null>
    contact_id: string
    message: Sealed
    unlisted: Sealed
    call_back: CallBackTime | null
    consent_version: string
    consent_at: Date
    source: Jsonb<Record<string, string>>
    created_at: Date
  }
  inquiry_attachment: { inquiry_id: string; file_id: string; place: number }
  lead: {
    id: string
    number: ColumnType<number, never, never>
    inquiry_id: string
    status: LeadStatus
    assignee_id: string | null
    net: number | null
    currency: string
    revision: number
    /** null: it is about no product */
    product_id: string | null
    /** name and company in lower case, a line each */
    search: string
    email_digest: string | null
    phone_digest: string | null
    created_at: Date
    updated_at: Date
    /** whoever looks after it was reminded; administrators were */
    reminded_at: Date | null
    escalated_at: Date | null
  }
  answering: {
    only_one: ColumnType<boolean, never, never>
    within_hours: number
    days: number[]
    from_minute: number
    to_minute: number
    revision: number
    updated_at: Date
  }
  lead_entry: {
    id: string
    lead_id: string
    kind: 'submitted' | 'status' | 'assigned' | 'note' | 'answered' | 'configured' | 'offer'
    author_id: string | null
    /** JSON */
    data: Sealed
    at: Date
  }
}

/** What sales reads of tables other features own, for lists and searches that join. */
export interface SalesReads extends SalesTables {
  configuration: { id: string; token: string; model_version_id: string; product_id: string; net: number | null; currency: string }
  product: { id: string; slug: string }
  model_version: { id: string; model: unknown; presentation: unknown }
}

/** What an inquiry is about, in lists: its subject, or the product of a model version that is joined where there is one. */
export const subjectNameIn = (inquiry: 'i', table: 'v') =>
  sql<LocalizedText>`coalesce(${sql.ref(`${inquiry}.subject`)} -> 'name', ${sql.ref(`${table}.presentation`)} -> 'name', ${sql.ref(`${table}.model`)} -> 'name')`.as(
    'product_name',
  )

/** The product's name in a joined model version. */
export const productNameIn = (table: 'v') =>
  sql<LocalizedText>`coalesce(${sql.ref(`${table}.presentation`)} -> 'name', ${sql.ref(`${table}.model`)} -> 'name')`.as(
    'product_name',
  )
