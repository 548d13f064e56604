import { type Platform, route } from '#platform/server'
import * as api from '../core/index.ts'
import { pricesToldTo, withoutPrices } from '../core/index.ts'
import { getManagedProduct, getProduct, listManagedProducts, listProducts } from './catalogue.ts'
import { changeProduct } from './change-product.ts'
import { findModelVersion, modelOf } from './model-versions.ts'
import { readerOf, readPricing, savePricing } from './price-visibility.ts'
import { publishModelFile } from './publish-model.ts'

export const productRoutes = [
  route(api.listProducts, async (_, { platform, account }) => ({
    items: await listProducts(platform.database, readerOf(account)),
  })),
  route(api.getProduct, ({ params }, { platform, account }) => getProduct(platform.database, params.slug, readerOf(account))),
  route(api.getModel, async ({ params }, { platform, account }) => {
    const { productSlug, modelVersionId, version, withdrawn, currentVersionId, priceVisibility } = await findModelVersion(
      platform.database,
      params.modelVersionId,
    )
    const prices = pricesToldTo(readerOf(account), priceVisibility)
    const whole = await modelOf(platform.database, modelVersionId)
    const model = prices === 'shown' ? whole : withoutPrices(whole)
    return { productSlug, modelVersionId, version, withdrawn, currentVersionId, prices, model }
  }),
  route(api.listManagedProducts, ({ query }, { platform }) => listManagedProducts(platform.database, query)),
  route(api.importModel, async ({ body }, { platform }) => {
    const { productId } = await publishModelFile(platform, body)
    return getManagedProduct(platform.database, productId)
  }),
  route(api.changeProduct, async ({ params, body, ifMatch }, { platform }) => {
    const product = await changeProduct(platform, { ...params, ...body, revision: ifMatch })
    return { value: product, etag: String(product.revision) }
  }),
  route(api.getPricing, (_, { platform }) => pricingToEdit(platform)),
  route(api.savePricing, async ({ body, ifMatch }, { platform }) => {
    await savePricing(platform, { ...body, revision: ifMatch })
    return pricingToEdit(platform)
  }),
]

async function pricingToEdit({ database }: Platform) {
  const { pricing, revision } = await readPricing(database)
  return { value: pricing, etag: String(revision) }
}
