import type { Model, ModelError } from '@fettle/engine'
import type { ColumnType, Generated } from 'kysely'
import type { Finding } from '../core/checks/index.ts'
import type { PriceVisibility, ProductPreset } from '../core/index.ts'
import type { Presentation } from './presentation.ts'

/** json columns are written as text, so that key order and numbers stay as they came. */
type Json<T> = ColumnType<T, string, string>

export interface ProductTables {
  /** to whom prices are shown; no row: to everybody */
  pricing: {
    only_one: ColumnType<boolean, never, never>
    visibility: PriceVisibility
    revision: number
    updated_at: Date
  }
  /** what new products and offers begin with; no row: the preset of the code */
  product_preset: {
    only_one: ColumnType<boolean, never, never>
    currency: string
    tax: ColumnType<ProductPreset['tax'], string | null, string | null>
    revision: number
    updated_at: Date
  }
  product: {
    id: string
    slug: string
    position: number
    status: 'draft' | 'published' | 'withdrawn'
    page: Json<unknown> | null
    current_version_id: string | null
    /** null: as the whole portal */
    price_visibility: PriceVisibility | null
    revision: number
    created_at: Date
    updated_at: Date
  }
  model_version: {
    id: string
    product_id: string
    version: string
    model: Json<Model>
    source_format: string
    notes: Json<ModelError[]>
    /** null: not made yet */
    presentation: Json<Presentation> | null
    /** see variant-counter.ts; null: not made yet */
    counter: Generated<Buffer | null>
    created_at: Date
    withdrawn_at: Date | null
  }
  model_draft: {
    id: string
    product_id: string
    version: string
    model: Json<Model>
    source_format: string
    file_name: string
    notes: Json<ModelError[]>
    presentation: Json<Presentation>
    findings: Json<Finding[]>
    author_id: string | null
    created_at: Date
  }
  product_entry: {
    id: string
    product_id: string
    kind: 'imported' | 'discarded' | 'published' | 'status'
    model_version_id: string | null
    author_id: string | null
    reason: string | null
    data: Json<EntryData>
    at: Date
  }
}

/** What an entry of the history says beside its kind. */
export interface EntryData {
  /** as the model or its version is called */
  version?: string
  fileName?: string
  /** of 'status' */
  status?: 'draft' | 'published' | 'withdrawn'
  /** of 'published': the earlier version it is once more */
  again?: string
}
