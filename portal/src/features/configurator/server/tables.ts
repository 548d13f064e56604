import type { Decision, Selection } from '@fettle/engine'
import type { ColumnType } from 'kysely'

export interface ConfiguratorTables {
  configuration: {
    id: string
    token: string
    product_id: string
    model_version_id: string
    decisions: ColumnType<Decision[], string, never>
    selection: ColumnType<Selection, string, never>
    net: number | null
    gross: number | null
    currency: string
    account_id: string | null
    company_id: string | null
    created_at: Date
  }
}

/** What lists of configurations read of tables other features own. */
export interface ConfiguratorReads extends ConfiguratorTables {
  product: { id: string }
}
