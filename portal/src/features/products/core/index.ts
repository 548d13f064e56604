export {
  type ComparedVersions,
  changeProduct,
  compareVersions,
  type DraftView,
  discardDraft,
  type FoundByCheck,
  getManagedProduct,
  getModel,
  getProduct,
  getVersionModel,
  type HistoryEntry,
  importDraft,
  importModel,
  listManagedProducts,
  listProducts,
  localizedText,
  type ManagedProduct,
  type ProductDetail,
  type ProductSummary,
  publishAgain,
  publishDraft,
} from './api.ts'
export { type Difference, diffModels, thingKinds } from './difference/index.ts'
export { drawProduct, ogSvg, toSvg } from './drawing/index.ts'
export type {} from './events.ts'
