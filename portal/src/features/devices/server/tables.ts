import type { ColumnType } from 'kysely'
import type { Sealed } from '#platform/server'
import type { Command, DeviceRole, MetricTells, ReplacementReason, RevisionWord, Setting, Withheld } from '../core/index.ts'

/** A day: read as the driver reads it, written as YYYY-MM-DD. */
type Day = ColumnType<Date | string | null, string | null, string | null>

type Optional = ColumnType<string | null, string | null | undefined, string | null>

/** Rows of migrations/0041-customer-import.sql that belong to devices, of 0052-machine-registry.sql, 0057-machine-controls.sql, 0070-component-replacement.sql, 0072-device-authorities.sql, 0075-device-lists.sql, 0091-what-metrics-tell.sql, 0092-machine-identification.sql 0098-reported-revisions.sql and 0100-metric-component.sql. */
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
    type_id: ColumnType<string | null, string | null | undefined, string | null>
    built_year: ColumnType<number | null, number | null | undefined, number | null>
    configuration_token: ColumnType<string | null, string | null | undefined, string | null>
    order_number: ColumnType<string | null, string | null | undefined, string | null>
    revision: ColumnType<number, number | undefined, number>
    manufacturer: Optional
    manufacturer_uri: Optional
    product_instance_uri: Optional
    device_class: Optional
    hardware_revision: Optional
    software_revision: Optional
    initial_operation_date: ColumnType<Date | string | null, string | null | undefined, string | null>
    asset_id: Optional
  }
  device_component: { device_id: string; key: string; installed_on: ColumnType<never, string, string> }
  component_replacement: {
    id: string
    device_id: string
    component: string
    replaced_on: ColumnType<never, string, string>
    replaced_at: Date
    why: ReplacementReason
    run_hours: number | null
    company_id: string | null
    account_id: string | null
    recorded_at: Date
  }
  device_revision: { id: string; device_id: string; word: RevisionWord; revision: string; reported_at: Date }
  device_ownership: {
    id: string
    device_id: string
    company_id: string
    role: DeviceRole
    /** of rows from before instants were kept, and for the version that knows no others; null: since before anybody wrote it down */
    from_day: Day
    until_day: Day
    from_at: Date | null
    until_at: Date | null
  }
  device_withholding: { id: string; ownership_id: string; whom: Withheld; from_at: Date; until_at: Date | null }
  device_code: {
    id: string
    device_id: string
    digest: string
    role: DeviceRole
    company_id: string | null
    issued_by: string | null
    issued_at: Date
    expires_at: Date | null
    ended_at: Date | null
  }
  device_credential: {
    id: string
    device_id: string
    kind: 'token' | 'certificate'
    digest: string
    label: string
    company_id: string | null
    created_by: string | null
    created_at: Date
    expires_at: Date | null
    revoked_at: Date | null
    last_used_at: Date | null
    authority_id: ColumnType<string | null, string | null | undefined, string | null>
    serial: ColumnType<string | null, string | null | undefined, string | null>
    certificate: ColumnType<string | null, string | null | undefined, string | null>
  }
  device_authority: {
    id: string
    company_id: string | null
    name: string
    certificate: string
    subject: string
    key: Sealed | null
    created_at: Date
    created_by: string | null
    expires_at: Date
    ended_at: Date | null
  }
  device_type: {
    id: string
    key: string
    name_zh: string
    name_en: string
    product_id: string | null
    revision: number
    created_at: Date
    updated_at: Date
    settings: ColumnType<Setting[], string, string>
    commands: ColumnType<Command[], string, string>
  }
  device_type_model: { pattern_key: string; type_id: string; pattern: string }
  device_type_metric: {
    type_id: string
    key: string
    position: number
    name_zh: string
    name_en: string
    unit: string
    low: number
    high: number
    decimals: number
    max_rate: number | null
    tells: MetricTells | null
    component: string | null
    retired: boolean
  }
  device_type_component: {
    type_id: string
    key: string
    position: number
    part_of: string | null
    name_zh: string
    name_en: string
    part_number: string | null
    life_months: number | null
    life_hours: number | null
  }
}
