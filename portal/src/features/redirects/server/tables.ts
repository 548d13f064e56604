import type { ColumnType } from 'kysely'

export interface RedirectTables {
  redirect: {
    id: string
    old: string
    target: string
    /** bigint: comes as text */
    hits: ColumnType<string, number, number>
    last_hit_at: Date | null
    created_at: Date
  }
}
