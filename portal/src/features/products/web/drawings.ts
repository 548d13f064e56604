import type { Language } from '#platform/core'
import { toSvg } from '../core/drawing/svg.ts'
import { drawingOf, type Shown } from './drawing-of.ts'

/** The product's drawing as SVG text, for a page or a list; null where there is none. Called in loaders, so that the drawing code stays out of these pages' scripts. */
export function productDrawing(product: Shown, size: 'page' | 'list', language: Language): string | null {
  const drawing = drawingOf(product, size === 'page')
  return drawing && toSvg(drawing, { language, ...(size === 'list' ? { title: '' } : {}) })
}
