import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { getManagedProduct, getProduct, listManagedProducts, listProducts } from './catalogue.ts'
import { changeProduct } from './change-product.ts'
import { exportModel, modelTemplate } from './export-model.ts'
import { fileIn } from './file-in.ts'
import { findModelVersion, modelOf } from './model-versions.ts'
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
  route(api.importModel, async ({ body }, { platform }) => {
    const { productId } = await publishModelFile(platform, { ...fileIn(body), publish: body.publish })
    return getManagedProduct(platform.database, productId)
  }),
  route(api.modelTemplate, ({ query }, { language }) => modelTemplate({ example: query.example === 'true' }, language)),
  route(api.exportModel, ({ params, query }, { platform }) => exportModel(platform, { ...params, ...query })),
  route(api.changeProduct, async ({ params, body, ifMatch }, { platform }) => {
    const product = await changeProduct(platform, { ...params, ...body, revision: ifMatch })
    return { value: product, etag: String(product.revision) }
  }),
]
