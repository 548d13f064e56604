import type { Fact } from './fact.ts'
import { readBy } from './solver/checker.ts'
import { type Constraint, type Expression, type Problem, TRUE } from './solver/problem.ts'

/** The constraints of a problem that belong to no rule, by what they define. */
export interface Definitions {
  ofVariable: ReadonlyMap<number, readonly Constraint[]>
  ofInteger: ReadonlyMap<number, readonly Constraint[]>
}

/**
 * Finds what defines the auxiliary variables of a problem, and the integers of the model's own: what was added to those asks about them
 * and says nothing of them. `named`: variables that stand for something of the model, of which no definition speaks by itself.
 */
export function definitionsIn({ constraints, boundOf }: Problem, own: Problem, named: ReadonlySet<number>): Definitions {
  const ofVariable = new Map<number, Constraint[]>()
  const ofInteger = new Map<number, Constraint[]>()
  for (const [at, constraint] of constraints.entries()) {
    if (constraint.rule >= 0) continue
    const { variables, integers } = partsOf(constraint)
    for (const variable of variables) if (boundOf[variable]! < 0 && !named.has(variable)) append(ofVariable, variable, constraint)
    if (at >= own.constraints.length) continue
    for (const variable of variables) if (boundOf[variable]! >= 0) append(ofInteger, boundOf[variable]!, constraint)
    for (const integer of integers) append(ofInteger, integer, constraint)
  }
  return { ofVariable, ofInteger }
}

/** A part of a problem, small enough to be asked often. */
export interface Part {
  problem: Problem
  /** by variable and by integer: which it is of the whole */
  variableOf: number[]
  integerOf: number[]
  cases: Fact[][]
  given: Fact[]
}

/**
 * The part of a problem that constraints and facts speak of, with the definitions of what is in it: renumbered, its rules
 * numbered in the order of `rules`.
 */
export function restrict(
  problem: Problem,
  constraints: readonly Constraint[],
  rules: readonly number[],
  { cases, given }: Pick<Part, 'cases' | 'given'>,
  definitions: Definitions,
): Part {
  const ruleAt = new Map(rules.map((rule, at) => [rule, at]))
  const variables = new Map([[TRUE, TRUE]])
  const integers = new Map<number, number>()
  const part: Problem = { variables: 1, boundOf: [-1], boundAt: [0], integers: [], constraints: [] }
  const taken = new Set<Constraint>()
  const open: Constraint[] = []
  const take = (list: readonly Constraint[] = []) => {
    for (const one of list) if (!taken.has(one)) open.push(one)
    for (const one of list) taken.add(one)
  }
  const integer = (from: number): number => {
    let to = integers.get(from)
    if (to === undefined) {
      to = part.integers.push(problem.integers[from]!) - 1
      integers.set(from, to)
      take(definitions.ofInteger.get(from))
    }
    return to
  }
  const literal = (from: number): number => {
    const variable = from >> 1
    let to = variables.get(variable)
    if (to === undefined) {
      to = part.variables++
      variables.set(variable, to)
      const bounded = problem.boundOf[variable]!
      part.boundOf.push(bounded < 0 ? -1 : integer(bounded))
      part.boundAt.push(problem.boundAt[variable]!)
      take(definitions.ofVariable.get(variable))
    }
    return 2 * to + (from & 1)
  }
  const fact = (from: Fact): Fact => (typeof from === 'number' ? literal(from) : { ...from, integer: integer(from.integer) })
  const spoken = { cases: cases.map(facts => facts.map(fact)), given: given.map(fact) }
  take(constraints)
  for (let next = open.pop(); next; next = open.pop()) {
    const rule = next.rule < 0 ? -1 : ruleAt.get(next.rule)!
    part.constraints.push({ ...renumbered(next, literal, integer), rule })
  }
  return { problem: part, variableOf: [...variables.keys()], integerOf: [...integers.keys()], ...spoken }
}

function partsOf(constraint: Constraint): { variables: number[]; integers: number[] } {
  const { literals, integers } =
    constraint.kind === 'clause' ? { literals: constraint.literals, integers: [] } : readBy(constraint)
  return { variables: [...literals].map(one => one >> 1).filter(one => one !== TRUE), integers: [...integers] }
}

type Renumber = (from: number) => number

function renumbered(constraint: Constraint, literal: Renumber, integer: Renumber): Constraint {
  switch (constraint.kind) {
    case 'clause':
    case 'at-most-one':
      return { ...constraint, literals: constraint.literals.map(literal) }
    case 'linear':
      return {
        ...constraint,
        guard: literal(constraint.guard),
        literals: constraint.literals.map(literal),
        integers: constraint.integers.map(integer),
      }
    case 'comparison': {
      const { guard, left, right } = constraint
      return {
        ...constraint,
        guard: literal(guard),
        left: renumberedIn(left, literal, integer),
        right: renumberedIn(right, literal, integer),
      }
    }
    default:
      return constraint satisfies never
  }
}

function renumberedIn(expression: Expression, literal: Renumber, integer: Renumber): Expression {
  switch (expression.op) {
    case 'sum':
      return { ...expression, literals: expression.literals.map(literal), integers: expression.integers.map(integer) }
    case 'extreme':
      return { ...expression, literals: expression.literals.map(literal) }
    default:
      return {
        ...expression,
        left: renumberedIn(expression.left, literal, integer),
        right: renumberedIn(expression.right, literal, integer),
      }
  }
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
