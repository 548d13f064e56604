import { changedMeanwhile, notFound, type Platform } from '#platform/server'
import type { PriceVisibility } from '../core/index.ts'
import { getManagedProduct } from './catalogue.ts'
import type { ProductTables } from './tables.ts'

interface Change {
  productId: string
  status?: 'draft' | 'published' | 'withdrawn' | undefined
  /** null: as the whole portal */
  priceVisibility?: PriceVisibility | null | undefined
  /** the revision the editor saw */
  revision: string
}

/** Publishes, hides or withdraws a product, or says to whom its prices are shown. Fails with 412 where somebody changed it meanwhile. */
export async function changeProduct(platform: Platform, { productId, revision, ...change }: Change) {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<ProductTables>()
    const product = await db
      .selectFrom('product')
      .select(['revision', 'slug', 'status', 'price_visibility'])
      .where('id', '=', productId)
      .forUpdate()
      .executeTakeFirst()
    if (!product) throw notFound({ 'zh-CN': '产品', en: 'product' })
    if (String(product.revision) !== revision) throw changedMeanwhile()
    const { status = product.status, priceVisibility = product.price_visibility } = change
    await db
      .updateTable('product')
      .set({ status, price_visibility: priceVisibility, revision: product.revision + 1, updated_at: platform.now() })
      .where('id', '=', productId)
      .execute()
    if (status !== product.status) await platform.record('product.status-changed', { productId, status })
    await platform.audit.write({
      action: 'product.changed',
      target: { kind: 'product', id: productId },
      before: { status: product.status, priceVisibility: product.price_visibility },
      after: { status, priceVisibility },
    })
    await platform.live.publish('pages', product.slug)
    return getManagedProduct(database, productId)
  })
}
