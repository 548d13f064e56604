import { electricalSigns } from './signs-electrical.ts'
import { homeSigns } from './signs-home.ts'
import { mechanicalSigns } from './signs-mechanical.ts'
import { shopSigns } from './signs-shop.ts'
import { tailorSigns } from './signs-tailor.ts'
import type { Node } from './tree.ts'

const signs = { ...shopSigns, ...mechanicalSigns, ...electricalSigns, ...homeSigns, ...tailorSigns }

export type SignKind = keyof typeof signs

/** A sign for an option, in the same projection as the machine; `text` and `variant` make it particular. */
export function sign(kind: SignKind, text = '', variant = 1): Node[] {
  return signs[kind](text, variant)
}
