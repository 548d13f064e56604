import type { ServerFeature } from '#platform/server'
import { personal } from './personal.ts'
import { documentProblems } from './problems.ts'
import { forgetPublicDocuments, publicDocumentPages } from './public-standing.ts'
import { documentRoutes } from './routes.ts'
import { showJudgedFile } from './show-judged-file.ts'

/** Documents of products and machines: to whom they are offered, their versions, and who fetched them. */
export const documents: ServerFeature = {
  name: 'documents',
  routes: documentRoutes,
  mount: (_, platform) => {
    platform.live.subscribe('documents', () => forgetPublicDocuments(platform))
  },
  on: { 'file.judged': [showJudgedFile] },
  publicPages: publicDocumentPages,
  problems: documentProblems,
  topics: { documents: { staff: 'document.read' } },
  personal,
}

export { addVersion } from './change-versions.ts'
export { saveNameplates } from './nameplates.ts'
export { hasPublicDocuments } from './public-standing.ts'
export { filePurpose } from './take-file.ts'
export { createDocument } from './write-document.ts'
