import type { ModelError } from '../../api.ts'
import type { Arithmetic, Logic } from '../../formula/ast.ts'
import type { Group } from '../../model.ts'
import type { ModelIndex } from '../../model-index.ts'
import { isShort, replaceComparisons, withoutArithmetic } from '../export/boolean.ts'
import { noteRule } from '../export/lost.ts'
import type { Comparison, RuleAsLogic } from '../export/rules.ts'
import { implies, partsOf } from '../export/simplify.ts'
import { MAX_NESTING } from '../tree/feature-tree.ts'
import { plainNumber } from '../tree/numbers.ts'

/** A group as an enumeration: its attributes, each with a value for every option. */
export interface Enumerated {
  group: Extract<Group, { kind: 'choose-one' }>
  columns: { name: string; factors: readonly number[] }[]
}

/** What a model is called in the file. */
export interface Wording {
  index: ModelIndex
  notes: ModelError[]
  /** by id of a group that is a feature, or an option that is one */
  names: Map<string, string>
  /** by id of the group */
  enumerations: Map<string, Enumerated>
  /** by id of the option */
  enumerationOf: Map<string, Enumerated>
  /** the word that leads to the product in a path */
  start: string
  /** of options that belong to no enumeration: there is nothing to say of one but how many there are */
  structure: string
}

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
function path(id: string, { names, start }: Wording): string {
  const name = names.get(id)!
  return isBare(name) && name !== start ? name : `${start}.${JSON.stringify(name)}`
}

/** A number as the file writes it. */
export const plain = (value: number): string | undefined => plainNumber(String(value))

/** The attribute of an enumeration with these values, made where there is none. */
export function columnOf({ columns }: Enumerated, factors: readonly number[], wanted = 'weight'): string {
  const known = columns.find(column => column.factors.every((factor, i) => factor === factors[i]))
  if (known) return known.name
  let name = wanted
  for (let n = 2; columns.some(column => column.name === name); n++) name = `${wanted}${n}`
  columns.push({ name, factors })
  return name
}

/** A rule as conditions that are all required; what cannot be said is noted, and the file allows more. */
export function requirements({ id, path, logic }: RuleAsLogic, wording: Wording): string[] {
  const { notes, index } = wording
  const before = notes.length
  const expressible = replaceComparisons(logic, comparison => {
    if (comparisonText(comparison, wording) !== undefined) return comparison
    const spelledOut = withoutArithmetic(comparison, index)
    if (spelledOut && isShort(spelledOut, 2000)) return spelledOut
    noteRule(notes, path, id, '无法写成 COOM 的算式', 'arithmetic that COOM has not')
    return undefined
  })
  if (expressible.op === 'true') return []
  if (!isShort(expressible, 20_000) || nesting(expressible) > MAX_NESTING) {
    notes.length = before
    noteRule(notes, path, id, '过长或嵌套过深', 'it is too long, or nested too deep')
    return []
  }
  return partsOf('and', expressible).map(part => conditionText(part, 0, wording))
}

const strength = { or: 1, and: 2, not: 3, comparison: 4 }

function conditionText(logic: Logic, place: number, wording: Wording): string {
  const within = (own: number, text: string) => (own < place ? `(${text})` : text)
  const joined = (args: readonly Logic[], op: 'or' | 'and') =>
    within(strength[op], args.map(arg => conditionText(arg, strength[op] + 1, wording)).join(op === 'or' ? ' || ' : ' && '))
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
      return within(strength.not, `!(${conditionText(logic.arg, 0, wording)})`)
    case 'and':
    case 'or':
      return joined(partsOf(logic.op, logic), logic.op)
    case 'implies':
      return joined([{ op: 'not', arg: logic.left }, logic.right], 'or')
    case 'iff':
      return joined([implies(logic.left, logic.right), implies(logic.right, logic.left)], 'and')
    default:
      return within(strength.comparison, comparisonText(logic, wording)!)
  }
}

