import { pagesChanged } from '#features/discovery/server'
import { type Account, changedMeanwhile, conflict, notFound, type Platform } from '#platform/server'
import type { PriceVisibility } from '../core/index.ts'
import { getManagedProduct } from './catalogue.ts'
import { noteEntry } from './product-entries.ts'
import { pathsShowing } from './public-pages.ts'
import type { ProductTables } from './tables.ts'
import { lockProduct } from './write-version.ts'

interface Change {
  productId: string
  status?: 'draft' | 'published' | 'withdrawn' | undefined
  /** null: as the whole portal */
  priceVisibility?: PriceVisibility | null | undefined
  /** the revision the editor saw */
  revision: string
}

/**
 * Publishes, hides or withdraws a product, or says to whom its prices are shown. Fails with 412 where somebody changed it meanwhile, and
 * with `nothing-published` where it has a draft alone.
 */
export async function changeProduct(platform: Platform, author: Account, { productId, revision, ...change }: Change) {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<ProductTables>()
    const product = await lockProduct(platform, productId)
    if (!product) throw notFound({ 'zh-CN': '产品', en: 'product' })
    if (String(product.revision) !== revision) throw changedMeanwhile()
    const { status = product.status, priceVisibility = product.price_visibility } = change
    if (status === 'published' && product.current_version_id === null) throw nothingPublished()
    await db
      .updateTable('product')
      .set({ status, price_visibility: priceVisibility, revision: product.revision + 1, updated_at: platform.now() })
      .where('id', '=', productId)
      .execute()
    if (status !== product.status) {
      await noteEntry(platform, { productId, kind: 'status', author, data: { status } })
      await platform.record('product.status-changed', { productId, status })
    }
    await platform.audit.write({
      action: 'product.changed',
      target: { kind: 'product', id: productId },
      before: { status: product.status, priceVisibility: product.price_visibility },
      after: { status, priceVisibility },
    })
    await platform.live.publish('pages', product.slug)
    if ([status, product.status].includes('published')) await pagesChanged(platform, pathsShowing(product.slug))
    await platform.live.publish('products', productId)
    return getManagedProduct(database, productId)
  })
}

const nothingPublished = () =>
  conflict(
    'nothing-published',
    {
      'zh-CN': '此产品只有草稿，还没有可供访客配置的版本。',
      en: 'This product has a draft alone: there is no version visitors could configure.',
    },
    { 'zh-CN': '请发布草稿。', en: 'Publish the draft.' },
  )
