import type { Arithmetic, Logic, SumSource } from '../../formula/ast.ts'
import type { ModelIndex } from '../../model-index.ts'
import { plainNumber } from '../tree/numbers.ts'
import type { Comparison } from './rules.ts'
import { partsOf } from './simplify.ts'

/** What a format calls things that are added up. Where it has no words, undefined. */
export interface Words {
  index: ModelIndex
  number(group: string): string
  /** factors times pieces, as parts that are added; `of`: what the formula named, if anything */
  summands(terms: readonly { option: string; factor: number }[], of?: SumSource): string[] | undefined
  mayDivideBy(divisor: Arithmetic): boolean
  /** the sign of a comparison that both sides are the same */
  equal: '=' | '=='
}

/** A comparison in words of the format; undefined where it has none for it. */
export function comparisonText({ op, left, right }: Comparison, words: Words): string | undefined {
  const sides = [arithmeticText(left, 1, words), arithmeticText(right, 1, words)]
  return sides.includes(undefined) ? undefined : sides.join(` ${op === '==' ? words.equal : op} `)
}

/** A value in words of the format; undefined where it has none for it. `place`: 1 beside a plus, 2 beside a sign that binds stronger. */
export function arithmeticText(node: Arithmetic, place: number, words: Words): string | undefined {
  const within = (own: number, text: string) => (own < place ? `(${text})` : text)
  const sum = (terms: readonly { option: string; factor: number }[], of?: SumSource) => {
    const parts = words.summands(terms, of)
    if (!parts) return undefined
    if (parts.length === 0) return '0'
    return parts.length === 1 && !parts[0]!.includes(' * ') ? parts[0]! : within(1, parts.join(' + '))
  }
  switch (node.op) {
    case 'literal': {
      const text = plain(node.value)
      return text?.startsWith('-') && place > 1 ? `(${text})` : text
    }
    case 'number':
      return words.number(node.group)
    case 'quantity':
      return sum([{ option: node.option, factor: 1 }])
    case 'sum':
      return sum(node.terms, node.of)
    case 'count':
      if (node.options.some(option => comesInSeveral(option, words.index))) return undefined
      return sum(node.options.map(option => ({ option, factor: 1 })))
    case 'negate': {
      const arg = arithmeticText(node.arg, 2, words)
      return arg && within(1, `0 - ${arg}`)
    }
    case '+':
    case '-':
    case '*':
    case '/': {
      if (node.op === '/' && !words.mayDivideBy(node.right)) return undefined
      const own = node.op === '+' || node.op === '-' ? 1 : 2
      const left = arithmeticText(node.left, own, words)
      const right = arithmeticText(node.right, own + 1, words)
      return left && right && within(own, `${left} ${node.op} ${right}`)
    }
    default:
      return undefined
  }
}

function comesInSeveral(option: string, index: ModelIndex): boolean {
  const quantity = index.options.get(option)?.option.quantity
  return quantity !== undefined && !(quantity.min === 1 && quantity.max === 1)
}

/** undefined: too long to be exact */
export function plain(value: number): string | undefined {
  return plainNumber(String(value))
}

/** How deep parentheses and signs lie in a formula as it is written. */
export function nesting(logic: Logic): number {
  switch (logic.op) {
    case 'not':
      return 2 + nesting(logic.arg)
    case 'and':
    case 'or':
      return 1 + partsOf(logic.op, logic).reduce((most, part) => Math.max(most, nesting(part)), 0)
    case 'implies':
    case 'iff':
      return 2 + Math.max(nesting(logic.left), nesting(logic.right))
    case 'true':
    case 'false':
    case 'chosen':
      return 1
    default:
      return 1 + Math.max(depthOf(logic.left), depthOf(logic.right))
  }
}

function depthOf(node: Arithmetic): number {
  if (node.op === 'negate') return 1 + depthOf(node.arg)
  return 'left' in node ? 1 + Math.max(depthOf(node.left), depthOf(node.right)) : 1
}
