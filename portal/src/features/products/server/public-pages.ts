import { manufacturerChangedAt } from '#features/manufacturer/server'
import { latest, type Platform, type PublicPage } from '#platform/server'
import type { ProductTables } from './tables.ts'

/** Pages that show something of a product. */
export const pathsShowing = (slug: string): string[] => [`/products/${slug}`, '/products', '/']

/** The home page, the list of products and each published product. What they show changes with a product, or with whose prices are shown. */
export async function publicProductPages({ database }: Platform): Promise<PublicPage[]> {
  const db = database.db<ProductTables>()
  const [rows, pricing, maker] = await Promise.all([
    db
      .selectFrom('product')
      .select(['slug', 'status', 'updated_at'])
      .where('status', 'in', ['published', 'withdrawn'])
      .where('current_version_id', 'is not', null)
      .orderBy('position')
      .orderBy('id')
      .execute(),
    db.selectFrom('pricing').select('updated_at').executeTakeFirst(),
    manufacturerChangedAt(database),
  ])
  const products = rows
    .filter(({ status }) => status === 'published')
    .map(({ slug, updated_at }) => ({
      path: `/products/${slug}`,
      changedAt: latest([updated_at, pricing?.updated_at]),
      picture: `/pictures/${slug}.png`,
    }))
  const ofAll = latest([pricing?.updated_at, ...rows.map(({ updated_at }) => updated_at)])
  return [{ path: '/', changedAt: latest([ofAll, maker]) }, { path: '/products', changedAt: ofAll }, ...products]
}
