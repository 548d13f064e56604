import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import { type Database, notFound } from '#platform/server'

export interface KnownProduct {
  id: string
  slug: string
  name: LocalizedText
  /** of its current model */
  versionId: string
}

interface Reads {
  product: { id: string; slug: string; current_version_id: string | null; position: number }
  model_version: { id: string; model: unknown; presentation: unknown }
}

/** Products in the order of the catalogue, those that are offered no more too: they were visited once. */
export const knownProducts = ({ db }: Database): Promise<KnownProduct[]> =>
  db<Reads>()
    .selectFrom('product as p')
    .innerJoin('model_version as v', 'v.id', 'p.current_version_id')
    .select(['p.id', 'p.slug', 'v.id as versionId'])
    .select(sql<LocalizedText>`coalesce(v.presentation -> 'name', v.model -> 'name')`.as('name'))
    .orderBy('p.position')
    .orderBy('p.id')
    .limit(500)
    .execute()

/** The product of a slug among them; null where none is asked for. 404 where there is none. */
export function productOf(products: readonly KnownProduct[], slug: string | undefined): KnownProduct | null {
  if (slug === undefined) return null
  const product = products.find(one => one.slug === slug)
  if (!product) throw notFound({ 'zh-CN': '产品', en: 'product' })
  return product
}

/** As the page names it. */
export const view = ({ slug, name }: KnownProduct): Pick<KnownProduct, 'slug' | 'name'> => ({ slug, name })
