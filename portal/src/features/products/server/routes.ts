import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { getManagedProduct, getProduct, listManagedProducts, listProducts } from './catalogue.ts'
import { changeProduct } from './change-product.ts'
import { loadModel } from './compiled-models.ts'
import { publishModelFile } from './publish-model.ts'

export const productRoutes = [
  route(api.listProducts, async (_, { platform }) => ({ items: await listProducts(platform.database) })),
  route(api.getProduct, ({ params }, { platform }) => getProduct(platform.database, params.slug)),
  route(api.getModel, async ({ params }, { platform }) => {
    const { compiled, productSlug, modelVersionId, version, withdrawn, currentVersionId } = await loadModel(
      platform.database,
      params.modelVersionId,
    )
    return { productSlug, modelVersionId, version, withdrawn, currentVersionId, model: compiled.model }
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
]
