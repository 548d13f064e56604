import type { Chosen } from './chosen.ts'
import { type DrawProductOptions, drawChosen } from './draw-chosen.ts'
import { machiningCentre } from './machining-centre/drawing.ts'
import { pictureOption } from './option-pictures.ts'
import { type Drawings, drawingOf } from './product-drawing.ts'
import { rotaryTable } from './rotary-table/drawing.ts'
import { suit } from './suit/drawing.ts'
import type { Drawing } from './tree.ts'
import { wardrobe } from './wardrobe/drawing.ts'

/** Every drawing there is. */
export const drawings: Drawings = { 'machining-centre': machiningCentre, 'rotary-table': rotaryTable, suit, wardrobe }

/** The product as chosen. A model without a drawing of its own is shown as a stack of its chosen modules. */
export const drawProduct = (modelId: string, chosen: Chosen, options: DrawProductOptions = {}): Drawing =>
  drawChosen(drawingOf(drawings, modelId), chosen, options)

/** A small picture of an option. */
export const drawOption = (modelId: string, optionId: string): Drawing => pictureOption(drawingOf(drawings, modelId), optionId)
