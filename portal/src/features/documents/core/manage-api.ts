import { z } from 'zod'
import { patternKey } from '#features/devices/core'
import { endpoint, fileAnswer, fileBody, fileFacts } from '#platform/core'
import { audiences, documentKinds, documentLanguages, documentLimits } from './document.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const read = { staff: 'document.read' } as const
const write = { staff: 'document.manage' } as const
const documentId = z.object({ documentId: z.uuid() })
const page = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }
const file = fileFacts.pick({ name: true, kind: true, bytes: true, state: true })

const managedDocument = z.object({
  id: z.string(),
  title: localizedText,
  kind: z.enum(documentKinds),
  language: z.enum(documentLanguages),
  number: z.string().nullable(),
  /** YYYY-MM-DD */
  validFrom: z.string().nullable(),
  /** that day is still to come, where the manufacturer is */
  upcoming: z.boolean(),
  audience: z.enum(audiences),
  allProducts: z.boolean(),
  products: z.array(z.object({ id: z.string(), name: localizedText })),
  devices: z.array(z.object({ serial: z.string(), model: z.string() })),
  /** how many companies are named */
  companyCount: z.number().int(),
  withdrawn: z.boolean(),
  version: z.number().int(),
  file,
  /** of all versions */
  downloads: z.number().int(),
  updatedAt: z.string(),
})
export type ManagedDocument = z.output<typeof managedDocument>

const managedVersion = z.object({
  version: z.number().int(),
  note: z.string(),
  /** the version it is once more */
  again: z.number().int().nullable(),
  author: z.string(),
  at: z.string(),
  file,
  downloads: z.number().int(),
  lately: z.number().int(),
})
export type ManagedVersion = z.output<typeof managedVersion>

const documentDetail = managedDocument.extend({
  openHistory: z.boolean(),
  withdrawnAt: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  /** those named */
  companies: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .nullable()
    .meta({ right: 'company.read' }),
  versions: z.array(managedVersion),
  revision: z.number().int(),
})
export type DocumentDetail = z.output<typeof documentDetail>

const missing = (zh: string, en: string) => ({
  message: { 'zh-CN': `缺少${zh}。`, en: `The ${en} is missing.` },
  remedy: { 'zh-CN': `请填写${zh}。`, en: `Give the ${en}.` },
})
const filled = (zh: string, en: string) =>
  z
    .string()
    .trim()
    .max(200)
    .refine(text => text !== '', { params: missing(zh, en) })

/** What an editor says of a document. */
const documentFields = z.strictObject({
  title: z.strictObject({ 'zh-CN': filled('中文标题', 'Chinese title'), en: filled('英文标题', 'English title') }),
  kind: z.enum(documentKinds),
  language: z.enum(documentLanguages),
  number: z.string().trim().max(100).nullable().default(null),
  validFrom: z.iso.date().nullable().default(null),
  audience: z.enum(audiences),
  allProducts: z.boolean().default(false),
  products: z.array(z.uuid()).max(documentLimits.products).default([]),
  /** serial numbers of machines it belongs to alone; with the model behind a slash where several have the number */
  devices: z.array(z.string().trim().min(1).max(200)).max(documentLimits.devices).default([]),
  /** absent: those named before stay */
  companies: z.array(z.uuid()).max(documentLimits.companies).optional(),
  openHistory: z.boolean().default(false),
})
export type DocumentFields = z.output<typeof documentFields>

const newFile = {
  /** of a file uploaded before */
  token: z.string().min(1).max(64),
  /** the same file may stand in another document too */
  sameFile: z.boolean().default(false),
}
const note = z.string().trim().max(500).default('')

export const listManagedDocuments = endpoint({
  id: 'documents.listManagedDocuments',
  method: 'GET',
  path: '/console/documents',
  summary: 'Every document, the last changed first',
  access: read,
  query: z.object({
    /** part of a title or number */
    q: z.string().trim().max(200).optional(),
    product: z.uuid().optional(),
    /** a machine: what belongs to it alone, and to machines of its product */
    device: z.uuid().optional(),
    kind: z.enum(documentKinds).optional(),
    language: z.enum(documentLanguages).optional(),
    audience: z.enum(audiences).optional(),
    status: z.enum(['offered', 'withdrawn']).optional(),
    ...page,
  }),
  result: z.object({ items: z.array(managedDocument), nextCursor: z.string().nullable() }),
})

export const getManagedDocument = endpoint({
  id: 'documents.getManagedDocument',
  method: 'GET',
  path: '/console/documents/{documentId}',
  summary: 'A document with its versions and how often each was fetched',
  access: read,
  params: documentId,
  concurrency: 'etag',
  result: documentDetail,
})

export const uploadDocumentFile = endpoint({
  id: 'documents.uploadDocumentFile',
  method: 'POST',
  path: '/console/document-files',
  summary: 'Upload the file of a document, to be named by its token. What is not named is gone after a day',
  access: write,
  transfers: 'upload',
  body: fileBody,
  bodyLimit: documentLimits.bytes,
  limit: 'upload',
  audit: { none: 'it belongs to nothing yet; the document or version that names it is the trace' },
  status: 201,
  result: fileFacts.extend({ token: z.string() }),
  problems: ['file-refused', 'store-away', 'broken-off'],
})

