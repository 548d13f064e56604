import type { Clause } from '../model.ts'
import type { Arithmetic, Logic } from './ast.ts'
import { functionNames } from './syntax.ts'

/** The canonical text of a formula. Reading it again in the same model gives a formula that means the same. */
export function printLogic(ast: Logic): string {
  return logicText(ast, 0)
}

/** The canonical text of an arithmetic formula. */
export function printArithmetic(ast: Arithmetic): string {
  return arithmeticText(ast, 0)
}

/** An id as a formula writes it: bare where it can be, else in double quotes. */
export function printName(id: string): string {
  const bare = /^[\p{L}\p{M}\p{N}_]+$/u.test(id) && !/^\d+([eE]\d+)?$/.test(id) && !reserved.includes(id)
  return bare ? id : `"${id.replace(/[\\"]/g, '\\$&')}"`
}

const reserved = ['true', 'false', ...functionNames]

/** How tightly each operator binds; an argument that binds less tightly than its place asks for gets parentheses. */
const strength = { iff: 1, implies: 2, or: 3, and: 4, not: 5, comparison: 6 }

function logicText(ast: Logic, place: number): string {
  switch (ast.op) {
    case 'true':
    case 'false':
      return ast.op
    case 'chosen':
      return printName(ast.option)
    case 'not':
      return within(place, strength.not, `!${logicText(ast.arg, strength.comparison + 1)}`)
    case 'and':
    case 'or': {
      if (ast.args.length === 0) return ast.op === 'and' ? 'true' : 'false'
      const sign = ast.op === 'and' ? ' & ' : ' | '
      if (ast.args.length === 1) return logicText(ast.args[0]!, place)
      return within(place, strength[ast.op], ast.args.map(arg => logicText(arg, strength[ast.op] + 1)).join(sign))
    }
    case 'implies':
      return within(place, strength.implies, `${logicText(ast.left, strength.or)} => ${logicText(ast.right, strength.implies)}`)
    case 'iff':
      return within(place, strength.iff, `${logicText(ast.left, strength.iff)} <=> ${logicText(ast.right, strength.implies)}`)
    default:
      return within(place, strength.comparison, `${arithmeticText(ast.left, 0)} ${ast.op} ${arithmeticText(ast.right, 0)}`)
  }
}

const sumStrength = 1
const productStrength = 2
const signStrength = 3

function arithmeticText(ast: Arithmetic, place: number): string {
  switch (ast.op) {
    case 'literal': {
      const text = `${ast.value}${ast.unit === undefined ? '' : `[${ast.unit}]`}`
      return ast.value < 0 && place > signStrength ? `(${text})` : text
    }
    case 'quantity':
      return printName(ast.option)
    case 'number':
      return printName(ast.group)
    case 'count':
      return call('count', ast.options)
    case 'sum':
      if ('offered' in ast.of) return call('offered', [ast.of.offered])
      if ('taken' in ast.of) return call('taken', [ast.of.taken])
      return overOptions(
        'sum',
        ast.of.attribute,
        ast.terms.map(({ option }) => option),
      )
    case 'max':
    case 'min':
      return overOptions(
        ast.op,
        ast.attribute,
        ast.terms.map(({ option }) => option),
      )
    case 'negate': {
      const arg = arithmeticText(ast.arg, signStrength + 1)
      return within(place, signStrength, /^\d/.test(arg) ? `-(${arg})` : `-${arg}`)
    }
    case '+':
    case '-':
      return within(
        place,
        sumStrength,
        `${arithmeticText(ast.left, sumStrength)} ${ast.op} ${arithmeticText(ast.right, productStrength)}`,
      )
    case '*':
    case '/':
      return within(
        place,
        productStrength,
        `${arithmeticText(ast.left, productStrength)} ${ast.op} ${arithmeticText(ast.right, signStrength)}`,
      )
  }
}

function overOptions(name: string, attribute: string, options: string[]): string {
  // nothing is added up: a zero of the right unit
  if (options.length === 0) return `(0 * ${call(name, [attribute])})`
  if (name === 'sum' && options.length === 1) return `${printName(options[0]!)}.${printName(attribute)}`
  return call(name, [attribute, ...options])
}

function call(name: string, args: string[]): string {
  return `${name}(${args.map(printName).join(', ')})`
}

function within(place: number, own: number, text: string): string {
  return own < place ? `(${text})` : text
}

/** A clause as the formula that says the same. */
export function printClause({ chosen = [], not = [] }: Pick<Clause, 'chosen' | 'not'>): string {
  return [...chosen.map(printName), ...not.map(id => `!${printName(id)}`)].join(' | ') || 'false'
}
