import { type Platform, route } from '#platform/server'
import * as api from '../core/index.ts'
import { getManagedProduct, getProduct, listManagedProducts, listProducts } from './catalogue.ts'
import { changeProduct } from './change-product.ts'
import { discardDraft, importDraft, publishAgain, publishDraft } from './drafts.ts'
import { findModelVersion, modelOf } from './model-versions.ts'
import { anyVersion, compareVersions, getProductDetail } from './product-detail.ts'
import { publishModelFile } from './publish-model.ts'

export const productRoutes = [
  route(api.listProducts, async (_, { platform }) => ({ items: await listProducts(platform.database) })),
  route(api.getProduct, ({ params }, { platform }) => getProduct(platform.database, params.slug)),
  route(api.getModel, async ({ params }, { platform }) => {
    const { productSlug, modelVersionId, version, withdrawn, currentVersionId } = await findModelVersion(
      platform.database,
      params.modelVersionId,
    )
    const model = await modelOf(platform.database, modelVersionId)
    return { productSlug, modelVersionId, version, withdrawn, currentVersionId, model }
  }),
  route(api.listManagedProducts, ({ query }, { platform }) => listManagedProducts(platform.database, query)),
  route(api.getManagedProduct, ({ params }, { platform }) => withEtag(platform, params.productId)),
  route(api.importModel, async ({ body }, { platform, account }) => {
    const { productId } = await publishModelFile(platform, { ...body, author: account })
    return getManagedProduct(platform.database, productId)
  }),
  route(api.importDraft, async ({ params, body }, { platform, account }) => {
    await importDraft(platform, account!, params.productId, body)
    return getProductDetail(platform.database, params.productId)
  }),
  route(api.discardDraft, async ({ params, ifMatch }, { platform, account }) => {
    await discardDraft(platform, account!, { ...params, revision: ifMatch })
    return undefined
  }),
  route(api.publishDraft, async ({ params, body, ifMatch }, { platform, account }) => {
    await publishDraft(platform, account!, { ...params, ...body, revision: ifMatch })
    return withEtag(platform, params.productId)
  }),
  route(api.publishAgain, async ({ params, body, ifMatch }, { platform, account }) => {
    await publishAgain(platform, account!, { ...params, ...body, revision: ifMatch })
    return withEtag(platform, params.productId)
  }),
  route(api.getVersionModel, async ({ params }, { platform }) => {
    const { model } = await anyVersion(platform.database, params.productId, params.modelVersionId)
    return model
  }),
  route(api.compareVersions, ({ params, query }, { platform }) => compareVersions(platform.database, { ...params, ...query })),
  route(api.changeProduct, async ({ params, body, ifMatch }, { platform, account }) => {
    const product = await changeProduct(platform, account!, { ...params, ...body, revision: ifMatch })
    return { value: product, etag: String(product.revision) }
  }),
]

async function withEtag({ database }: Platform, productId: string) {
  const product = await getProductDetail(database, productId)
  return { value: product, etag: String(product.revision) }
}
