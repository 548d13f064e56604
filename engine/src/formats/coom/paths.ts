import type { CoomFile, Path, PathItem } from './syntax.ts'
import { attributeValue, type Part, type Product, type Thing } from './things.ts'
import { NotExpressed } from './values.ts'

/** Where a path leads: to things, or to an attribute of them. None where nothing is there to be spoken of. */
export interface Targets {
  things: Thing[]
  attribute?: string
  /** the path leads nowhere in the file: no feature of that name */
  unknown?: true
}

/** Follows a path from a part. `root` begins at the product, `this` and `parent` at the part and the one around it. */
export function follow(product: Product, from: Part, { items, at }: Path): Targets {
  let things: Thing[] = [from]
  let place = 0
  const first = items[0]!.name
  if (!from.structure.features.has(first) && (first === 'root' || first === 'this' || first === 'parent')) {
    place = 1
    if (first === 'root') things = [product.root]
    if (first === 'parent') things = from.outer ? [from.outer] : []
  }
  for (; place < items.length; place++) {
    const item = items[place]!
    const [sample] = things
    if (!sample) return { things: [] }
    if (sample.kind === 'part') {
      if (!sample.structure.features.has(item.name)) return { things: [], unknown: true }
      things = things.flatMap(thing => (thing.kind === 'part' ? indexed(thing.features.get(item.name) ?? [], item, at) : []))
      continue
    }
    const last = place === items.length - 1
    const known = sample.kind !== 'number' && sample.enumeration?.attributes.some(({ name }) => name === item.name)
    return last && known ? { things, attribute: item.name } : { things: [], unknown: true }
  }
  return { things }
}

function indexed(things: Thing[], { name, index }: PathItem, at: string): Thing[] {
  if (!index) return things
  // What is only counted has no first and no second.
  if (things.some(thing => thing.kind === 'value' || (thing.kind === 'part' && thing.structure.features.size === 0)))
    throw new NotExpressed(at, `${name}[${index.from}]`)
  return things.slice(index.from, index.to + 1)
}

/** Whether a word is an option or the text of an attribute somewhere in the file. */
export function isKnownText(file: CoomFile, word: string): boolean {
  if (word === 'True' || word === 'False') return true
  for (const enumeration of file.enumerations.values()) {
    if (enumeration.options.has(word)) return true
    for (const option of enumeration.options.keys()) {
      for (const { name, numeric } of enumeration.attributes) {
        if (!numeric && attributeValue(enumeration, option, name)?.text === word) return true
      }
    }
  }
  return false
}
