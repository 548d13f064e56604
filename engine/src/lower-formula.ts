import { exact, negate as minus, one } from './decimal.ts'
import type { Arithmetic, Logic } from './formula/ast.ts'
import { type Form, floorDivide, gcd, inIntegers, lcm, linearFormOf, type Names, sumOf, times } from './linear-form.ts'
import { type Expression, FALSE, negate, type ProblemBuilder, TRUE } from './solver/problem.ts'

/** Turns formulas into constraints of one rule. `tooLarge` is called where exact integers would leave 2^53. */
export interface FormulaLowering {
  /** One of `unless` holds, or the formula has the truth value `expect`. */
  require(unless: number[], formula: Logic, expect?: boolean): void
  /** One of `unless` holds, or form <= 0. */
  requireAtMostZero(unless: number[], form: Form): void
  /** A literal that holds only if the formula has the truth value `expect`. */
  sufficient(formula: Logic, expect: boolean): number
  /** A literal that holds exactly if the formula does. */
  equivalent(formula: Logic): number
  expression(arithmetic: Arithmetic): Expression
}

type Compare = Extract<Logic, { left: Arithmetic }>

export function lowerFormulas(builder: ProblemBuilder, names: Names, rule: number, tooLarge: () => void): FormulaLowering {
  const equivalents = new Map<Logic, number>()

  function require(unless: number[], formula: Logic, expect = true): void {
    if (unless.includes(TRUE)) return
    switch (formula.op) {
      case 'true':
      case 'false':
        if ((formula.op === 'true') !== expect) builder.clause(rule, unless)
        return
      case 'chosen':
        builder.clause(rule, [...unless, atom(formula.option, expect)])
        return
      case 'not':
        require(unless, formula.arg, !expect)
        return
      case 'and':
      case 'or':
        if ((formula.op === 'and') === expect) for (const arg of formula.args) require(unless, arg, expect)
        else builder.clause(rule, [...unless, ...formula.args.map(arg => sufficient(arg, expect))])
        return
      case 'implies':
        if (expect) require([...unless, sufficient(formula.left, false)], formula.right)
        else {
          require(unless, formula.left)
          require(unless, formula.right, false)
        }
        return
      case 'iff': {
        const left = equivalent(formula.left)
        const right = equivalent(formula.right)
        builder.clause(rule, [...unless, left, expect ? negate(right) : right])
        builder.clause(rule, [...unless, negate(left), expect ? right : negate(right)])
        return
      }
      default:
        requireComparison(unless, formula, expect)
    }
  }

  function sufficient(formula: Logic, expect: boolean): number {
    if (formula.op === 'not') return sufficient(formula.arg, !expect)
    const known = literalOf(formula)
    if (known !== undefined) return expect ? known : negate(known)
    const literal = builder.literal()
    require([negate(literal)], formula, expect)
    return literal
  }

  function equivalent(formula: Logic): number {
    if (formula.op === 'not') return negate(equivalent(formula.arg))
    const known = literalOf(formula)
    if (known !== undefined) return known
    const literal = builder.literal()
    equivalents.set(formula, literal)
    require([negate(literal)], formula)
    require([literal], formula, false)
    return literal
  }

  function literalOf(formula: Logic): number | undefined {
    if (formula.op === 'true') return TRUE
    if (formula.op === 'false') return FALSE
    if (formula.op === 'chosen') return names.option(formula.option)
    return equivalents.get(formula)
  }

  const atom = (option: string, expect: boolean) => (expect ? names.option(option) : negate(names.option(option)))

  function requireComparison(unless: number[], compare: Compare, expect: boolean): void {
    const left = linearFormOf(compare.left, names)
    const right = linearFormOf(compare.right, names)
    if (left === 'undefined' || right === 'undefined') {
      if (expect) builder.clause(rule, unless)
      return
    }
    if (!left || !right) {
      const op = compare.op as Exclude<Compare['op'], 'implies' | 'iff'>
      const guard = guardFor(unless)
      builder.add({
        kind: 'comparison',
        rule,
        guard,
        expect,
        op,
        left: expression(compare.left),
        right: expression(compare.right),
      })
      return
    }
    const difference = sumOf(left, right, minus(one))
    const opposite = times(difference, minus(one))
    switch (expect ? compare.op : opposites[compare.op as keyof typeof opposites]) {
      case '<=':
        requireSum(unless, difference, false)
        return
      case '<':
        requireSum(unless, difference, true)
        return
      case '>=':
        requireSum(unless, opposite, false)
        return
      case '>':
        requireSum(unless, opposite, true)
        return
      case '==':
        requireSum(unless, difference, false)
        requireSum(unless, opposite, false)
        return
      default: {
        const below = builder.literal()
        const above = builder.literal()
        builder.clause(rule, [...unless, below, above])
        requireSum([negate(below)], difference, true)
        requireSum([negate(above)], opposite, true)
      }
    }
  }

  /** One of `unless` holds, or form <= 0 (form < 0 where strict). */
  function requireSum(unless: number[], form: Form, strict: boolean): void {
    const whole = inIntegers(form, builder.problem.integers)
    if (!whole) {
      tooLarge()
      return
    }
    const literals: number[] = []
    const weights: number[] = []
    let limit = -whole.constant - (strict ? 1n : 0n)
    for (const [literal, factor] of whole.literals) {
      literals.push(factor > 0n ? literal : negate(literal))
      weights.push(Number(factor > 0n ? factor : -factor))
      if (factor < 0n) limit -= factor
    }
    const integers = whole.integers.map(([integer]) => integer)
    const factors = whole.integers.map(([, factor]) => Number(factor))
    let divisor = 0n
    for (const factor of [...weights, ...factors]) divisor = gcd(divisor, BigInt(Math.abs(factor)))
    if (divisor > 1n) {
      limit = floorDivide(limit, divisor)
      for (let i = 0; i < weights.length; i++) weights[i]! /= Number(divisor)
      for (let i = 0; i < factors.length; i++) factors[i]! /= Number(divisor)
    }
    requireLinear(unless, literals, weights, integers, factors, Number(limit))
  }

  function requireLinear(
    unless: number[],
    literals: number[],
    weights: number[],
    integers: number[],
    factors: number[],
    limit: number,
  ): void {
    const tops = integers.map(integer => builder.problem.integers[integer]!)
    let least = 0
    let most = weights.reduce((a, b) => a + b, 0)
    for (let i = 0; i < integers.length; i++) {
      least += Math.min(0, factors[i]! * tops[i]!)
      most += Math.max(0, factors[i]! * tops[i]!)
    }
    if (most <= limit) return
    if (least > limit) {
      builder.clause(rule, unless)
      return
    }
    if (integers.length === 1 && literals.length === 0) {
      const factor = factors[0]!
      const bound =
        factor > 0
          ? builder.atMost(integers[0]!, Math.floor(limit / factor))
          : negate(builder.atMost(integers[0]!, Math.ceil(limit / factor) - 1))
      builder.clause(rule, [...unless, bound])
      return
    }
    if (integers.length === 0) {
      const smallest = weights.reduce((a, b) => Math.min(a, b))
      if (smallest > limit) {
        for (const literal of literals) builder.clause(rule, [...unless, negate(literal)])
        return
      }
      if (most - smallest <= limit) {
        builder.clause(rule, [...unless, ...literals.map(negate)])
        return
      }
      const twoTooMany = weights.every(weight => weight <= limit && 2 * weight > limit) && 2 * smallest > limit
      if (twoTooMany && unless.length === 0) {
        builder.add({ kind: 'at-most-one', rule, literals })
        return
      }
    }
    builder.add({ kind: 'linear', rule, guard: guardFor(unless), literals, weights, integers, factors, limit })
  }

  /** A literal that must hold unless one of `unless` does. */
  function guardFor(unless: number[]): number {
    const open = unless.filter(literal => literal !== FALSE)
    if (open.length === 0) return TRUE
    if (open.length === 1) return negate(open[0]!)
    const guard = builder.literal()
    builder.clause(rule, [...open, guard])
    return guard
  }

  function expression(node: Arithmetic): Expression {
    const form = linearFormOf(node, names)
    if (typeof form === 'object') {
      const whole = inIntegers(form, builder.problem.integers)
      if (!whole) {
        tooLarge()
        return { op: 'sum', constant: 0, literals: [], weights: [], integers: [], factors: [], divisor: 1 }
      }
      return {
        op: 'sum',
        constant: Number(whole.constant),
        literals: whole.literals.map(([literal]) => literal),
        weights: whole.literals.map(([, factor]) => Number(factor)),
        integers: whole.integers.map(([integer]) => integer),
        factors: whole.integers.map(([, factor]) => Number(factor)),
        divisor: Number(whole.divisor),
      }
    }
    switch (node.op) {
      case 'max':
      case 'min': {
        const values = node.terms.map(term => exact(term.value))
        const divisor = values.reduce((a, b) => lcm(a, b.d), 1n)
        return {
          op: 'extreme',
          of: node.op,
          literals: node.terms.map(term => names.option(term.option)),
          values: values.map(value => Number((value.n * divisor) / value.d)),
          divisor: Number(divisor),
        }
      }
      case 'negate':
        return { op: '-', left: expression({ op: 'literal', value: 0 }), right: expression(node.arg) }
      case '+':
      case '-':
      case '*':
      case '/':
        return { op: node.op, left: expression(node.left), right: expression(node.right) }
      default:
        throw new Error(`${node.op} is linear`)
    }
  }

  return {
    require,
    requireAtMostZero: (unless, form) => requireSum(unless, form, false),
    sufficient,
    equivalent,
    expression,
  }
}

const opposites = { '<=': '>', '<': '>=', '>=': '<', '>': '<=', '==': '!=', '!=': '==' } as const
