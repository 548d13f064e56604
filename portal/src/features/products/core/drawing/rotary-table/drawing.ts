import type { ProductDrawing } from '../product-drawing.ts'
import { pictures } from './pictures.ts'
import { drawRotaryTable } from './rotary-table.ts'

export const rotaryTable: ProductDrawing = {
  draw: drawRotaryTable,
  stage: { x: -680, y: -730, width: 1350, height: 1215 },
  title: { 'zh-CN': '数控转台轴测图', en: 'Isometric drawing of the rotary table' },
  pictures,
}
