import {
  add as addExact,
  compare as compareExact,
  divide as divideExact,
  type Exact,
  multiply as multiplyExact,
  subtract,
} from '../decimal.ts'
import type { Comparison, Expression } from './problem.ts'

/** What is known: literals that hold (1) or fail (-1), and bounds of integers. A solver is one, a complete assignment another. */
export interface Box {
  values: Int8Array
  lower: Float64Array
  upper: Float64Array
}

/** 1 the comparison holds everywhere in the box, -1 nowhere, 0 not known. Exact where the box is a single point. */
export function compare(comparison: Comparison, box: Box): number {
  const left = range(comparison.left, box)
  const right = range(comparison.right, box)
  if (left.defined < 0 || right.defined < 0) return -1
  const known = compareRanges(comparison.op, left, right)
  if (known < 0) return -1
  if (known > 0 && left.defined > 0 && right.defined > 0) return 1
  if (!isPoint(comparison.left, box) || !isPoint(comparison.right, box)) return 0
  return comparePoints(comparison, box)
}

/** Bounds of an expression's value over the box, rounded outwards; `defined`: 1 everywhere, 0 perhaps, -1 nowhere. */
export interface Range {
  min: number
  max: number
  defined: number
}

export function range(expression: Expression, box: Box): Range {
  switch (expression.op) {
    case 'sum':
      return sumRange(expression, box)
    case 'extreme':
      return extremeRange(expression, box)
    default:
      return combine(expression.op, range(expression.left, box), range(expression.right, box))
  }
}

/** Every literal and integer an expression reads. */
export function scopeOf(expression: Expression, literals: Set<number>, integers: Set<number>): void {
  if (expression.op === 'sum') {
    for (const literal of expression.literals) literals.add(literal)
    for (const integer of expression.integers) integers.add(integer)
  } else if (expression.op === 'extreme') {
    for (const literal of expression.literals) literals.add(literal)
  } else {
    scopeOf(expression.left, literals, integers)
    scopeOf(expression.right, literals, integers)
  }
}

type Sum = Extract<Expression, { op: 'sum' }>
type Extreme = Extract<Expression, { op: 'extreme' }>

function sumRange(sum: Sum, box: Box): Range {
  let min = sum.constant
  let max = sum.constant
  for (let i = 0; i < sum.literals.length; i++) {
    const value = box.values[sum.literals[i]!]!
    const weight = sum.weights[i]!
    if (value > 0 || (value === 0 && weight < 0)) min += weight
    if (value > 0 || (value === 0 && weight > 0)) max += weight
  }
  for (let i = 0; i < sum.integers.length; i++) {
    const factor = sum.factors[i]!
    const a = factor * box.lower[sum.integers[i]!]!
    const b = factor * box.upper[sum.integers[i]!]!
    min += Math.min(a, b)
    max += Math.max(a, b)
  }
  return quotient(min, max, sum.divisor)
}

function extremeRange(extreme: Extreme, box: Box): Range {
  const better = extreme.of === 'max' ? Math.max : Math.min
  let held: number | undefined
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < extreme.literals.length; i++) {
    const known = box.values[extreme.literals[i]!]!
    if (known < 0) continue
    const value = extreme.values[i]!
    if (known > 0) held = held === undefined ? value : better(held, value)
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  if (held === undefined) return quotient(Math.min(min, 0), Math.max(max, 0), extreme.divisor)
  return extreme.of === 'max' ? quotient(held, max, extreme.divisor) : quotient(min, held, extreme.divisor)
}

function quotient(min: number, max: number, divisor: number): Range {
  if (divisor === 1) return { min, max, defined: 1 }
  const low = min / divisor
  const high = max / divisor
  return { min: down(low, exactQuotient(min, divisor, low)), max: up(high, exactQuotient(max, divisor, high)), defined: 1 }
}

