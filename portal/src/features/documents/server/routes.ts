import { signedIn } from '#features/accounts/server'
import { notFound, type RequestContext, type Route, receiveFile, route } from '#platform/server'
import * as api from '../core/index.ts'
import { addVersion, restoreVersion } from './change-versions.ts'
import { downloadDocument, downloadVersion } from './download-document.ts'
import { listDownloads } from './list-downloads.ts'
import { getManagedDocument, listManagedDocuments } from './managed-documents.ts'
import { listNameplates, saveNameplates } from './nameplates.ts'
import { getDocument, listDocuments } from './offered-documents.ts'
import { ownDocuments } from './own-documents.ts'
import { hasPublicDocuments } from './public-standing.ts'
import { readerOf } from './reader.ts'
import { filePurpose } from './take-file.ts'
import { deleteDocument, offerAgain, withdrawDocument } from './withdraw-document.ts'
import { changeDocument, createDocument, type Editing } from './write-document.ts'

export const documentRoutes: Route[] = [
  route(api.listDocuments, async ({ query }, context) => listDocuments(context.platform, await readerOf(context), query)),
  route(api.hasDocuments, async (_, { platform }) => ({ any: await hasPublicDocuments(platform) })),
  route(api.getDocument, async ({ params }, context) =>
    getDocument(context.platform, await readerOf(context), params.documentId),
  ),
  route(api.downloadDocument, ({ params, query }, context) => downloadDocument(context, { ...params, ...query })),
  route(api.listMyDocuments, async (_, context) => {
    const reader = await readerOf(context)
    if (reader.kind !== 'customer') throw notFound({ 'zh-CN': '公司', en: 'company' })
    return ownDocuments(context.platform, reader)
  }),

  route(api.listManagedDocuments, ({ query }, { platform }) => listManagedDocuments(platform, query)),
  route(api.getManagedDocument, ({ params }, context) => detail(context, params.documentId)),
  route(api.uploadDocumentFile, ({ body }, context) => receiveFile(context, body, filePurpose)),
  route(api.createDocument, async ({ body }, context) =>
    detail(context, await createDocument(context.platform, editing(context), body)),
  ),
  route(api.changeDocument, async ({ params, body, ifMatch }, context) => {
    await changeDocument(context.platform, editing(context), { ...params, revision: ifMatch, fields: body })
    return detail(context, params.documentId)
  }),
  route(api.addVersion, async ({ params, body, ifMatch }, context) => {
    await addVersion(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })
    return detail(context, params.documentId)
  }),
  route(api.restoreVersion, async ({ params, body, ifMatch }, context) => {
    await restoreVersion(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })
    return detail(context, params.documentId)
  }),
  route(api.downloadVersion, ({ params }, context) => downloadVersion(context, params)),
  route(api.withdrawDocument, async ({ params, body, ifMatch }, context) => {
    await withdrawDocument(context.platform, { ...params, ...body, revision: ifMatch })
    return detail(context, params.documentId)
  }),
  route(api.offerAgain, async ({ params, ifMatch }, context) => {
    await offerAgain(context.platform, { ...params, revision: ifMatch })
    return detail(context, params.documentId)
  }),
  route(api.deleteDocument, async ({ params, ifMatch }, { platform }) => {
    await deleteDocument(platform, { ...params, revision: ifMatch })
    return undefined
  }),
  route(api.listDownloads, ({ params, query }, { platform }) => listDownloads(platform, { ...params, ...query })),
  route(api.listNameplates, (_, { platform }) => listNameplates(platform)),
  route(api.saveNameplates, async ({ params, body }, { platform }) => {
    await saveNameplates(platform, params.productId, body.patterns)
    return undefined
  }),
]

const editing = (context: RequestContext): Editing => ({ author: signedIn(context), seesCompanies: context.may('company.read') })

async function detail({ platform }: RequestContext, documentId: string) {
  const document = await getManagedDocument(platform, documentId)
  return { value: document, etag: String(document.revision) }
}
