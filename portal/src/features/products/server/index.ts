import type { ServerFeature } from '#platform/server'
import { productProblems } from './problems.ts'
import { productRoutes } from './routes.ts'

/** The catalogue: products, their pages and their model versions. */
export const products: ServerFeature = {
  name: 'products',
  routes: productRoutes,
  problems: productProblems,
  permissions: {
    'product.read': ['sales', 'product', 'service', 'marketing'],
    'product.write': ['product'],
  },
}

export { hasProducts, listProducts } from './catalogue.ts'
export { loadModel, type PublishedModel } from './compiled-models.ts'
export { publishModel, publishModelFile } from './publish-model.ts'
