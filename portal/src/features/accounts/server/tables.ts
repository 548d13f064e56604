import type { Sealed } from '#platform/server'
import type { CompanyRole, ConfirmationStatus } from '../core/index.ts'

/** Rows of the migrations 0002-accounts, 0014-second-factor, 0021-confirmation, 0023-passkey, 0028-colleagues, 0029-phone, 0030-api-key and 0041-customer-import as far as this feature reads or writes them itself. */
export interface AccountTables {
  person: {
    id: string
    kind: 'staff' | 'customer'
    name: string
    email: Sealed
    email_digest: string
    email_verified: boolean
    phone: Sealed | null
    phone_digest: string | null
    language: 'zh-CN' | 'en'
    deactivated_at: Date | null
    created_at: Date
    updated_at: Date
  }
  credential: {
    id: string
    person_id: string
    provider_id: string
    provider_account_id: string
    password: string | null
    created_at: Date
    updated_at: Date
  }
  company: {
    id: string
    name: string
    slug: string
    sole: boolean
    revision: number
    created_at: Date
  }
  company_record: {
    company_id: string
    credit_code: string | null
    address: Sealed | null
    /** E.164 */
    phone: Sealed | null
    phone_digest: string | null
    email: Sealed | null
    email_digest: string | null
    notes: Sealed | null
    import_id: string | null
    updated_at: Date
  }
  company_contact: {
    id: string
    company_id: string
    name: string
    post: string | null
    /** E.164 */
    phone: Sealed | null
    phone_digest: string | null
    email: Sealed | null
    email_digest: string | null
    notes: Sealed | null
    account_id: string | null
    import_id: string | null
    created_at: Date
  }
  company_invitation: {
    id: string
    company_id: string
    email: Sealed
    email_digest: string
    name: string | null
    role: CompanyRole
    language: 'zh-CN' | 'en'
    /** always pending: the column is the account library's, and what was settled is deleted */
    status: 'pending'
    inviter_id: string
    expires_at: Date
    created_at: Date
  }
  company_member: {
    id: string
    company_id: string
    person_id: string
    role: string
    created_at: Date
  }
  session: {
    id: string
    token: string
    person_id: string
    /** sealed */
    address: string | null
    user_agent: string | null
    expires_at: Date
    created_at: Date
    last_seen_at: Date | null
  }
  one_time_token: {
    id: string
    identifier: string
    value: string
    expires_at: Date
  }
  staff_role: {
    person_id: string
    role: 'admin' | 'sales' | 'product' | 'service' | 'marketing'
    granted_at: Date
    granted_by: string | null
  }
  authenticator: {
    person_id: string
    secret: Sealed
    confirmed_at: Date | null
    last_step: number
    created_at: Date
  }
  recovery_code: {
    person_id: string
    hash: string
    used_at: Date | null
    created_at: Date
  }
  passkey: {
    id: string
    person_id: string
    credential_id: string
    public_key: string
    counter: number
    transports: string[]
    name: string
    synced: boolean
    created_at: Date
    used_at: Date | null
  }
  confirmed_phone: {
    person_id: string
    phone_digest: string
    confirmed_at: Date
  }
  phone_code: {
    id: string
    purpose: 'sign-in' | 'confirm' | 'prove'
    token_hash: string
    person_id: string | null
    phone_digest: string
    address_hash: string
    code_hash: string
    tries: number
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  api_key: {
    id: string
    person_id: string
    company_id: string | null
    name: string
    prefix: string
    digest: string
    scopes: string[]
    created_at: Date
    expires_at: Date
    used_at: Date | null
    used_from: Sealed | null
    warned_at: Date | null
  }
  known_device: {
    person_id: string
    token_hash: string
    trusted_until: Date | null
    seen_at: Date
  }
  confirmation: {
    id: string
    account_id: string
    session_id: string
    operation: string
    target: string
    request_hash: string
    words: string
    method: string
    token_hash: string
    proved_at: Date
    second_permission: string | null
    alone: boolean
    status: ConfirmationStatus
    approver_id: string | null
    decided_at: Date | null
    used_at: Date | null
    created_at: Date
  }
  sign_in_throttle: {
    key: string
    failures: number
    last_failure_at: Date
  }
}
