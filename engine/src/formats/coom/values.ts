import { add, compare, divide, exact, multiply, subtract, toNumber } from '../../decimal.ts'
import { printName } from '../../formula/print.ts'
import { plainNumber } from '../tree/numbers.ts'
import { and, FALSE, implies, not, or, TRUE } from './logic.ts'
import { unitOf } from './ranges.ts'
import type { Comparison, Constant, Enumeration } from './syntax.ts'
import { attributeValue, type Product, type Thing } from './things.ts'

/** What a formula of the file comes to, as formulas of the model say it. */
export interface Value {
  /** holds while there is a value */
  defined: string
  /** where it is one of a few: exactly one `when` holds while it is defined */
  cases?: Case[]
  /** as a number, without unit; absent for texts */
  number?: string
  /** the column of a table that has this value, and nothing else decides it */
  column?: string
  /** the least or greatest of these, of which some may be undefined: nothing at all lies beyond every number */
  extreme?: { of: 'min' | 'max'; elements: Value[] }
}

export interface Case {
  when: string
  value: Constant
  /** what a table has for it in the column */
  cell?: string | boolean
}

/** Something that formulas of a model cannot say; the statement around it is left out with a note. */
export class NotExpressed extends Error {
  readonly at: string
  readonly what: string
  constructor(at: string, what: string) {
    super(what)
    this.at = at
    this.what = what
  }
}

export const UNDEFINED: Value = { defined: FALSE, cases: [], number: '0' }

export function constant(value: Constant): Value {
  return { defined: TRUE, cases: [{ when: TRUE, value }], ...(value.kind === 'number' && { number: numberText(value.text) }) }
}

/** A number worked out: a constant where it is one. */
export function numeric(defined: string, number: string): Value {
  const plain = plainOf(number)
  return plain === undefined ? { defined, number } : { ...constant({ kind: 'number', text: plain }), defined }
}

/** left op right, worked out where both are constants and the result is a decimal. */
export function arithmetic(left: string, op: '+' | '-' | '*' | '/', right: string): string {
  const a = plainOf(left)
  const b = plainOf(right)
  if (a !== undefined && b !== undefined) {
    const result = OPERATIONS[op](exact(Number(a)), exact(Number(b)))
    const text = result && plainNumber(String(toNumber(result)))
    if (text !== undefined && compare(exact(Number(text)), result!) === 0) return numberText(text)
  }
  if (op === '*' && b === '1') return left
  if (op === '*' && a === '1') return right
  if (op === '*' && (a === '0' || b === '0')) return '0'
  if ((op === '+' || op === '-') && b === '0') return left
  if (op === '+' && a === '0') return right
  return `(${left} ${op} ${right})`
}

/** The number that a text of a formula is, if it is one. */
function plainOf(text: string): string | undefined {
  return plainNumber(text.replace(/^\((-.*)\)$/, '$1'))
}

const OPERATIONS = { '+': add, '-': subtract, '*': multiply, '/': divide }

/** What a path comes to that ends at a thing, or at an attribute of one. */
export function valueOfThing(product: Product, thing: Thing, attribute: string | undefined, at: string): Value {
  if (thing.kind === 'number') {
    if (attribute !== undefined) return UNDEFINED
    return { defined: thing.present, number: withoutUnit(printName(thing.id), thing.unit), column: thing.id }
  }
  if (thing.kind === 'part') throw new NotExpressed(at, thing.structure.name)
  if (thing.kind === 'value') {
    const value = attribute === undefined ? thing.value : attributeOf(thing.enumeration, thing.value.text, attribute)
    return value ? { ...constant(value), defined: thing.present } : UNDEFINED
  }
  const { enumeration } = thing
  const read = (option: string): Constant | undefined =>
    attribute === undefined ? { kind: 'text', text: option } : attributeValue(enumeration, option, attribute)
  const cases: Case[] = []
  for (const { when, value, cell } of thing.cases) {
    const found = read(value)
    if (found) cases.push({ when, value: found, cell })
  }
  const all = cases.length === thing.cases.length
  const number = attribute === undefined ? undefined : attributeText(product, thing, attribute)
  return {
    defined: all ? thing.present : or(cases.map(({ when }) => when)),
    cases,
    ...(number !== undefined && { number }),
    ...(all && { column: thing.id }),
  }
}

