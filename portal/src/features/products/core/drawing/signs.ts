import { electricalSigns } from './signs-electrical.ts'
import { mechanicalSigns } from './signs-mechanical.ts'
import { shopSigns } from './signs-shop.ts'
import type { Node } from './tree.ts'

const signs = { ...shopSigns, ...mechanicalSigns, ...electricalSigns }

export type SignKind = keyof typeof signs

/** A sign for an option, in the same projection as the machine; `text` and `variant` make it particular. */
export function sign(kind: SignKind, text = '', variant = 1): Node[] {
  return signs[kind](text, variant)
}
