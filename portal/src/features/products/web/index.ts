export { OptionDrawing } from './option-drawing.tsx'
export { ProductDrawing } from './product-drawing.tsx'
