import type { ColumnType } from 'kysely'
import type { BrandPictureName, ManufacturerProfile } from '../core/index.ts'

/** Of migrations/0007-manufacturer.sql, 0032-manufacturer-revision.sql and 0038-brand.sql. */
export interface ManufacturerTables {
  manufacturer: {
    only_one: ColumnType<boolean, never, never>
    /** as the version that saved it knew it */
    profile: ColumnType<Partial<ManufacturerProfile>, string, string>
    revision: number
    updated_at: Date
  }
  brand: {
    only_one: ColumnType<boolean, never, never>
    signal: string | null
    revision: number
    updated_at: Date
  }
  brand_picture: {
    which: BrandPictureName
    png: Buffer
    width: number
    height: number
    hash: string
    updated_at: Date
  }
}
