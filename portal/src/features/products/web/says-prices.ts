import type { ProductSummary } from '../core/index.ts'

/** A portal without products yet is one that will show prices. */
export const saysPrices = (products: readonly Pick<ProductSummary, 'prices'>[]): boolean =>
  products.length === 0 || products.some(({ prices }) => prices === 'shown')
