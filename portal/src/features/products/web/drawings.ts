import type { Language } from '#platform/core'
import { drawProduct } from '../core/drawing/products.ts'
import { toSvg } from '../core/drawing/svg.ts'
import type { ProductSummary } from '../core/index.ts'

export type Pictured = Pick<ProductSummary, 'modelId' | 'selection' | 'name'>

/** The product as SVG text: on its page with dimensions, in a list without and as decoration. */
export function productDrawing(product: Pictured, size: 'page' | 'list', language: Language): string {
  const onPage = size === 'page'
  const drawing = drawProduct(
    product.modelId,
    product.selection,
    onPage ? { width: 720, height: 540, dimensions: true } : { width: 400, height: 300 },
  )
  return toSvg(drawing, { language, title: onPage ? `${product.name[language]} · ${drawing.title[language]}` : '' })
}
