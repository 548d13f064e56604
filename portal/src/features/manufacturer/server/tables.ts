import type { ColumnType } from 'kysely'
import type { ManufacturerProfile } from '../core/index.ts'

/** Of migrations/0007-manufacturer.sql and 0032-manufacturer-revision.sql. */
export interface ManufacturerTables {
  manufacturer: {
    only_one: ColumnType<boolean, never, never>
    profile: ColumnType<ManufacturerProfile, string, string>
    revision: number
    updated_at: Date
  }
}
