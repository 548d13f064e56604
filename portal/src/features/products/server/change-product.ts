import { changedMeanwhile, notFound, type Platform } from '#platform/server'
import { getManagedProduct } from './catalogue.ts'
import type { ProductTables } from './tables.ts'

interface Change {
  productId: string
  status: 'draft' | 'published' | 'withdrawn'
  /** the revision the editor saw */
  revision: string
}

/** Publishes, hides or withdraws a product. Fails with 412 where somebody changed it meanwhile. */
export async function changeProduct(platform: Platform, { productId, status, revision }: Change) {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<ProductTables>()
    const product = await db
      .selectFrom('product')
      .select(['revision', 'slug', 'status'])
      .where('id', '=', productId)
      .forUpdate()
      .executeTakeFirst()
    if (!product) throw notFound({ 'zh-CN': '产品', en: 'product' })
    if (String(product.revision) !== revision) throw changedMeanwhile()
    await db
      .updateTable('product')
      .set({ status, revision: product.revision + 1, updated_at: platform.now() })
      .where('id', '=', productId)
      .execute()
    await platform.record('product.status-changed', { productId, status })
    await platform.audit.write({
      action: 'product.changed',
      target: { kind: 'product', id: productId },
      before: { status: product.status },
      after: { status },
    })
    await platform.live.publish('pages', product.slug)
    return getManagedProduct(database, productId)
  })
}
