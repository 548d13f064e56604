import type { ProductDrawing } from '../product-drawing.ts'
import { pictures } from './pictures.ts'
import { drawWardrobe, stageOfWardrobe } from './wardrobe.ts'

export const wardrobe: ProductDrawing = {
  draw: drawWardrobe,
  stage: stageOfWardrobe,
  title: { 'zh-CN': '衣柜轴测图', en: 'Isometric drawing of the wardrobe' },
  pictures,
}
