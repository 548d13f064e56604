export { ProductDrawing } from './product-drawing.tsx'
