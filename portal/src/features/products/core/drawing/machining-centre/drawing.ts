import type { ProductDrawing } from '../product-drawing.ts'
import { drawMachine } from './machine.ts'
import { pictures } from './pictures.ts'

export const machiningCentre: ProductDrawing = {
  draw: drawMachine,
  stage: { x: -3900, y: -5160, width: 7060, height: 5690 },
  measuredStage: { x: -3900, y: -5160, width: 8100, height: 6060 },
  title: { 'zh-CN': '立式加工中心轴测图', en: 'Isometric drawing of the machining centre' },
  pictures,
}
