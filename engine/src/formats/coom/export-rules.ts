import type { ModelError } from '../../api.ts'
import type { Arithmetic, Logic } from '../../formula/ast.ts'
import type { Group } from '../../model.ts'
import { arithmeticText, comparisonText, nesting, plain, type Words } from '../export/arithmetic.ts'
import { isShort, replaceComparisons, withoutArithmetic } from '../export/boolean.ts'
import { noteRule } from '../export/lost.ts'
import type { RuleAsLogic } from '../export/rules.ts'
import { partsOf, withoutArrows } from '../export/simplify.ts'
import { MAX_NESTING } from '../tree/feature-tree.ts'

/** A group as an enumeration: its attributes, each with a value for every option. */
export interface Enumerated {
  group: Extract<Group, { kind: 'choose-one' }>
  columns: { name: string; factors: readonly number[] }[]
}

/** What a model is called in the file. */
export interface Wording {
  notes: ModelError[]
  /** by id of a group that is a feature, or an option that is one */
  names: ReadonlyMap<string, string>
  /** by id of the group */
  enumerations: ReadonlyMap<string, Enumerated>
  /** by id of the option */
  enumerationOf: ReadonlyMap<string, Enumerated>
  /** the word that leads to the product in a path */
  start: string
  /** of options that belong to no enumeration: there is nothing to say of one but how many there are */
  structure: string
}

/** Rules longer than this, written out, stay out of the file. */
const MAX_PARTS = 20_000

const BARE = /^[a-zA-Z][a-zA-Z0-9_]*$/
/** Names that mean something where a formula or a field begins. */
const WORDS = new Set(
  'product structure enumeration behavior attribute num string static reference true false count sum min max avg delta pow sqrt ceil floor round mod log ln sin asin sinh cos acos cosh tan atan tanh for in if contains'.split(
    ' ',
  ),
)

const isBare = (name: string) => BARE.test(name) && !WORDS.has(name)

/** A name as a declaration has it. */
export const quoted = (name: string) => (isBare(name) ? name : JSON.stringify(name))

/** A name as a path: one in quotes alone would be a text. */
export function path(id: string, { names, start }: Wording): string {
  const name = names.get(id)!
  return isBare(name) && name !== start ? name : `${start}.${JSON.stringify(name)}`
}

/** The attribute of an enumeration with these values, made where there is none; undefined where one is too long to be exact. */
function columnOf({ columns }: Enumerated, factors: readonly number[], wanted = 'weight'): string | undefined {
  const known = columns.find(column => column.factors.every((factor, i) => factor === factors[i]))
  if (known) return known.name
  if (factors.some(factor => plain(factor) === undefined)) return undefined
  let name = wanted
  for (let n = 2; columns.some(column => column.name === name); n++) name = `${wanted}${n}`
  columns.push({ name, factors })
  return name
}

/** Options of an enumeration are added by an attribute that has their factors, others by how many there are. */
export function wordsOf(index: Words['index'], wording: Wording): Words {
  return {
    index,
    number: group => path(group, wording),
    summands(terms, of) {
      const parts: (string | undefined)[] = []
      const byEnumeration = new Map<Enumerated, Map<string, number>>()
      for (const { option, factor } of terms) {
        const enumerated = wording.enumerationOf.get(option)
        if (enumerated) {
          const factors = byEnumeration.get(enumerated) ?? new Map<string, number>()
          byEnumeration.set(enumerated, factors.set(option, (factors.get(option) ?? 0) + factor))
          continue
        }
        const text = plain(factor)
        const times = factor === 1 ? '' : `${factor < 0 ? `(${text})` : text} * `
        parts.push(text && `${times}count(${path(option, wording)})`)
      }
      for (const [enumerated, factors] of byEnumeration) {
        const values = enumerated.group.options.map(({ id }) => factors.get(id) ?? 0)
        const column = columnOf(enumerated, values, of && 'attribute' in of ? of.attribute : undefined)
        parts.push(column && `${path(enumerated.group.id, wording)}.${quoted(column)}`)
      }
      return parts.every(part => part !== undefined) ? parts : undefined
    },
    // What a quotient is where the divisor is 0, COOM does not say.
    mayDivideBy: divisor => divisor.op === 'literal' && divisor.value !== 0,
    equal: '=',
  }
}

/** A rule as conditions that are all required; what cannot be said is noted, and the file allows more. */
export function requirements({ id, path, logic }: RuleAsLogic, wording: Wording, words: Words): string[] {
  const { notes } = wording
  const before = notes.length
  const note = (zh: string, en: string) => noteRule(notes, path, id, zh, en)
  const said = inWords(logic, words, () => note('无法写成 COOM 的算式', 'arithmetic that COOM has not'))
  if (said.op === 'true') return []
  if (isTooLong(said)) {
    notes.length = before
    note('过长或嵌套过深', 'it is too long, or nested too deep')
    return []
  }
  return partsOf('and', said).map(part => conditionText(part, 0, wording, words))
}

/** A formula as one condition; undefined where COOM cannot say it whole. */
export function wholeCondition(logic: Logic, wording: Wording, words: Words): string | undefined {
  let whole = true
  const said = inWords(logic, words, () => (whole = false))
  return whole && !isTooLong(said) ? conditionText(said, 0, wording, words) : undefined
}

/** The value of a formula; undefined where COOM cannot say it. */
export function valueText(value: Arithmetic, words: Words): string | undefined {
  const isTooDeep = isTooLong({ op: '>=', left: value, right: { op: 'literal', value: 0 } })
  return isTooDeep ? undefined : arithmeticText(value, 1, words)
}

/** Without what COOM has no words for: `lost` hears of each comparison that says nothing now. */
function inWords(logic: Logic, words: Words, lost: () => void): Logic {
  const said = replaceComparisons(logic, comparison => {
    if (comparisonText(comparison, words) !== undefined) return comparison
    const spelledOut = withoutArithmetic(comparison, words.index)
    if (spelledOut && isShort(spelledOut, MAX_PARTS / 10)) return spelledOut
    lost()
    return undefined
  })
  return withoutArrows(said)
}

const isTooLong = (logic: Logic) => !isShort(logic, MAX_PARTS) || nesting(logic) > MAX_NESTING

const strength = { or: 1, and: 2, not: 3, comparison: 4 }

/** Of a formula without arrows. */
function conditionText(logic: Logic, place: number, wording: Wording, words: Words): string {
  const within = (own: number, text: string) => (own < place ? `(${text})` : text)
  switch (logic.op) {
    case 'true':
      return '0 = 0'
    case 'false':
      return '0 = 1'
    case 'chosen': {
      const enumerated = wording.enumerationOf.get(logic.option)
      if (!enumerated) return `count(${path(logic.option, wording)}) > 0`
      return `${path(enumerated.group.id, wording)} = ${JSON.stringify(logic.option)}`
    }
    case 'not':
      return within(strength.not, `!(${conditionText(logic.arg, 0, wording, words)})`)
    case 'and':
    case 'or': {
      const own = strength[logic.op]
      const parts = partsOf(logic.op, logic).map(part => conditionText(part, own + 1, wording, words))
      return within(own, parts.join(logic.op === 'and' ? ' && ' : ' || '))
    }
    case 'implies':
    case 'iff':
      return conditionText(withoutArrows(logic), place, wording, words)
    default:
      return within(strength.comparison, comparisonText(logic, words)!)
  }
}
