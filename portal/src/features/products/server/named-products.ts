import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Database } from '#platform/server'
import type { ProductTables } from './tables.ts'

export interface NamedProduct {
  id: string
  slug: string
  name: LocalizedText
  status: 'draft' | 'published' | 'withdrawn'
}

/** Every product with its name, drafts and withdrawn ones too, in the order of the catalogue. */
export const namedProducts = ({ db }: Database): Promise<NamedProduct[]> =>
  db<ProductTables>()
    .selectFrom('product as p')
    .leftJoin('model_version as v', 'v.id', 'p.current_version_id')
    .leftJoin('model_draft as f', 'f.product_id', 'p.id')
    .select(['p.id', 'p.slug', 'p.status'])
    .select(
      sql<LocalizedText>`coalesce(v.presentation -> 'name', v.model -> 'name', f.presentation -> 'name', f.model -> 'name')`.as(
        'name',
      ),
    )
    .where(eb => eb.or([eb('v.id', 'is not', null), eb('f.id', 'is not', null)]))
    .orderBy('p.position')
    .orderBy('p.id')
    .limit(1000)
    .execute()
