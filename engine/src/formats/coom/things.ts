import type { Attribute, Group } from '../../model.ts'
import type { Constant, Enumeration, Structure } from './syntax.ts'

/**
 * What a product is made of, once every part is counted out, and how formulas of the model speak of it.
 * `present` is a formula that holds while the thing is there, `pieces` an arithmetic text that says how many it stands for.
 */
export type Thing = Part | Choice | Value | Numeral

interface Present {
  present: string
  pieces: string
}

/** An instance of a structure, or all instances of one that has nothing inside. */
export interface Part extends Present {
  kind: 'part'
  structure: Structure
  /** by feature name */
  features: Map<string, Thing[]>
  /** the part around it, the product last */
  outer?: Part
}

/** An instance of an enumeration: while it is there one of the cases holds. */
export interface Choice extends Present {
  kind: 'choice'
  enumeration: Enumeration
  /** the column of a table: the choose-one group, or the option of a yes-no question */
  id: string
  /** `cell`: what a table has in that column */
  cases: { when: string; value: string; cell: string | boolean }[]
}

/** Something that has one value whenever it is there: an option of an enumeration, or a number. */
export interface Value extends Present {
  kind: 'value'
  enumeration?: Enumeration
  value: Constant
  /** the group of which this is an option, where the pieces of all of them are counted */
  group?: string
}

export interface Numeral extends Present {
  kind: 'number'
  id: string
  unit?: string
}

/** A product counted out: the groups of the model, and what else keeps them as the file says. */
export interface Product {
  root: Part
  /** by name of the structure */
  parts: Map<string, Part[]>
  groups: Group[]
  attributes: Attribute[]
  /** an instance and the one before it */
  chains: { id: string; before: string }[]
  /** the options of a group, of which there are so many pieces while `present` holds */
  totals: { group: string; present: string; options: string[]; min: number; max: number }[]
  /** the id of a numeric attribute in the model */
  attributeId(enumeration: Enumeration, attribute: string): string | undefined
}

/** What an option has in an attribute; undefined where the file gives nothing. */
export function attributeValue(enumeration: Enumeration, option: string, attribute: string): Constant | undefined {
  const place = enumeration.attributes.findIndex(({ name }) => name === attribute)
  return place < 0 ? undefined : enumeration.options.get(option)?.values[place]
}
