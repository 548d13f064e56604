import type { Ending, EntitlementKind, Right } from '../core/index.ts'

/** Rows of migrations/0066-packages.sql and 0077-proof-of-packages.sql. */
export interface PackageTables {
  service_package: {
    id: string
    name_zh: string
    name_en: string
    description_zh: string
    description_en: string
    type_ids: string[]
    rights: Right[]
    net: number
    currency: string
    months: number
    trial_days: number
    offered: boolean
    shows_proof: boolean
    revision: number
    created_at: Date
    updated_at: Date
  }
  entitlement: {
    id: string
    package_id: string
    device_id: string
    company_id: string
    kind: EntitlementKind
    rights: Right[]
    net: number
    currency: string
    months: number
    requested_at: Date
    requested_by: string | null
    granted_at: Date | null
    granted_by: string | null
    from_at: Date | null
    until_at: Date | null
    ended_at: Date | null
    ending: Ending | null
    told_days: number | null
  }
}
