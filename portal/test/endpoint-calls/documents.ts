import { addVersion, createDocument, getManagedDocument, uploadDocumentFile } from '#features/documents/core'
import type { CallInput } from '#platform/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const documentsCalls: Record<string, Call> = {
  'documents.listDocuments': { call: () => ({ query: { kind: 'manual' } }) },
  'documents.hasDocuments': none,
  'documents.getDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.downloadDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.listMyDocuments': {
    async call(world) {
      const { own } = world
      await newDocument(world, { audience: 'companies', companies: [own.id], title: { 'zh-CN': own.name, en: own.name } })
      return {}
    },
    shows: ({ others }, { name }) => others.some(({ title }: { title: { en: string } }) => title.en === name),
  },
  'documents.listManagedDocuments': none,
  'documents.getManagedDocument': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.uploadDocumentFile': { call: () => ({ file: '%PDF-1.7' }) },
  'documents.createDocument': { call: async world => ({ body: { ...aDocument, token: await newDocumentFile(world) } }) },
  'documents.changeDocument': { call: async world => ({ ...(await newDocument(world)), body: aDocument }) },
  'documents.addVersion': {
    call: async world => ({ ...(await newDocument(world)), body: { token: await newDocumentFile(world) } }),
  },
  'documents.restoreVersion': {
    async call(world) {
      const { params, ifMatch } = await newDocument(world)
      const product = await world.api('product')
      await product.call(addVersion, { params, ifMatch, body: { token: await newDocumentFile(world) } })
      const { etag } = await product.callWithEtag(getManagedDocument, { params })
      return { params: { ...params, version: '1' }, ifMatch: etag, body: {} }
    },
  },
  'documents.downloadVersion': {
    call: async world => ({ params: { ...(await newDocument(world)).params, version: '1' } }),
  },
  'documents.withdrawDocument': { call: async world => ({ ...(await newDocument(world)), body: { reason: 'A wrong torque' } }) },
  'documents.offerAgain': { call: async world => newDocument(world) },
  'documents.deleteDocument': { call: async world => newDocument(world) },
  'documents.listDownloads': { call: async world => ({ params: (await newDocument(world)).params }) },
  'documents.listNameplates': none,
  'documents.saveNameplates': { call: ({ productId }) => ({ params: { productId }, body: { patterns: ['DS-*'] } }) },
}

const aDocument = { title: { 'zh-CN': '手册', en: 'Manual' }, kind: 'manual', language: 'both', audience: 'everybody' } as const

/** The token of a file like no other. */
async function newDocumentFile(world: World): Promise<string> {
  const content = new Blob([`%PDF-1.7 ${crypto.randomUUID()}`])
  return (await (await world.api('product')).call(uploadDocumentFile, { body: { name: 'manual.pdf', content } })).token
}

/** A document's address, and the revision it stands at. */
async function newDocument(world: World, change: Partial<Parameters<typeof bodyOf>[0]> = {}) {
  const body = bodyOf({ ...change, token: await newDocumentFile(world) })
  const { value, etag } = await (await world.api('service')).callWithEtag(createDocument, { body })
  return { params: { documentId: value.id }, ifMatch: etag }
}

const bodyOf = (change: Partial<CallInput<typeof createDocument>['body']> & { token: string }) => ({ ...aDocument, ...change })
