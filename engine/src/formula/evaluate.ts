import { add, compare, divide, type Exact, exact, multiply, negate, subtract, zero } from '../decimal.ts'
import type { Selection } from '../model.ts'
import type { Arithmetic, Logic } from './ast.ts'

/** Whether a formula holds in a selection. A comparison with an undefined value (divided by zero) is false. */
export function evaluateLogic(ast: Logic, selection: Selection): boolean {
  switch (ast.op) {
    case 'true':
      return true
    case 'false':
      return false
    case 'chosen':
      return isChosen(selection, ast.option)
    case 'not':
      return !evaluateLogic(ast.arg, selection)
    case 'and':
      return ast.args.every(arg => evaluateLogic(arg, selection))
    case 'or':
      return ast.args.some(arg => evaluateLogic(arg, selection))
    case 'implies':
      return !evaluateLogic(ast.left, selection) || evaluateLogic(ast.right, selection)
    case 'iff':
      return evaluateLogic(ast.left, selection) === evaluateLogic(ast.right, selection)
    default: {
      const left = evaluateArithmetic(ast.left, selection)
      const right = evaluateArithmetic(ast.right, selection)
      return left !== undefined && right !== undefined && holds(ast.op, compare(left, right))
    }
  }
}

/** The exact value of a formula in a selection; undefined where something is divided by zero. */
export function evaluateArithmetic(ast: Arithmetic, selection: Selection): Exact | undefined {
  switch (ast.op) {
    case 'literal':
      return exact(ast.value)
    case 'quantity':
      return exact(pieces(selection, ast.option))
    case 'number':
      return exact(Object.hasOwn(selection.numbers, ast.group) ? selection.numbers[ast.group]! : 0)
    case 'sum': {
      let sum = zero
      for (const { factor, option } of ast.terms) {
        const count = pieces(selection, option)
        if (count !== 0) sum = add(sum, multiply(exact(factor), exact(count)))
      }
      return sum
    }
    case 'max':
    case 'min': {
      const values = ast.terms.filter(({ option }) => isChosen(selection, option)).map(({ value }) => value)
      if (values.length === 0) return zero
      return exact(ast.op === 'max' ? values.reduce((a, b) => Math.max(a, b)) : values.reduce((a, b) => Math.min(a, b)))
    }
    case 'count':
      return exact(ast.options.filter(option => isChosen(selection, option)).length)
    case 'negate': {
      const value = evaluateArithmetic(ast.arg, selection)
      return value && negate(value)
    }
    default: {
      const left = evaluateArithmetic(ast.left, selection)
      const right = evaluateArithmetic(ast.right, selection)
      if (left === undefined || right === undefined) return undefined
      return { '+': add, '-': subtract, '*': multiply, '/': divide }[ast.op](left, right)
    }
  }
}

export function isChosen(selection: Selection, option: string): boolean {
  return Object.hasOwn(selection.options, option)
}

/** Pieces of an option, 0 while it is not chosen. */
export function pieces(selection: Selection, option: string): number {
  return isChosen(selection, option) ? selection.options[option]! : 0
}

function holds(op: '<=' | '<' | '==' | '!=' | '>=' | '>', order: -1 | 0 | 1): boolean {
  switch (op) {
    case '<=':
      return order <= 0
    case '<':
      return order < 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>=':
      return order >= 0
    case '>':
      return order > 0
  }
}
