export {
  changeProduct,
  getModel,
  getPricing,
  getProduct,
  importModel,
  listManagedProducts,
  listProducts,
  localizedText,
  type ManagedProduct,
  type ProductSummary,
  savePricing,
} from './api.ts'
export { drawProduct, ogSvg, toSvg } from './drawing/index.ts'
export type {} from './events.ts'
export {
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