export const createDocument = endpoint({
  id: 'documents.createDocument',
  method: 'POST',
  path: '/console/documents',
  summary: 'A new document with its first version',
  access: write,
  body: documentFields.extend(newFile),
  status: 201,
  audit: 'document.created',
  result: documentDetail,
  concurrency: 'etag',
  problems: ['file-refused', 'document-known'],
})

export const changeDocument = endpoint({
  id: 'documents.changeDocument',
  method: 'PUT',
  path: '/console/documents/{documentId}',
  summary: 'Change what is said of a document, and who may have it',
  access: write,
  params: documentId,
  body: documentFields,
  concurrency: 'if-match',
  audit: 'document.changed',
  result: documentDetail,
})

export const addVersion = endpoint({
  id: 'documents.addVersion',
  method: 'POST',
  path: '/console/documents/{documentId}/versions',
  summary: 'A new file, offered from now on in place of the one before',
  access: write,
  params: documentId,
  body: z.strictObject({ ...newFile, note }),
  concurrency: 'if-match',
  audit: 'document.renewed',
  result: documentDetail,
  problems: ['file-refused', 'document-known'],
})

export const restoreVersion = endpoint({
  id: 'documents.restoreVersion',
  method: 'POST',
  path: '/console/documents/{documentId}/versions/{version}/restore',
  summary: 'Offer an earlier file once more, as a version of its own',
  access: write,
  params: documentId.extend({ version: z.coerce.number().int().min(1).max(100_000) }),
  body: z.strictObject({ note }),
  concurrency: 'if-match',
  audit: 'document.renewed',
  result: documentDetail,
  problems: ['version-offered'],
})

export const downloadVersion = endpoint({
  id: 'documents.downloadVersion',
  method: 'GET',
  path: '/console/documents/{documentId}/versions/{version}/file',
  summary: 'The file of any version, for staff; it is not counted',
  access: read,
  params: documentId.extend({ version: z.coerce.number().int().min(1).max(100_000) }),
  transfers: 'download',
  result: fileAnswer,
  problems: ['file-waiting', 'range-not-satisfiable'],
})

export const withdrawDocument = endpoint({
  id: 'documents.withdrawDocument',
  method: 'POST',
  path: '/console/documents/{documentId}/withdraw',
  summary: 'Offer a document no more: its address answers 404, and the console says why',
  access: write,
  params: documentId,
  body: z.strictObject({ reason: filled('原因', 'reason') }),
  concurrency: 'if-match',
  audit: 'document.withdrawn',
  result: documentDetail,
})

export const offerAgain = endpoint({
  id: 'documents.offerAgain',
  method: 'POST',
  path: '/console/documents/{documentId}/offer-again',
  summary: 'Offer a withdrawn document again, as it was',
  access: write,
  params: documentId,
  concurrency: 'if-match',
  audit: 'document.offered-again',
  result: documentDetail,
})

export const deleteDocument = endpoint({
  id: 'documents.deleteDocument',
  method: 'DELETE',
  path: '/console/documents/{documentId}',
  summary: 'Delete a document that nobody has fetched yet',
  access: write,
  params: documentId,
  concurrency: 'if-match',
  audit: 'document.deleted',
  problems: ['document-fetched'],
})

const download = z.object({
  id: z.string(),
  version: z.number().int(),
  at: z.string(),
  /** empty: the account is gone */
  person: z.string(),
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type DownloadView = z.output<typeof download>

export const listDownloads = endpoint({
  id: 'documents.listDownloads',
  method: 'GET',
  path: '/console/documents/{documentId}/downloads',
  summary: 'Who fetched a document while he was signed in, newest first',
  access: { staff: 'company.read' },
  params: documentId,
  query: z.object(page),
  result: z.object({ items: z.array(download), nextCursor: z.string().nullable() }),
})

const plates = z.object({
  productId: z.string(),
  name: localizedText,
  patterns: z.array(z.string()),
  /** machines of the register that are this product's */
  machines: z.number().int(),
})
export type PlatesView = z.output<typeof plates>

export const listNameplates = endpoint({
  id: 'documents.listNameplates',
  method: 'GET',
  path: '/console/nameplates',
  summary: 'What nameplates call the machines of each product, and machines of the register that belong to none',
  access: read,
  result: z.object({
    products: z.array(plates),
    homeless: z.array(z.object({ model: z.string(), machines: z.number().int() })),
  }),
})

const everyMachine = {
  message: { 'zh-CN': '型号为空，或会匹配所有机器。', en: 'This names no model, or every machine.' },
  remedy: {
    'zh-CN': '请填写型号，如 VM-850，或以 * 结尾的开头，如 VM-*。',
    en: 'Give a model such as VM-850, or a beginning with * behind it: VM-*.',
  },
}

export const saveNameplates = endpoint({
  id: 'documents.saveNameplates',
  method: 'PUT',
  path: '/console/nameplates/{productId}',
  summary: 'Say what nameplates call the machines of a product beside its name',
  access: write,
  params: z.object({ productId: z.uuid() }),
  body: z.strictObject({
    patterns: z
      .array(
        z
          .string()
          .trim()
          .max(100)
          .refine(text => patternKey(text) !== null, { params: everyMachine }),
      )
      .max(documentLimits.plates),
  }),
  audit: 'document.nameplates-changed',
})
