import { z } from 'zod'
import { endpoint, fileAnswer, fileFacts } from '#platform/core'
import { documentKinds, documentLanguages } from './document.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const product = z.object({ slug: z.string(), name: localizedText })

/** A document as somebody sees it who may have it, or may after he has signed in. */
const offeredDocument = z.object({
  id: z.string(),
  title: localizedText,
  kind: z.enum(documentKinds),
  language: z.enum(documentLanguages),
  number: z.string().nullable(),
  version: z.number().int(),
  /** ISO 8601, UTC: when this version came */
  since: z.string(),
  file: fileFacts.pick({ name: true, kind: true, bytes: true, state: true }),
  /** it can be had after signing in */
  locked: z.boolean(),
  allProducts: z.boolean(),
  products: z.array(product),
})
export type OfferedDocument = z.output<typeof offeredDocument>

const earlierVersion = z.object({ version: z.number().int(), note: z.string(), since: z.string(), bytes: z.number().int() })
export type EarlierVersion = z.output<typeof earlierVersion>

const documentId = z.object({ documentId: z.uuid() })

export const listDocuments = endpoint({
  id: 'documents.listDocuments',
  method: 'GET',
  path: '/documents',
  summary: 'Documents this reader may have, and those he may have after signing in, newest first',
  access: 'public',
  query: z.object({
    /** address of a product: its own, and those of all products */
    product: z.string().max(80).optional(),
    kind: z.enum(documentKinds).optional(),
    language: z.enum(documentLanguages).optional(),
    /** part of a title or number */
    q: z.string().trim().max(200).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(offeredDocument), nextCursor: z.string().nullable() }),
})

export const hasDocuments = endpoint({
  id: 'documents.hasDocuments',
  method: 'GET',
  path: '/documents/any',
  summary: 'Whether there is any document that everybody sees',
  access: 'public',
  result: z.object({ any: z.boolean() }),
})

export const getDocument = endpoint({
  id: 'documents.getDocument',
  method: 'GET',
  path: '/documents/{documentId}',
  summary: 'A document with its earlier versions, where they are open. 404 for whoever may not know of it',
  access: 'public',
  params: documentId,
  result: offeredDocument.extend({ note: z.string(), earlier: z.array(earlierVersion) }),
})

export const downloadDocument = endpoint({
  id: 'documents.downloadDocument',
  method: 'GET',
  path: '/documents/{documentId}/file',
  summary:
    'The file of a document: the version offered, or an earlier one where they are open. A broken download goes on by Range',
  access: 'public',
  params: documentId,
  query: z.object({ version: z.coerce.number().int().min(1).max(100_000).optional() }),
  transfers: 'download',
  result: fileAnswer,
  problems: ['file-waiting', 'range-not-satisfiable', 'sign-in-needed'],
})

/** new: it came lately. renewed: somebody of the company has an earlier version. had: somebody of the company has this one */
const standing = z.enum(['new', 'renewed', 'had', 'none'])
const ownDocument = offeredDocument.omit({ locked: true }).extend({ standing, note: z.string() })
export type OwnDocument = z.output<typeof ownDocument>

const ownDocuments = z.object({
  /** products of which the company has machines, as owner, operator or service partner, with them; product null: machines that belong to no product; slug null: it has no page */
  groups: z.array(
    z.object({
      product: z.object({ slug: z.string().nullable(), name: localizedText }).nullable(),
      machines: z.array(z.object({ serial: z.string(), model: z.string() })),
      documents: z.array(ownDocument.extend({ serials: z.array(z.string()) })),
    }),
  ),
  /** for all products, or for the company by name */
  others: z.array(ownDocument),
})
export type OwnDocuments = z.output<typeof ownDocuments>

export const listMyDocuments = endpoint({
  id: 'documents.listMyDocuments',
  method: 'GET',
  path: '/my/documents',
  summary: 'Documents for the machines of the own company, by product and machine, and others meant for it',
  access: { customer: 'document.read-own' },
  result: ownDocuments,
})
