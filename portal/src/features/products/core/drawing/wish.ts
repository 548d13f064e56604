import type { Language } from '#platform/core'
import type { Chosen } from './chosen.ts'
import { drawOption } from './option-pictures.ts'
import { drawProduct } from './products.ts'
import { toSvg } from './svg.ts'

/** A drawing that a page wants, in words that can be sent to another thread. */
export type Wish = ProductWish | { draw: 'option'; modelId: string; optionId: string }

export interface ProductWish {
  draw: 'product'
  modelId: string
  selection: Chosen
  dimensions: boolean
  /** option or number group in the signal colour */
  highlight: string | null
  title: string
  language: Language
}

/** The drawing as SVG text. */
export function drawWish(wish: Wish): string {
  if (wish.draw === 'option') return toSvg(drawOption(wish.modelId, wish.optionId), { title: '' })
  const { modelId, selection, dimensions, highlight, title, language } = wish
  const drawing = drawProduct(modelId, selection, { dimensions, frame: 'stage' })
  return toSvg(drawing, { language, title, ...(highlight ? { highlight } : {}) })
}
