export {
  changeProduct,
  exportModel,
  getModel,
  getProduct,
  importModel,
  listManagedProducts,
  listProducts,
  localizedText,
  type ManagedProduct,
  modelTemplate,
  type ProductSummary,
} from './api.ts'
export { drawProduct, ogSvg, toSvg } from './drawing/index.ts'
export type {} from './events.ts'
