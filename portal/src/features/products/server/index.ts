import type { ServerFeature } from '#platform/server'
import { mountPictures } from './picture-route.ts'
import { productProblems } from './problems.ts'
import { productRoutes } from './routes.ts'

/** The catalogue: products, their pages and their model versions. */
export const products: ServerFeature = {
  name: 'products',
  routes: productRoutes,
  mount: mountPictures,
  problems: productProblems,
}

export { hasProducts, listProducts, productName } from './catalogue.ts'
export { findModelVersion, loadModel, type ModelVersion } from './model-versions.ts'
export { publishModel, publishModelFile } from './publish-model.ts'
