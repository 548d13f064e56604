export {
  changeProduct,
  getModel,
  getProduct,
  importModel,
  listManagedProducts,
  listProducts,
  localizedText,
  type ManagedProduct,
  type ProductSummary,
} from './api.ts'
export type {} from './events.ts'
