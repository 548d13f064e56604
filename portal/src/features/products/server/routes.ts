import { type Platform, route } from '#platform/server'
import * as api from '../core/index.ts'
import { pricesToldTo, withoutPrices } from '../core/index.ts'
import { getManagedProduct, getProduct, listManagedProducts, listProducts } from './catalogue.ts'
import { changeProduct } from './change-product.ts'
import { discardDraft, importDraft, publishAgain, publishDraft } from './drafts.ts'
import { exportModel, modelTemplate } from './export-model.ts'
import { fileIn } from './file-in.ts'
import { findModelVersion, modelOf } from './model-versions.ts'
import { readPreset, savePreset } from './preset.ts'
import { readerOf, readPricing, savePricing, showsPrices } from './price-visibility.ts'
import { anyVersion, compareVersions, getProductDetail } from './product-detail.ts'
import { publishModelFile } from './publish-model.ts'
import { tellBrowser } from './tell-browser.ts'

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
  route(api.getManagedProduct, ({ params }, { platform }) => withEtag(platform, params.productId)),
  route(api.importModel, async ({ body }, { platform, account }) => {
    const { productId } = await publishModelFile(platform, {
      ...fileIn(body),
      publish: body.publish,
      reason: body.reason,
      author: account,
      tell: tellBrowser(platform, body.progressId),
    })
    return getManagedProduct(platform.database, productId)
  }),
  route(api.importDraft, async ({ params, body }, { platform, account }) => {
    await importDraft(platform, account!, params.productId, fileIn(body), tellBrowser(platform, body.progressId))
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
  route(api.modelTemplate, async ({ query }, { platform, language }) => {
    const { preset } = await readPreset(platform.database)
    return modelTemplate({ example: query.example === 'true', preset }, language)
  }),
  route(api.exportModel, ({ params, query }, { platform }) => exportModel(platform, { ...params, ...query })),
  route(api.changeProduct, async ({ params, body, ifMatch }, { platform, account }) => {
    const product = await changeProduct(platform, account!, { ...params, ...body, revision: ifMatch })
    return { value: product, etag: String(product.revision) }
  }),
  route(api.getPricing, (_, { platform }) => pricingToEdit(platform)),
  route(api.savePricing, async ({ body, ifMatch }, { platform }) => {
    await savePricing(platform, { ...body, revision: ifMatch })
    return pricingToEdit(platform)
  }),
  route(api.getShownPrices, async (_, { platform, account }) => ({
    shown: await showsPrices(platform.database, readerOf(account)),
  })),
  route(api.getPreset, (_, { platform }) => presetToEdit(platform)),
  route(api.savePreset, async ({ body, ifMatch }, { platform }) => {
    await savePreset(platform, { preset: body, revision: ifMatch })
    return presetToEdit(platform)
  }),
]

async function presetToEdit({ database }: Platform) {
  const { preset, revision } = await readPreset(database)
  return { value: preset, etag: String(revision) }
}

async function pricingToEdit({ database }: Platform) {
  const { pricing, revision } = await readPricing(database)
  return { value: pricing, etag: String(revision) }
}

async function withEtag({ database }: Platform, productId: string) {
  const product = await getProductDetail(database, productId)
  return { value: product, etag: String(product.revision) }
}
