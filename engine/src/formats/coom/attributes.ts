import type { Attribute } from '../../model.ts'
import { fail } from '../problem.ts'
import { text as both } from '../tree/groups.ts'
import { type Ids, uniqueId } from '../tree/names.ts'
import { decimalsOf, plainNumber } from '../tree/numbers.ts'
import { unitOf } from './ranges.ts'
import type { CoomFile, Enumeration } from './syntax.ts'
import { attributeValue } from './things.ts'

/** The numeric attributes of a file's enumerations, as the model has them. */
export interface EnumerationAttributes {
  attributes: Attribute[]
  id(enumeration: Enumeration, attribute: string): string | undefined
  /** what an option carries; undefined for nothing */
  of(enumeration: Enumeration, option: string): Record<string, number> | undefined
}

/** The same name in two enumerations is two attributes: they may have different units. */
export function attributesOf(file: CoomFile): EnumerationAttributes {
  const attributes: Attribute[] = []
  const ids: Ids = new Map()
  const known = new Map<Enumeration, Map<string, string>>()
  for (const enumeration of file.enumerations.values()) {
    const own = new Map<string, string>()
    known.set(enumeration, own)
    for (const { name, numeric, unit } of enumeration.attributes) {
      if (!numeric) continue
      const id = uniqueId(`${enumeration.name}.${name}`, ids)
      own.set(name, id)
      const decimals = digitsOf(enumeration, name)
      attributes.push({ id, name: both(name), ...unitOf(unit), ...(decimals > 0 && { decimals }) })
    }
  }
  return {
    attributes,
    id: (enumeration, attribute) => known.get(enumeration)?.get(attribute),
    of(enumeration, option) {
      const carried: Record<string, number> = {}
      for (const [name, id] of known.get(enumeration) ?? []) {
        const value = attributeValue(enumeration, option, name)
        if (value?.kind === 'number') carried[id] = Number(value.text)
      }
      return Object.keys(carried).length > 0 ? carried : undefined
    },
  }
}

/** Digits after the point that the attribute's values need. */
function digitsOf(enumeration: Enumeration, attribute: string): number {
  let most = 0
  for (const [option, { at }] of enumeration.options) {
    const value = attributeValue(enumeration, option, attribute)
    if (value?.kind !== 'number') continue
    const plain = plainNumber(value.text)
    const decimals = plain === undefined ? 7 : decimalsOf(plain)
    if (decimals > 6 || Math.abs(Number(plain)) > 1e12)
      fail(
        'out-of-range',
        at,
        value.text,
        ['数值应在 ±10^12 之间，小数不超过六位', '请更正该数值'],
        ['Numbers lie between ±10^12 and have at most six decimals', 'Correct the number'],
      )
    most = Math.max(most, decimals)
  }
  return most
}
