import type { Language } from '#platform/core'
import type { Chosen } from './chosen.ts'
import { drawChosen } from './draw-chosen.ts'
import { pictureOption } from './option-pictures.ts'
import { type Drawings, drawingOf } from './product-drawing.ts'
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

/** The drawing as SVG text. drawings: those that are at hand; a product of none of them is drawn as modules */
export function drawWish(wish: Wish, drawings: Drawings): string {
  const own = drawingOf(drawings, wish.modelId)
  if (wish.draw === 'option') return toSvg(pictureOption(own, wish.optionId), { title: '' })
  const { selection, dimensions, highlight, title, language } = wish
  const drawing = drawChosen(own, selection, { dimensions, frame: 'stage' })
  return toSvg(drawing, { language, title, ...(highlight ? { highlight } : {}) })
}
