import { add, type Exact, exact, negate as minus, multiply, one, zero } from './decimal.ts'
import type { Arithmetic } from './formula/ast.ts'
import type { Grid } from './model-index.ts'
import { FALSE, TRUE } from './solver/problem.ts'

/** How a number of the model stands in the problem: `min + step * integer` while the literal holds, else 0. */
export interface Scale {
  literal: number
  grid: Grid
  integer: number
}

/** What formulas can name, in the problem. */
export interface Names {
  /** option id -> its literal */
  option(id: string): number
  /** pieces of an option that comes in more than one */
  pieces(id: string): Scale | undefined
  number(group: string): Scale
}

/** constant + literals times factors + integers times factors, exact */
export interface Form {
  constant: Exact
  literals: Map<number, Exact>
  integers: Map<number, Exact>
}

/** A form in integers, to be divided by `divisor`. */
export interface WholeForm {
  constant: bigint
  literals: (readonly [literal: number, factor: bigint])[]
  integers: (readonly [integer: number, factor: bigint])[]
  divisor: bigint
}

/** The arithmetic as a linear form; 'undefined' where it divides by nothing but zero, undefined where it is not linear. */
export function linearFormOf(node: Arithmetic, names: Names): Form | 'undefined' | undefined {
  switch (node.op) {
    case 'literal':
      return constantForm(exact(node.value))
    case 'quantity':
      return weighted(names, [{ factor: 1, option: node.option }])
    case 'number': {
      const form = constantForm(zero)
      addScale(form, names.number(node.group), one)
      return form
    }
    case 'sum':
      return weighted(names, node.terms)
    case 'count': {
      const form = constantForm(zero)
      for (const option of node.options) addLiteral(form, names.option(option), one)
      return form
    }
    case 'max':
    case 'min': {
      if (node.terms.length > 1) return undefined
      const form = constantForm(zero)
      for (const { value, option } of node.terms) addLiteral(form, names.option(option), exact(value))
      return form
    }
    case 'negate': {
      const form = linearFormOf(node.arg, names)
      return typeof form === 'object' ? times(form, minus(one)) : form
    }
    default: {
      const left = linearFormOf(node.left, names)
      const right = linearFormOf(node.right, names)
      if (left === 'undefined' || right === 'undefined') return 'undefined'
      if (node.op === '/' && right && isConstant(right)) {
        const { n, d } = right.constant
        if (n === 0n) return 'undefined'
        return left && times(left, n > 0n ? { n: d, d: n } : { n: -d, d: -n })
      }
      if (!left || !right) return undefined
      if (node.op === '+') return sumOf(left, right, one)
      if (node.op === '-') return sumOf(left, right, minus(one))
      if (node.op === '*' && isConstant(left)) return times(right, left.constant)
      if (node.op === '*' && isConstant(right)) return times(left, right.constant)
      return undefined
    }
  }
}

function weighted(names: Names, terms: { factor: number; option: string }[]): Form {
  const form = constantForm(zero)
  for (const { factor, option } of terms) {
    const pieces = names.pieces(option)
    if (pieces) addScale(form, pieces, exact(factor))
    else addLiteral(form, names.option(option), exact(factor))
  }
  return form
}

/** The form times its common denominator; undefined where a sum could leave the safe integers. `greatest`: value of each integer. */
export function inIntegers(form: Form, greatest: readonly number[]): WholeForm | undefined {
  let divisor = form.constant.d
  for (const { d } of [...form.literals.values(), ...form.integers.values()]) divisor = lcm(divisor, d)
  const scale = ({ n, d }: Exact) => (n * divisor) / d
  const literals = [...form.literals].map(([literal, factor]) => [literal, scale(factor)] as const).filter(([, f]) => f !== 0n)
  const integers = [...form.integers].map(([integer, factor]) => [integer, scale(factor)] as const).filter(([, f]) => f !== 0n)
  const constant = scale(form.constant)
  let reach = magnitude(constant) + divisor + 1n
  for (const [, factor] of literals) reach += 2n * magnitude(factor)
  for (const [integer, factor] of integers) reach += magnitude(factor) * BigInt(greatest[integer]!)
  return reach > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : { constant, literals, integers, divisor }
}

export const constantForm = (constant: Exact): Form => ({ constant, literals: new Map(), integers: new Map() })

const isConstant = (form: Form) => form.literals.size === 0 && form.integers.size === 0

export function addLiteral(form: Form, literal: number, factor: Exact): void {
  if (literal === TRUE) form.constant = add(form.constant, factor)
  else if (literal !== FALSE) form.literals.set(literal, add(form.literals.get(literal) ?? zero, factor))
}

export function addScale(form: Form, { literal, grid, integer }: Scale, factor: Exact): void {
  const unit = { n: 1n, d: 10n ** BigInt(grid.decimals) }
  addLiteral(form, literal, multiply(factor, multiply(exact(grid.min), unit)))
  const step = multiply(factor, multiply(exact(grid.step), unit))
  form.integers.set(integer, add(form.integers.get(integer) ?? zero, step))
}

export function sumOf(a: Form, b: Form, factor: Exact): Form {
  const sum: Form = { constant: a.constant, literals: new Map(a.literals), integers: new Map(a.integers) }
  const scaled = times(b, factor)
  sum.constant = add(sum.constant, scaled.constant)
  for (const [literal, value] of scaled.literals) sum.literals.set(literal, add(sum.literals.get(literal) ?? zero, value))
  for (const [integer, value] of scaled.integers) sum.integers.set(integer, add(sum.integers.get(integer) ?? zero, value))
  return sum
}

export function times(form: Form, factor: Exact): Form {
  const each = <K>(map: Map<K, Exact>) => new Map([...map].map(([key, value]) => [key, multiply(value, factor)]))
  return { constant: multiply(form.constant, factor), literals: each(form.literals), integers: each(form.integers) }
}

const magnitude = (value: bigint) => (value < 0n ? -value : value)

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

export const lcm = (a: bigint, b: bigint) => (a === b ? a : (a / gcd(a, b)) * b)

export const floorDivide = (a: bigint, b: bigint) => (a < 0n && a % b !== 0n ? a / b - 1n : a / b)