function combine(op: '+' | '-' | '*' | '/', a: Range, b: Range): Range {
  const defined = Math.min(a.defined, b.defined)
  switch (op) {
    case '+':
      return { min: add(a.min, b.min, down), max: add(a.max, b.max, up), defined }
    case '-':
      return { min: add(a.min, -b.max, down), max: add(a.max, -b.min, up), defined }
    case '*':
      return { ...corners(a, b, multiply), defined }
    case '/':
      if (b.min === 0 && b.max === 0) return { min: 0, max: 0, defined: -1 }
      if (b.min <= 0 && b.max >= 0) {
        return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, defined: Math.min(defined, 0) }
      }
      return { ...corners(a, b, divide), defined }
    default:
      return op satisfies never
  }
}

type Round = (value: number, exact: boolean) => number

const down: Round = (value, exact) => (exact ? value : value - Math.abs(value) * 2 ** -52 - Number.MIN_VALUE)
const up: Round = (value, exact) => (exact ? value : value + Math.abs(value) * 2 ** -52 + Number.MIN_VALUE)

const add = (a: number, b: number, round: Round) => round(a + b, whole(a) && whole(b) && whole(a + b))
const multiply = (a: number, b: number, round: Round) => {
  if (a === 0 || b === 0) return 0
  return round(a * b, whole(a) && whole(b) && whole(a * b))
}
const divide = (a: number, b: number, round: Round) => round(a / b, exactQuotient(a, b, a / b))

const whole = Number.isSafeInteger
const exactQuotient = (a: number, b: number, result: number) => whole(a) && whole(b) && whole(result) && result * b === a

function corners(a: Range, b: Range, operate: (a: number, b: number, round: Round) => number) {
  return {
    min: Math.min(
      operate(a.min, b.min, down),
      operate(a.min, b.max, down),
      operate(a.max, b.min, down),
      operate(a.max, b.max, down),
    ),
    max: Math.max(operate(a.min, b.min, up), operate(a.min, b.max, up), operate(a.max, b.min, up), operate(a.max, b.max, up)),
  }
}

function compareRanges(op: Comparison['op'], a: Range, b: Range): number {
  switch (op) {
    case '<=':
      return a.max <= b.min ? 1 : a.min > b.max ? -1 : 0
    case '<':
      return a.max < b.min ? 1 : a.min >= b.max ? -1 : 0
    case '>=':
      return compareRanges('<=', b, a)
    case '>':
      return compareRanges('<', b, a)
    case '==':
      if (a.max < b.min || b.max < a.min) return -1
      return a.min === a.max && b.min === b.max && a.min === b.min ? 1 : 0
    case '!=':
      if (a.defined <= 0 || b.defined <= 0) return 0
      return -compareRanges('==', a, b)
    default:
      return op satisfies never
  }
}

function isPoint(expression: Expression, box: Box): boolean {
  if (expression.op === 'sum') {
    return (
      expression.literals.every(literal => box.values[literal] !== 0) &&
      expression.integers.every(integer => box.lower[integer] === box.upper[integer])
    )
  }
  if (expression.op === 'extreme') return expression.literals.every(literal => box.values[literal] !== 0)
  return isPoint(expression.left, box) && isPoint(expression.right, box)
}

function comparePoints({ op, left, right }: Comparison, box: Box): number {
  const a = exactValue(left, box)
  const b = exactValue(right, box)
  if (!a || !b) return -1
  const difference = compareExact(a, b)
  const point: Range = { min: difference, max: difference, defined: 1 }
  return compareRanges(op, point, { min: 0, max: 0, defined: 1 })
}

/** The value at the single point that the box is; undefined after a division by zero. */
export function exactValue(expression: Expression, box: Box): Exact | undefined {
  if (expression.op === 'sum' || expression.op === 'extreme') {
    const { min } = range({ ...expression, divisor: 1 }, box)
    return { n: BigInt(min), d: BigInt(expression.divisor) }
  }
  const a = exactValue(expression.left, box)
  const b = exactValue(expression.right, box)
  return a && b && operations[expression.op](a, b)
}

const operations = { '+': addExact, '-': subtract, '*': multiplyExact, '/': divideExact }