function nesting(logic: Logic): number {
  switch (logic.op) {
    case 'not':
      return 2 + nesting(logic.arg)
    case 'and':
    case 'or':
      return 1 + partsOf(logic.op, logic).reduce((most, part) => Math.max(most, nesting(part)), 0)
    case 'implies':
    case 'iff':
      return 4 + Math.max(nesting(logic.left), nesting(logic.right))
    case 'true':
    case 'false':
    case 'chosen':
      return 1
    default:
      return 1 + Math.max(depthOf(logic.left), depthOf(logic.right))
  }
}

function depthOf(node: Arithmetic): number {
  if (node.op === 'negate') return 2 + depthOf(node.arg)
  return 'left' in node ? 1 + Math.max(depthOf(node.left), depthOf(node.right)) : 1
}

const signs: Record<Comparison['op'], string> = { '==': '=', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }

function comparisonText(comparison: Comparison, wording: Wording): string | undefined {
  const sides = [arithmeticText(comparison.left, 1, wording), arithmeticText(comparison.right, 1, wording)]
  return sides.includes(undefined) ? undefined : sides.join(` ${signs[comparison.op]} `)
}

/** undefined: COOM has no words for it, or what it would mean is not certain. */
function arithmeticText(node: Arithmetic, place: number, wording: Wording): string | undefined {
  switch (node.op) {
    case 'literal': {
      const text = plain(node.value)
      return text?.startsWith('-') ? `(${text})` : text
    }
    case 'number':
      return path(node.group, wording)
    case 'quantity':
      return sumText([{ option: node.option, factor: 1 }], place, wording)
    case 'sum':
      return sumText(node.terms, place, wording, 'attribute' in node.of ? node.of.attribute : undefined)
    case 'count':
      if (node.options.some(option => wording.index.options.get(option)?.option.quantity)) return undefined
      return sumText(
        node.options.map(option => ({ option, factor: 1 })),
        place,
        wording,
      )
    case 'negate': {
      const arg = arithmeticText(node.arg, 2, wording)
      return arg && within(place, 1, `0 - ${arg}`)
    }
    case '/':
      if (node.right.op !== 'literal' || node.right.value === 0) return undefined
      return binaryText(node, place, wording)
    case '+':
    case '-':
    case '*':
      return binaryText(node, place, wording)
    default:
      return undefined
  }
}

function binaryText(node: Arithmetic & { op: '+' | '-' | '*' | '/' }, place: number, wording: Wording): string | undefined {
  const own = node.op === '+' || node.op === '-' ? 1 : 2
  const left = arithmeticText(node.left, own, wording)
  const right = arithmeticText(node.right, own + 1, wording)
  return left && right && within(place, own, `${left} ${node.op} ${right}`)
}

/** Options of an enumeration by an attribute that has their factors, others by how many there are. */
function sumText(
  terms: readonly { option: string; factor: number }[],
  place: number,
  wording: Wording,
  attribute?: string,
): string | undefined {
  const parts: (string | undefined)[] = []
  const byGroup = new Map<Enumerated, Map<string, number>>()
  for (const { option, factor } of terms) {
    const enumerated = wording.enumerationOf.get(option)
    if (enumerated) {
      const factors = byGroup.get(enumerated) ?? new Map<string, number>()
      byGroup.set(enumerated, factors.set(option, (factors.get(option) ?? 0) + factor))
      continue
    }
    const text = plain(factor)
    const times = factor === 1 ? '' : `${factor < 0 ? `(${text})` : text} * `
    parts.push(text && `${times}count(${path(option, wording)})`)
  }
  for (const [enumerated, factors] of byGroup) {
    const values = enumerated.group.options.map(({ id }) => factors.get(id) ?? 0)
    if (values.some(value => plain(value) === undefined)) return undefined
    parts.push(`${path(enumerated.group.id, wording)}.${quoted(columnOf(enumerated, values, attribute))}`)
  }
  if (parts.includes(undefined)) return undefined
  if (parts.length === 0) return '0'
  return parts.length === 1 && !parts[0]!.includes(' * ') ? parts[0] : within(place, 1, parts.join(' + '))
}

const within = (place: number, own: number, text: string) => (own < place ? `(${text})` : text)
