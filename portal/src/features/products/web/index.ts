export { OptionDrawing } from './option-drawing.tsx'
export { PriceWithheld } from './price-withheld.tsx'
export { ProductDrawing } from './product-drawing.tsx'
