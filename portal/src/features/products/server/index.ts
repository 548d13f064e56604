import type { ServerFeature } from '#platform/server'
import { importsTopic } from '../core/import-progress.ts'
import { configuration } from './configuration.ts'
import { mountCounters, mountModels } from './model-route.ts'
import { personal } from './personal.ts'
import { mountPictures } from './picture-route.ts'
import { productProblems } from './problems.ts'
import { publicProductPages } from './public-pages.ts'
import { productRoutes } from './routes.ts'

/** The catalogue: products, their pages and their model versions. */
export const products: ServerFeature = {
  name: 'products',
  routes: productRoutes,
  configuration,
  mount: (app, platform) => {
    mountPictures!(app, platform)
    mountModels!(app, platform)
    mountCounters!(app, platform)
  },
  problems: productProblems,
  publicPages: publicProductPages,
  topics: { products: { staff: 'product.read' }, [importsTopic]: { staff: 'product.read' } },
  personal,
}

export { getProduct, hasProducts, listProducts, presentationIn, productName } from './catalogue.ts'
export { modelAsFile, modelTemplate } from './export-model.ts'
export { modelInvalid } from './model-problems.ts'
export { findModelVersion, loadModel, type ModelVersion, modelOf } from './model-versions.ts'
export { type NamedProduct, namedProducts } from './named-products.ts'
export { readPreset } from './preset.ts'
export { readerOf, readPricing, visibilityOfProduct } from './price-visibility.ts'
export { anyVersion, findDraft, findVersion } from './product-detail.ts'
export { publishModel, publishModelFile } from './publish-model.ts'
export { readModelApart } from './read-model-apart.ts'
export type { ModelFile, ReadModel } from './read-model-file.ts'
export { throughForm } from './through-form.ts'