/** The numeric attribute of what is chosen, times its pieces: of all options together where they are counted. */
export function attributeText(product: Product, thing: Thing, attribute: string): string | undefined {
  if (thing.kind === 'value' && thing.group === undefined) return undefined
  if ((thing.kind !== 'choice' && thing.kind !== 'value') || !thing.enumeration) return undefined
  const id = product.attributeId(thing.enumeration, attribute)
  if (id === undefined) return undefined
  const { unit } = thing.enumeration.attributes.find(({ name }) => name === attribute)!
  const group = printName(thing.kind === 'choice' ? thing.id : thing.group!)
  return withoutUnit(`${group}.${printName(id)}`, unitOf(unit).unit)
}

const attributeOf = (enumeration: Enumeration | undefined, option: string, attribute: string) =>
  enumeration && attributeValue(enumeration, option, attribute)

/** Whether `left sign right`, where both are defined. */
export function compared(left: Value, sign: Comparison, right: Value, at: string): string {
  if (left.extreme) return comparedExtreme(left.extreme, sign, right, at)
  if (right.extreme) return comparedExtreme(right.extreme, FLIPPED[sign], left, at)
  if (left.cases && right.cases) {
    if (left.cases.length === 1) return comparedCases(right.cases, FLIPPED[sign], left.cases, at)
    return comparedCases(left.cases, sign, right.cases, at)
  }
  if (left.number !== undefined && right.number !== undefined) return `(${left.number} ${sign} ${right.number})`
  // A number is no text.
  if (sign === '==' || sign === '!=') return sign === '==' ? FALSE : TRUE
  throw new NotExpressed(at, sign)
}

const FLIPPED: Record<Comparison, Comparison> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The left cases against the right ones; with a single right one, the left cases that hold against it. */
function comparedCases(left: Case[], sign: Comparison, right: Case[], at: string): string {
  const matching = (one: Case) => or(right.filter(other => holds(one.value, sign, other.value, at)).map(({ when }) => when))
  const [only] = right
  if (right.length === 1 && only!.when === TRUE) return or(left.map(one => and([one.when, matching(one)])))
  return and(left.map(one => implies(one.when, matching(one))))
}

export function holds(a: Constant, sign: Comparison, b: Constant, at: string): boolean {
  if (a.kind === 'number' && b.kind === 'number') {
    const difference = Number(a.text) - Number(b.text)
    switch (sign) {
      case '==':
        return difference === 0
      case '!=':
        return difference !== 0
      case '<':
        return difference < 0
      case '<=':
        return difference <= 0
      case '>':
        return difference > 0
      case '>=':
        return difference >= 0
    }
  }
  const same = a.kind === b.kind && a.text === b.text
  if (sign === '==') return same
  if (sign === '!=') return !same
  throw new NotExpressed(at, sign)
}

/** All of them are at most so much, or one of them is at least so much: what is empty is less than all numbers (more, for min). */
function comparedExtreme({ of, elements }: NonNullable<Value['extreme']>, sign: Comparison, right: Value, at: string): string {
  const all = (sign: Comparison) => and(elements.map(one => implies(one.defined, compared(one, sign, right, at))))
  const some = (sign: Comparison) => or(elements.map(one => and([one.defined, compared(one, sign, right, at)])))
  switch (sign) {
    case '==':
      return and([all(of === 'max' ? '<=' : '>='), some('==')])
    case '!=':
      return not(comparedExtreme({ of, elements }, '==', right, at))
    case '<':
    case '<=':
      return of === 'max' ? all(sign) : some(sign)
    default:
      return of === 'max' ? some(sign) : all(sign)
  }
}

/** A number as a formula writes it. */
export function numberText(written: string): string {
  const plain = plainNumber(written)
  if (plain === undefined) return written
  return plain.startsWith('-') ? `(${plain})` : plain
}

/** The file adds grams to kilograms where it pleases: its formulas are of bare numbers. */
function withoutUnit(text: string, unit: string | undefined): string {
  return unit === undefined ? text : `(${text} / 1[${unit}])`
}
