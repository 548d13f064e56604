import { matchesPattern, patternKey, plainKey } from '#features/devices/core'

/** By what the machines of a product are recognised in the register. */
export interface ProductPlates {
  productId: string
  /** as the product is called, in any language: the whole model of a nameplate */
  names: readonly string[]
  /** beside its names: a model, or its beginning followed by `*` */
  patterns: readonly string[]
}

/** The products to which a machine belongs, by the model on its nameplate (as `plainKey` writes it). */
export const productsOfModel = (modelKey: string, plates: readonly ProductPlates[]): string[] =>
  plates
    .filter(
      ({ names, patterns }) =>
        names.some(name => plainKey(name) === modelKey) || patterns.some(pattern => meant(modelKey, pattern)),
    )
    .map(({ productId }) => productId)

function meant(modelKey: string, pattern: string): boolean {
  const key = patternKey(pattern)
  return key !== null && matchesPattern(modelKey, key)
}
