import { plainKey } from '#features/devices/core'

/** By what the machines of a product are recognised in the register. */
export interface ProductPlates {
  productId: string
  /** as the product is called, in any language: the whole model of a nameplate */
  names: readonly string[]
  /** beside its names: a model, or its beginning followed by `*` */
  patterns: readonly string[]
}

/** A pattern as it is kept and compared; null: it says nothing, or everything. */
export function patternKey(pattern: string): string | null {
  const key = plainKey(pattern)
  return /^[^*]+\*?$/.test(key) ? key : null
}

/** The products to which a machine belongs, by the model on its nameplate (as `plainKey` writes it). */
export const productsOfModel = (modelKey: string, plates: readonly ProductPlates[]): string[] =>
  plates
    .filter(
      ({ names, patterns }) =>
        names.some(name => plainKey(name) === modelKey) || patterns.some(pattern => matches(modelKey, patternKey(pattern))),
    )
    .map(({ productId }) => productId)

function matches(modelKey: string, key: string | null): boolean {
  if (key === null) return false
  return key.endsWith('*') ? modelKey.startsWith(key.slice(0, -1)) : modelKey === key
}
