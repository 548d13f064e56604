import type { Model } from '@fettle/engine'
import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'
import { localizedText, productStatus, startingPrice } from './catalogue-api.ts'
import { thingKinds } from './difference/kinds.ts'
import { priceVisibilities } from './price-visibility.ts'

const notice = z.object({
  code: z.string(),
  path: z.string(),
  rule: z.string().optional(),
  value: z.string().optional(),
  message: localizedText,
  remedy: localizedText,
})

const managedProduct = z.object({
  id: z.string(),
  slug: z.string(),
  name: localizedText,
  status: productStatus,
  /** to whom its prices are shown; null: as the whole portal */
  priceVisibility: z.enum(priceVisibilities).nullable(),
  untranslated: z.boolean(),
  /** the current version; null where there is a draft alone */
  version: z.string().nullable(),
  modelVersionId: z.string().nullable(),
  sourceFormat: z.string(),
  options: z.number().int(),
  constraints: z.number().int(),
  notes: z.array(notice),
  /** a model waits beside the current one */
  hasDraft: z.boolean(),
  updatedAt: z.string(),
  revision: z.number().int(),
})
export type ManagedProduct = z.output<typeof managedProduct>

const nothingToChange = {
  message: { 'zh-CN': '没有要修改的内容。', en: 'There is nothing to change.' },
  remedy: { 'zh-CN': '请填写 status 或 priceVisibility。', en: 'Give status or priceVisibility.' },
}
const finding = notice.extend({
  severity: z.enum(['error', 'warning']),
  /** what it is about, as the model calls it */
  name: localizedText,
})
export type FoundByCheck = z.output<typeof finding>

/** A colleague; null: a command or the demo. */
const author = z.object({ id: z.string(), name: z.string() }).nullable()

const draft = z.object({
  id: z.string(),
  version: z.string(),
  fileName: z.string(),
  sourceFormat: z.string(),
  author,
  at: z.string(),
  startingPrice,
  /** what the file could not express */
  notes: z.array(notice),
  /** what the checks found, errors first; an error keeps it from being published, warnings are to be accepted */
  findings: z.array(finding),
})
export type DraftView = z.output<typeof draft>

const historyEntry = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(['imported', 'discarded', 'published', 'status']),
  author,
  reason: z.string().nullable(),
  /** of 'published' */
  modelVersionId: z.string().nullable(),
  version: z.string().nullable(),
  fileName: z.string().nullable(),
  status: productStatus.nullable(),
  /** the earlier version that was published once more */
  again: z.string().nullable(),
})
export type HistoryEntry = z.output<typeof historyEntry>

const productDetail = managedProduct.extend({
  startingPrice,
  draft: draft.nullable(),
  /** newest first, 200 at most */
  history: z.array(historyEntry),
})
export type ProductDetail = z.output<typeof productDetail>

const modelFile = {
  fileName: z.string().min(1).max(255),
  /** of a file that is text; or else `base64` */
  text: z.string().min(1).max(8_000_000).optional(),
  /** the bytes of any file, a workbook for one */
  base64: z.string().min(1).max(20_000_000).optional(),
  /** chosen by the caller: under it the live topic `imports` says how far the file is */
  progressId: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
}
const modelFileLimit = 20_500_000
const productParams = z.object({ productId: z.uuid() })
/** Why, in one line. */
const reason = z.string().trim().min(1).max(300)

export const listManagedProducts = endpoint({
  id: 'products.listManagedProducts',
  method: 'GET',
  path: '/console/products',
  summary: 'All products with their state, for staff',
  access: { staff: 'product.read' },
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  result: z.object({ items: z.array(managedProduct), nextCursor: z.string().nullable() }),
})

export const getManagedProduct = endpoint({
  id: 'products.getManagedProduct',
  method: 'GET',
  path: '/console/products/{productId}',
  summary: 'A product with its draft, what the checks found in it, and its history',
  access: { staff: 'product.read' },
  params: productParams,
  concurrency: 'etag',
  result: productDetail,
})

