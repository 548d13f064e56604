import { z } from 'zod'
import { endpoint } from '#platform/core'
import { pricesTold } from './price-visibility.ts'

export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
export const productStatus = z.enum(['draft', 'published', 'withdrawn'])

const headlineValue = z.object({
  id: z.string(),
  name: localizedText,
  value: z.union([z.number(), localizedText]),
  unit: z.string().optional(),
  decimals: z.number().optional(),
  role: z.string().optional(),
})

/** Net price of the configuration with all defaults; null: on request, or not shown to this reader. Minor units. */
export const startingPrice = z.object({ net: z.number().int(), currency: z.string() }).nullable()

const productSummary = z.object({
  slug: z.string(),
  name: localizedText,
  description: localizedText.nullable(),
  /** texts exist in one language only */
  untranslated: z.boolean(),
  modelId: z.string(),
  modelVersionId: z.string(),
  startingPrice,
  /** what this reader is told of prices; unless `shown`, nothing here holds one */
  prices: z.enum(pricesTold),
  headline: z.array(headlineValue),
  /** the completed default selection, which the drawing shows; empty where it is too large to be drawn */
  selection: z.object({ options: z.record(z.string(), z.number()), numbers: z.record(z.string(), z.number()) }),
})
export type ProductSummary = z.output<typeof productSummary>

export const listProducts = endpoint({
  id: 'products.listProducts',
  method: 'GET',
  path: '/products',
  summary: 'Published products in catalogue order',
  access: 'public',
  result: z.object({ items: z.array(productSummary) }),
})

export const getProduct = endpoint({
  id: 'products.getProduct',
  method: 'GET',
  path: '/products/{slug}',
  summary: 'A published product with its page and its technical data',
  access: 'public',
  params: z.object({ slug: z.string().max(80) }),
  result: productSummary.extend({
    modelVersion: z.string(),
    /** page content as in page-content.ts; null for imported products */
    page: z.unknown(),
    spec: z.array(headlineValue),
  }),
  problems: ['product-withdrawn'],
})

export const getModel = endpoint({
  id: 'products.getModel',
  method: 'GET',
  path: '/models/{modelVersionId}',
  summary: 'A model version: plain JSON for the engine. Never changes. Without its price rules for whoever may not see prices',
  access: 'public',
  params: z.object({ modelVersionId: z.uuid() }),
  result: z.object({
    productSlug: z.string(),
    modelVersionId: z.string(),
    version: z.string(),
    withdrawn: z.boolean(),
    /** the version that is configured now, where this one is not it */
    currentVersionId: z.string().nullable(),
    prices: z.enum(pricesTold),
    model: z.unknown(),
  }),
})
