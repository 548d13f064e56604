export { getModel, getProduct, listProducts, localizedText, type ProductSummary } from './catalogue-api.ts'
export { type Difference, diffModels, thingKinds } from './difference/index.ts'
export { drawProduct, ogSvg, toSvg } from './drawing/index.ts'
export type {} from './events.ts'
export {
  type ComparedVersions,
  changeProduct,
  compareVersions,
  type DraftView,
  discardDraft,
  exportModel,
  type FoundByCheck,
  getManagedProduct,
  getVersionModel,
  type HistoryEntry,
  importDraft,
  importModel,
  listManagedProducts,
  type ManagedProduct,
  modelTemplate,
  type ProductDetail,
  publishAgain,
  publishDraft,
} from './manage-api.ts'
export { getPreset, type ProductPreset, savePreset, usualPreset } from './preset-api.ts'
export {
  counterPath,
  modelPath,
  type PriceReader,
  type PricesTold,
  type PriceVisibility,
  pricesTold,
  pricesToldTo,
  priceVisibilities,
  priceVisibleTo,
  unpriced,
  usualPriceVisibility,
  withoutPrices,
} from './price-visibility.ts'
export { getPricing, getShownPrices, savePricing } from './pricing-api.ts'
