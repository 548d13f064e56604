import type { LocalizedText } from '#platform/core'
import type { Chosen } from './chosen.ts'
import type { Box, Node } from './tree.ts'

/** How a product is drawn: each in a file of its own, so that a page loads the drawing of its product alone. */
export interface ProductDrawing {
  draw: (chosen: Chosen, options: { dimensions?: boolean | undefined }) => Node[]
  /** what the largest choice covers on paper, in mm; by class where sizes differ too much for one scale */
  stage: Box | ((chosen: Chosen) => Box)
  /** the same with dimension lines, where that is more */
  measuredStage?: Box
  title: LocalizedText
  pictures: OptionPictures
}

/** How its options are pictured beside their names. */
export interface OptionPictures {
  /** for an option without a shape of its own in the drawing; undefined: it has one */
  sign: (optionId: string) => Node[] | undefined
  /** what must be chosen besides, so that the part of an option is to be seen; `*`: beside all others */
  beside: Readonly<Record<string, Chosen>>
  /** options that are pictured by the whole product rather than by a part of it */
  whole: ReadonlySet<string>
}

/** Drawings by model id. */
export type Drawings = Readonly<Record<string, ProductDrawing>>

/** undefined: a model without a drawing of its own, whatever it is called; one may be called `constructor`. */
export const drawingOf = (drawings: Drawings, modelId: string): ProductDrawing | undefined =>
  Object.hasOwn(drawings, modelId) ? drawings[modelId] : undefined

type Signs = Readonly<Record<string, (text: string, variant: number) => Node[]>>

/** What is drawn for an option: a sign, a word to be written on it, and a variant. */
type Sign<Set extends Signs> = readonly [kind: keyof Set, text?: string, variant?: number]

/** Signs for options, by option id. */
export function signsFor<Set extends Signs>(signs: Set, table: Readonly<Record<string, Sign<Set>>>): OptionPictures['sign'] {
  return optionId => {
    const sign = table[optionId]
    if (!sign) return undefined
    const [kind, text = '', variant = 1] = sign
    return signs[kind]!(text, variant)
  }
}
