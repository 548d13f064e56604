import type { Language } from '#platform/core'
import type { Sealed } from '#platform/server'
import type { messageKinds, OfferStatus } from '../core/index.ts'

export interface OfferTables {
  offer: {
    id: string
    number: string
    lead_id: string
    language: Language
    currency: string
    /** name and company as the newest version addresses them, in lower case, a line each */
    search: string
    email_digest: string | null
    phone_digest: string | null
    account_id: string | null
    company_id: string | null
    revision: number
    created_at: Date
    updated_at: Date
  }
  offer_version: {
    id: string
    offer_id: string
    version: number
    status: OfferStatus
    token: string
    /** JSON of a Recipient */
    recipient: Sealed
    /** JSON of an OfferContent */
    content: Sealed
    net: number
    gross: number
    /** YYYY-MM-DD */
    valid_until: string
    expires_at: Date | null
    remind_at: Date | null
    sent_at: Date | null
    sent_by: string | null
    digest: string | null
    created_at: Date
  }
  offer_message: {
    id: string
    offer_id: string
    version: number
    kind: (typeof messageKinds)[number]
    author_id: string | null
    name: Sealed
    text: Sealed
    proposed_net: number | null
    at: Date
  }
  offer_acceptance: {
    version_id: string
    document_digest: string
    agreement_version: string
    agreement_digest: string
    language: Language
    name: Sealed
    account_id: string | null
    network_digest: string
    at: Date
  }
  offer_serial: { year: number; last: number }
}

export interface Recipient {
  name: string
  company: string
}
