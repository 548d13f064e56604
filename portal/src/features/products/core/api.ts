import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'

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

/** Net price of the configuration with all defaults; null: on request. Minor units. */
const startingPrice = z.object({ net: z.number().int(), currency: z.string() }).nullable()

const productSummary = z.object({
  slug: z.string(),
  name: localizedText,
  description: localizedText.nullable(),
  /** texts exist in one language only */
  untranslated: z.boolean(),
  modelId: z.string(),
  modelVersionId: z.string(),
  startingPrice,
  headline: z.array(headlineValue),
  /** the completed default selection, which the drawing shows; empty where it is too large to be drawn */
  selection: z.object({ options: z.record(z.string(), z.number()), numbers: z.record(z.string(), z.number()) }),
})
export type ProductSummary = z.output<typeof productSummary>

const notice = z.object({
  code: z.string(),
  path: z.string(),
  rule: z.string().optional(),
  value: z.string().optional(),
  message: localizedText,
  remedy: localizedText,
})

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
  summary: 'A model version: plain JSON for the engine. Never changes',
  access: 'public',
  params: z.object({ modelVersionId: z.uuid() }),
  result: z.object({
    productSlug: z.string(),
    modelVersionId: z.string(),
    version: z.string(),
    withdrawn: z.boolean(),
    /** the version that is configured now, where this one is not it */
    currentVersionId: z.string().nullable(),
    model: z.unknown(),
  }),
})

const managedProduct = z.object({
  id: z.string(),
  slug: z.string(),
  name: localizedText,
  status: productStatus,
  untranslated: z.boolean(),
  version: z.string(),
  modelVersionId: z.string(),
  sourceFormat: z.string(),
  options: z.number().int(),
  constraints: z.number().int(),
  notes: z.array(notice),
  updatedAt: z.string(),
  revision: z.number().int(),
})
export type ManagedProduct = z.output<typeof managedProduct>

export const listManagedProducts = endpoint({
  id: 'products.listManagedProducts',
  method: 'GET',
  path: '/console/products',
  summary: 'All products with their state, for staff',
  access: { staff: 'product.read' },
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  result: z.object({ items: z.array(managedProduct), nextCursor: z.string().nullable() }),
})

export const importModel = endpoint({
  id: 'products.importModel',
  method: 'POST',
  path: '/console/products/import',
  summary:
    'Import a model file: the product form as an Excel workbook (as `base64`), Fettle JSON, UVL, FeatureIDE XML or DIMACS (as `text`). A known model id gets a new version',
  access: { staff: 'product.write' },
  body: z.object({
    fileName: z.string().min(1).max(255),
    /** of a file that is text; or else `base64` */
    text: z.string().min(1).max(8_000_000).optional(),
    /** the bytes of any file, a workbook for one */
    base64: z.string().min(1).max(20_000_000).optional(),
    publish: z.boolean().default(true),
  }),
  limit: 'export',
  bodyLimit: 20_500_000,
  status: 201,
  idempotency: 'ignored',
  audit: 'product.imported',
  result: managedProduct,
  problems: ['model-invalid', 'model-too-hard', 'imports-busy'],
})

export const modelTemplate = endpoint({
  id: 'products.modelTemplate',
  method: 'GET',
  path: '/console/model-template',
  summary: 'The product form as an Excel workbook: empty, or with `example` filled in with a small product',
  access: { staff: 'product.read' },
  query: z.object({ example: z.enum(['true', 'false']).default('false') }),
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
  problems: ['imports-busy', 'model-too-hard'],
})

export const exportModel = endpoint({
  id: 'products.exportModel',
  method: 'GET',
  path: '/console/products/{productId}/workbook',
  summary:
    'The model of a product as an Excel workbook that can be changed and imported again: the current one, or that of a version',
  access: { staff: 'product.read' },
  params: z.object({ productId: z.uuid() }),
  query: z.object({ modelVersionId: z.uuid().optional() }),
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
  problems: ['no-workbook', 'imports-busy', 'model-too-hard'],
})

export const changeProduct = endpoint({
  id: 'products.changeProduct',
  method: 'PATCH',
  path: '/console/products/{productId}',
  summary: 'Publish or withdraw a product',
  access: { staff: 'product.write' },
  params: z.object({ productId: z.uuid() }),
  body: z.object({ status: productStatus }),
  concurrency: 'if-match',
  audit: 'product.changed',
  result: managedProduct,
})
