import './events.ts'

export {
  type Audience,
  audiences,
  type DocumentKind,
  type DocumentLanguage,
  documentKinds,
  documentLanguages,
  documentLimits,
  newForDays,
} from './document.ts'
export {
  addVersion,
  changeDocument,
  createDocument,
  type DocumentDetail,
  type DocumentFields,
  type DownloadView,
  deleteDocument,
  downloadVersion,
  getManagedDocument,
  listDownloads,
  listManagedDocuments,
  listNameplates,
  type ManagedDocument,
  type ManagedVersion,
  offerAgain,
  type PlatesView,
  restoreVersion,
  saveNameplates,
  uploadDocumentFile,
  withdrawDocument,
} from './manage-api.ts'
export { type ProductPlates, productsOfModel } from './nameplates.ts'
export {
  downloadDocument,
  type EarlierVersion,
  getDocument,
  hasDocuments,
  listDocuments,
  listMyDocuments,
  type OfferedDocument,
  type OwnDocument,
  type OwnDocuments,
} from './public-api.ts'
export { texts } from './texts.ts'
