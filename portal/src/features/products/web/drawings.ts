import type { Language } from '#platform/core'
import { drawProduct } from '../core/drawing/products.ts'
import { toSvg } from '../core/drawing/svg.ts'
import type { ProductSummary } from '../core/index.ts'

/** The product as SVG text: on its page with dimensions, in a list without. Called in loaders, so that the drawing code stays out of these pages' scripts. */
export function productDrawing(
  product: Pick<ProductSummary, 'modelId' | 'selection' | 'name'>,
  size: 'page' | 'list',
  language: Language,
): string {
  const frame = size === 'page' ? { width: 720, height: 540, dimensions: true } : { width: 400, height: 300 }
  const drawing = drawProduct(product.modelId, product.selection, frame)
  return toSvg(drawing, {
    language,
    ...(size === 'list' ? { title: '' } : { title: `${product.name[language]} · ${drawing.title[language]}` }),
  })
}
