import type { ColumnType } from 'kysely'
import type { Sealed } from '#platform/server'

/** A day: read as the driver reads it, written as YYYY-MM-DD. */
type Day = ColumnType<Date | string | null, string | null, string | null>

/** Rows of migrations/0041-customer-import.sql that belong to devices. */
export interface DeviceTables {
  device: {
    id: string
    serial: string
    /** number and model without what only writing adds: the pair is unique */
    serial_key: string
    model: string
    model_key: string
    type_code: string | null
    delivered_on: Day
    warranty_until: Day
    site: Sealed | null
    import_id: string | null
    created_at: Date
  }
  device_ownership: {
    id: string
    device_id: string
    company_id: string
    role: 'owner'
    from_day: Day
    until_day: Day
  }
}
