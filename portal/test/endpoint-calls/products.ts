import { getPreset, getPricing, importDraft } from '#features/products/core'
import { drillStand, publishDrillStand } from '../small-product.ts'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const productsCalls: Record<string, Call> = {
  'products.listProducts': none,
  'products.getProduct': { call: () => ({ params: { slug: 'drill-stand' } }) },
  'products.getModel': { call: ({ modelVersionId }) => ({ params: { modelVersionId } }) },
  'products.listManagedProducts': none,
  'products.getPricing': none,
  'products.savePricing': {
    async call(world) {
      const { value, etag } = await (await world.api('admin')).callWithEtag(getPricing, {})
      return { body: value, ifMatch: etag }
    },
  },
  'products.getShownPrices': none,
  'products.getPreset': none,
  'products.savePreset': {
    async call({ api }) {
      const { value, etag } = await (await api('admin')).callWithEtag(getPreset, {})
      return { body: value, ifMatch: etag }
    },
  },
  'products.importModel': {
    call: () => ({
      body: { fileName: 'm.json', text: JSON.stringify({ ...drillStand, id: `imported_${crypto.randomUUID().slice(0, 8)}` }) },
    }),
  },
  'products.modelTemplate': none,
  'products.exportModel': { call: ({ productId }) => ({ params: { productId } }) },
  'products.changeProduct': {
    async call(world) {
      return { ...(await productSeen(world, world.productId)), body: { status: 'published' } }
    },
  },
  'products.getManagedProduct': { call: ({ productId }) => ({ params: { productId } }) },
  'products.importDraft': {
    call: ({ productId }) => ({
      params: { productId },
      body: { fileName: 'm.json', text: JSON.stringify({ ...drillStand, version: '2.0.0' }) },
    }),
  },
  'products.publishDraft': {
    async call(world) {
      const seen = await productSeen(world, await newDraft(world))
      return { ...seen, body: { reason: 'New prices', acceptWarnings: true } }
    },
  },
  'products.discardDraft': {
    async call(world) {
      return productSeen(world, await newDraft(world))
    },
  },
  'products.publishAgain': {
    async call(world) {
      const { productId, modelVersionId } = await newProduct(world)
      const { ifMatch } = await productSeen(world, productId)
      return { params: { productId, modelVersionId }, ifMatch, body: { reason: 'The prices were wrong' } }
    },
  },
  'products.getVersionModel': { call: ({ productId, modelVersionId }) => ({ params: { productId, modelVersionId } }) },
  'products.compareVersions': {
    call: ({ productId, modelVersionId }) => ({
      params: { productId },
      query: { before: modelVersionId, after: modelVersionId },
    }),
  },
}

/** A drill stand for this call alone: what publishes another version withdraws the one that other calls configure. */
async function newProduct({ platform, database }: World) {
  const productId = await publishDrillStand(platform, { id: `own_${crypto.randomUUID().slice(0, 8)}` })
  const { rows } = await database.pool.query('select slug, current_version_id from product where id = $1', [productId])
  return { productId, modelVersionId: rows[0].current_version_id as string, modelId: rows[0].slug.replaceAll('-', '_') as string }
}

/** A product's address, and the revision it stands at. */
async function productSeen({ database }: World, productId: string) {
  const { rows } = await database.pool.query('select revision from product where id = $1', [productId])
  return { params: { productId }, ifMatch: `"${rows[0].revision}"` }
}

/** A product with a draft beside its current version. */
export async function newDraft(world: World): Promise<string> {
  const { productId, modelId } = await newProduct(world)
  const body = { fileName: 'm.json', text: JSON.stringify({ ...drillStand, id: modelId, version: '2.0.0' }) }
  await (await world.api('product')).call(importDraft, { params: { productId }, body })
  return productId
}