export const importModel = endpoint({
  id: 'products.importModel',
  method: 'POST',
  path: '/console/products/import',
  summary:
    'Import a model file: the product form as an Excel workbook (as `base64`), Fettle JSON, UVL, FeatureIDE XML, DIMACS or COOM (as `text`). `publish`: it becomes the current version of its product at once if the checks find no error; else it is the draft beside it',
  access: { staff: 'product.write' },
  body: z.object({ ...modelFile, publish: z.boolean().default(true), reason: reason.optional() }),
  limit: 'export',
  bodyLimit: modelFileLimit,
  status: 201,
  idempotency: 'ignored',
  audit: 'product.imported',
  result: managedProduct,
  problems: ['model-invalid', 'model-too-hard', 'imports-busy'],
})

export const importDraft = endpoint({
  id: 'products.importDraft',
  method: 'POST',
  path: '/console/products/{productId}/draft',
  summary: 'Import a model file as the draft of this product, in place of the draft before. Visitors notice nothing',
  access: { staff: 'product.write' },
  params: productParams,
  body: z.object(modelFile),
  limit: 'export',
  bodyLimit: modelFileLimit,
  status: 201,
  idempotency: 'ignored',
  audit: 'product.imported',
  result: productDetail,
  problems: ['model-invalid', 'model-too-hard', 'imports-busy', 'other-model'],
})

export const discardDraft = endpoint({
  id: 'products.discardDraft',
  method: 'DELETE',
  path: '/console/products/{productId}/draft',
  summary: 'Throw the draft away. A product that never had another version goes with it',
  access: { staff: 'product.write' },
  params: productParams,
  concurrency: 'if-match',
  audit: 'product.draft-discarded',
  problems: ['no-draft'],
})

export const publishDraft = endpoint({
  id: 'products.publishDraft',
  method: 'POST',
  path: '/console/products/{productId}/draft/publish',
  summary:
    'Make the draft the version that visitors configure. The version before is withdrawn; what was saved with it stays open',
  access: { staff: 'product.write' },
  params: productParams,
  body: z.object({ reason, acceptWarnings: z.boolean().default(false) }),
  concurrency: 'if-match',
  audit: 'product.model-published',
  result: productDetail,
  problems: ['no-draft', 'checks-failed', 'warnings-not-accepted'],
})

export const publishAgain = endpoint({
  id: 'products.publishAgain',
  method: 'POST',
  path: '/console/products/{productId}/versions/{modelVersionId}/publish',
  summary: 'Publish an earlier version once more, as a new version',
  access: { staff: 'product.write' },
  params: productParams.extend({ modelVersionId: z.uuid() }),
  body: z.object({ reason }),
  concurrency: 'if-match',
  audit: 'product.model-published',
  result: productDetail,
})

export const getVersionModel = endpoint({
  id: 'products.getVersionModel',
  method: 'GET',
  path: '/console/products/{productId}/versions/{modelVersionId}/model',
  summary: 'The model of any version of a product as JSON, that of its draft too',
  access: { staff: 'product.read' },
  params: productParams.extend({ modelVersionId: z.uuid() }),
  result: z.custom<Model>(value => typeof value === 'object' && value !== null),
})

const difference = z.object({
  kind: z.enum(thingKinds),
  change: z.enum(['added', 'removed', 'changed']),
  id: z.string(),
  name: localizedText,
  details: z.array(z.object({ label: localizedText, from: localizedText.nullable(), to: localizedText.nullable() })),
})

const comparedVersions = z.object({
  before: z.object({ version: z.string(), startingPrice }),
  after: z.object({ version: z.string(), startingPrice }),
  /** 500 at most */
  differences: z.array(difference),
  total: z.number().int(),
})
export type ComparedVersions = z.output<typeof comparedVersions>

export const compareVersions = endpoint({
  id: 'products.compareVersions',
  method: 'GET',
  path: '/console/products/{productId}/difference',
  summary: 'What changed between two versions of a product, the draft among them, and what that does to the starting price',
  access: { staff: 'product.read' },
  params: productParams,
  query: z.object({ before: z.uuid(), after: z.uuid() }),
  result: comparedVersions,
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
  summary: 'Publish or withdraw a product, or say to whom its prices are shown',
  access: { staff: 'product.write' },
  params: productParams,
  body: z
    .object({
      status: productStatus,
      /** null: as the whole portal */
      priceVisibility: z.enum(priceVisibilities).nullable(),
    })
    .partial()
    .refine(change => Object.values(change).some(value => value !== undefined), { params: nothingToChange }),
  concurrency: 'if-match',
  audit: 'product.changed',
  result: managedProduct,
  problems: ['nothing-published'],
})
