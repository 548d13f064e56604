/**
 * What the solver solves: Boolean variables, integers from 0 to a greatest value, and constraints over them.
 *
 * A literal is `2 * variable` (it holds) or `2 * variable + 1` (it does not). Variable 0 is the constant true.
 * A variable may stand for a bound of an integer, `x <= k`; the solver makes more of these when it needs them,
 * so that nothing grows with the size of a domain.
 */
export interface Problem {
  variables: number
  /** by variable: the integer it bounds from above, or -1 */
  boundOf: number[]
  /** by variable: that bound */
  boundAt: number[]
  /** by integer: its greatest value */
  integers: number[]
  constraints: Constraint[]
}

export const TRUE = 0
export const FALSE = 1

export const negate = (literal: number) => literal ^ 1

/** Every constraint belongs to a rule of the model, so that an explanation can name it; -1 for definitions that always hold. */
export type Constraint = Clause | AtMostOne | Linear | Comparison

/** At least one literal holds. */
export interface Clause {
  kind: 'clause'
  rule: number
  literals: number[]
}

export interface AtMostOne {
  kind: 'at-most-one'
  rule: number
  literals: number[]
}

/**
 * While `guard` holds: the weights of the literals that hold, plus factor times value of each integer, is at most `limit`.
 * Weights are positive, factors any sign; every partial sum stays below 2^53. Bounds of integers may stand in clauses only.
 */
export interface Linear {
  kind: 'linear'
  rule: number
  guard: number
  literals: number[]
  weights: number[]
  integers: number[]
  factors: number[]
  limit: number
}

/** While `guard` holds: the comparison has the truth value `expect`. A comparison with an undefined side is false. */
export interface Comparison {
  kind: 'comparison'
  rule: number
  guard: number
  expect: boolean
  op: '<=' | '<' | '==' | '!=' | '>=' | '>'
  left: Expression
  right: Expression
}

export type Expression =
  /** (constant + weighted literals + factored integers) / divisor, all integers, divisor positive */
  | { op: 'sum'; constant: number; literals: number[]; weights: number[]; integers: number[]; factors: number[]; divisor: number }
  /** the extreme of the values of the literals that hold, 0 if none does; values / divisor */
  | { op: 'extreme'; of: 'max' | 'min'; literals: number[]; values: number[]; divisor: number }
  | { op: '+' | '-' | '*' | '/'; left: Expression; right: Expression }

/** A complete assignment of a problem. */
export interface Assignment {
  /** by variable: 1 true, -1 false */
  values: Int8Array
  integers: Float64Array
}

export interface ProblemBuilder {
  problem: Problem
  /** a new variable's positive literal */
  literal(): number
  /** a new integer from 0 to max */
  integer(max: number): number
  /** the literal `integer <= bound` */
  atMost(integer: number, bound: number): number
  /** keeps the array: nobody changes it afterwards */
  clause(rule: number, literals: number[]): void
  add(constraint: Constraint): void
}

/** Starts a problem, or goes on from a finished one, which stays as it is. */
export function buildProblem(from?: Problem): ProblemBuilder {
  const problem: Problem = from
    ? {
        variables: from.variables,
        boundOf: from.boundOf.slice(),
        boundAt: from.boundAt.slice(),
        integers: from.integers.slice(),
        constraints: from.constraints.slice(),
      }
    : { variables: 1, boundOf: [-1], boundAt: [0], integers: [], constraints: [] }
  const bounds = new Map<string, number>()
  for (let v = 0; v < problem.variables; v++) {
    if (problem.boundOf[v]! >= 0) bounds.set(`${problem.boundOf[v]}:${problem.boundAt[v]}`, 2 * v)
  }

  /** by literal: the last clause that was seen to have it */
  let marks = new Int32Array(256)
  let mark = 0

  const variable = (boundOf: number, boundAt: number) => {
    problem.boundOf.push(boundOf)
    problem.boundAt.push(boundAt)
    return 2 * problem.variables++
  }

  return {
    problem,
    literal: () => variable(-1, 0),
    integer: max => problem.integers.push(max) - 1,
    atMost(integer, bound) {
      if (bound < 0) return FALSE
      if (bound >= problem.integers[integer]!) return TRUE
      const key = `${integer}:${bound}`
      let literal = bounds.get(key)
      if (literal === undefined) {
        literal = variable(integer, bound)
        bounds.set(key, literal)
      }
      return literal
    },
    clause(rule, literals) {
      if (marks.length < 2 * problem.variables) marks = new Int32Array(4 * problem.variables)
      mark++
      let kept = 0
      for (const literal of literals) {
        if (literal === TRUE || marks[negate(literal)] === mark) return
        if (literal !== FALSE && marks[literal] !== mark) kept++
        marks[literal] = mark
      }
      const distinct = kept === literals.length ? literals : [...new Set(literals)].filter(literal => literal !== FALSE)
      problem.constraints.push({ kind: 'clause', rule, literals: distinct })
    },
    add: constraint => void problem.constraints.push(constraint),
  }
}
