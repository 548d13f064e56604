import type { ServerFeature } from '#platform/server'
import { personal } from './personal.ts'
import { documentProblems } from './problems.ts'
import { forgetPublicDocuments } from './public-standing.ts'
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
  problems: documentProblems,
  topics: { documents: { staff: 'document.read' } },
  personal,
}

export { saveNameplates } from './nameplates.ts'
export { publicDocumentPaths } from './public-standing.ts'
export { filePurpose } from './take-file.ts'
export { createDocument } from './write-document.ts'
