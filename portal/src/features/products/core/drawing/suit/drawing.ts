import type { ProductDrawing } from '../product-drawing.ts'
import { pictures } from './pictures.ts'
import { drawSuit } from './suit.ts'

export const suit: ProductDrawing = {
  draw: drawSuit,
  stage: { x: 0, y: 0, width: 2040, height: 1420 },
  title: { 'zh-CN': '西装款式图', en: 'Flat drawing of the suit' },
  pictures,
}
