import type { Lowered } from '../lower.ts'
import {
  type Comparison,
  type Constraint,
  type Expression,
  FALSE,
  type Linear,
  negate,
  type Problem,
  TRUE,
} from '../solver/problem.ts'

/**
 * A problem without integers: every constraint reads literals only, and all but comparisons are sums.
 * Its variables are those of the problem, with the same numbers, and more after them.
 *
 * What is counted are the options and the values of integers. An integer falls into regions, stretches of places between which no
 * constraint distinguishes; the region it is in counts as many times as it has places.
 */
export interface Ground {
  variables: number
  /** by variable: HELPER, BOUND, OPTION or REGION */
  kinds: Uint8Array
  sums: Sum[]
  comparisons: Comparison[]
  /** by variable: a group of which at most one holds, or -1 */
  groups: Int32Array
  /** by integer, ascending */
  regions: Region[][]
  /** by integer: the variables that bound it, the middle ones first, and those of its regions */
  integers: number[][]
  /** constraints left out, because they read an integer of too many places */
  leftOut: number
}

/** Says something about the counted, and may hold in several ways for one selection. */
export const HELPER = 0
/** Follows from the counted: it may be branched on. */
export const BOUND = 1
export const OPTION = 2
export const REGION = 3

/** The weights of the literals that hold are at most `limit`; weights are positive and fall. A clause counts the literals that fail. */
export interface Sum {
  literals: number[]
  weights: number[]
  limit: number
  /** it only forbids, and says nothing that others are built on */
  mayBeLeftOut: boolean
}

/** Inclusive places of an integer, and the literal that holds where it is among them. */
export interface Region {
  from: number
  to: number
  literal: number
}

/**
 * How precisely numbers are taken. exact: what cannot be taken so is left out, and `leftOut` says so. wider: at least what is valid is
 * allowed. narrower: at most that.
 */
export interface Precision {
  side: 'exact' | 'wider' | 'narrower'
  /** regions that an integer read by sums or comparisons may have; one of more places is cut into so many */
  places: number
  /** steps in which a sum is measured up to its limit */
  steps: number
  /** by integer a place that is a region of its own */
  around?: ArrayLike<number>
}

export const EXACT: Precision = { side: 'exact', places: 1024, steps: Number.POSITIVE_INFINITY }

/** Regions in all that constraints may read: a problem of very many integers is taken more coarsely. */
const REGIONS_LIMIT = 100_000

/** Grounds a problem. */
export function ground({ problem, options }: Lowered, precision: Precision): Ground {
  const { side, steps, around } = precision
  const reads = problem.constraints.flatMap(integersOf)
  const places = Math.min(precision.places, Math.max(1, Math.floor(REGIONS_LIMIT / reads.length)))
  const kinds: number[] = Array.from(problem.boundOf, bound => (bound >= 0 ? BOUND : HELPER))
  for (const { literal } of options.values()) kinds[literal >> 1] = OPTION
  const sums: Sum[] = []
  const comparisons: Comparison[] = []
  const variable = (kind: number) => 2 * (kinds.push(kind) - 1)
  const clause = (...literals: number[]) => addClause(sums, literals, false)

  const groups = groupsOf(problem)
  const memberOf = new Map(groups.flatMap(({ members }, g) => members.map(v => [v, g] as const)))
  const bounds = problem.integers.map(() => new Map<number, number>())
  problem.boundOf.forEach((integer, v) => {
    if (integer >= 0) bounds[integer]!.set(problem.boundAt[v]!, 2 * v)
  })
  const atMost = (integer: number, place: number) => {
    if (place < 0) return FALSE
    if (place >= problem.integers[integer]!) return TRUE
    let literal = bounds[integer]!.get(place)
    if (literal === undefined) {
      literal = variable(BOUND)
      bounds[integer]!.set(place, literal)
    }
    return literal
  }

  const isWhole = (integer: number) => problem.integers[integer]! < places
  for (const integer of new Set(reads)) {
    const max = problem.integers[integer]!
    const width = isWhole(integer) ? 1 : side === 'exact' ? max + 1 : Math.ceil((max + 1) / places)
    for (let place = width - 1; place < max; place += width) atMost(integer, place)
    if (around) for (const place of [around[integer]! - 1, around[integer]!]) atMost(integer, place)
  }
  const regions = problem.integers.map((max, integer) => {
    const ends = [...bounds[integer]!.keys(), max].sort((a, b) => a - b)
    return ends.map((to, i): Region => {
      const from = i === 0 ? 0 : ends[i - 1]! + 1
      const literal = variable(REGION)
      const below = atMost(integer, from - 1)
      const within = atMost(integer, to)
      clause(negate(below), within)
      clause(negate(literal), negate(below))
      clause(negate(literal), within)
      clause(literal, below, negate(within))
      return { from, to, literal }
    })
  })
  regions.forEach((list, integer) => {
    for (const { literal } of list) memberOf.set(literal >> 1, groups.length + integer)
  })
  const stepsOf = (integer: number) => regions[integer]!.slice(0, -1).map(({ to }) => negate(atMost(integer, to)))
  let leftOut = 0
  for (const constraint of problem.constraints) {
    if (constraint.kind === 'clause') addClause(sums, constraint.literals, true)
    else if (constraint.kind === 'at-most-one') addSum(sums, constraint.literals, ones(constraint.literals), 1)
    else if (!addNumeric(constraint)) {
      leftOut++
      if (side === 'narrower') clause(negate(constraint.guard))
    }
  }

  function addNumeric(constraint: Linear | Comparison): boolean {
    const isTaken = integersOf(constraint).every(isWhole)
    if (constraint.kind === 'linear') return (isTaken || side !== 'exact') && addLinear(constraint)
    if (isTaken) comparisons.push(groundComparison(constraint, stepsOf))
    return isTaken
  }

  /** False where numbers leave 2^53. */
  function addLinear(linear: Linear): boolean {
    const factors = new Map<number, number>()
    let { limit } = linear
    const add = (literal: number, weight: number) => {
      const sign = literal & 1 ? -1 : 1
      if (sign < 0) limit -= weight
      factors.set(literal >> 1, (factors.get(literal >> 1) ?? 0) + sign * weight)
    }
    for (const [i, literal] of linear.literals.entries()) add(literal, linear.weights[i]!)
    linear.integers.forEach((integer, i) => {
      const factor = linear.factors[i]!
      const own = regions[integer]!.map(({ from, to }) => factor * (factor > 0 === (side === 'narrower') ? to : from))
      const least = own.reduce((a, b) => Math.min(a, b))
      limit -= least
      regions[integer]!.forEach(({ literal }, place) => {
        factors.set(literal >> 1, own[place]! - least)
      })
    })
    for (const group of groups) limit -= levelGroup(group, factors)
    const literals: number[] = []
    const weights: number[] = []
    for (const [v, factor] of factors) {
      if (factor === 0) continue
      if (factor < 0) limit -= factor
      literals.push(factor > 0 ? 2 * v : 2 * v + 1)
      weights.push(Math.abs(factor))
    }
    if (limit > steps) limit = coarsen(literals, weights, limit)
    const total = weights.reduce((a, b) => a + b, 0)
    if (!Number.isSafeInteger(total) || !Number.isSafeInteger(limit) || !Number.isSafeInteger(total - limit)) return false
    if (total <= limit) return true
    if (linear.guard === TRUE) addSum(sums, literals, weights, limit, true)
    else addSum(sums, [...literals, linear.guard], [...weights, total - limit], total, true)
    return true
  }

  /**
   * Measures a sum in steps; returns its new limit. What rounding leaves over of the weights is forgotten, or reserved beforehand as
   * if the most of it were used up.
   */
  function coarsen(literals: number[], weights: number[], limit: number): number {
    const unit = Math.ceil(limit / steps)
    const leftOver = new Map<number, number>()
    weights.forEach((weight, i) => {
      weights[i] = Math.floor(weight / unit)
      const literal = literals[i]!
      const key = (literal & 1 ? undefined : memberOf.get(literal >> 1)) ?? -1 - literal
      leftOver.set(key, Math.max(leftOver.get(key) ?? 0, weight % unit))
    })
    const reserved = side !== 'narrower' ? 0 : [...leftOver.values()].reduce((a, b) => a + b, 0)
    return Math.floor((limit - reserved) / unit)
  }

  /**
   * Says what a group adds to a sum relative to the least that it can add, so that its factors are positive; returns that least.
   * Where nothing need be chosen in the group, that becomes one more of its literals.
   */
  function levelGroup(group: Group, factors: Map<number, number>): number {
    const own = group.members.filter(v => factors.get(v))
    if (own.length < 2) return 0
    const least = group.members.reduce(
      (min, v) => Math.min(min, factors.get(v) ?? 0),
      group.exactly ? Number.POSITIVE_INFINITY : 0,
    )
    if (least === 0) return 0
    for (const v of group.members) factors.set(v, (factors.get(v) ?? 0) - least)
    if (!group.exactly) {
      if (group.none === undefined) {
        group.none = variable(BOUND)
        memberOf.set(group.none >> 1, groups.indexOf(group))
        clause(group.none, ...group.members.map(v => 2 * v))
        for (const v of group.members) clause(negate(group.none), 2 * v + 1)
      }
      factors.set(group.none >> 1, -least)
    }
    return least
  }

  const integers = regions.map((list, integer) => [
    ...middleFirst(list.slice(0, -1).map(({ to }) => atMost(integer, to) >> 1)),
    ...list.map(({ literal }) => literal >> 1),
  ])
  const groupOf = Int32Array.from(kinds, (_, v) => memberOf.get(v) ?? -1)
  return {
    variables: kinds.length,
    kinds: Uint8Array.from(kinds),
    sums,
    comparisons,
    groups: groupOf,
    regions,
    integers,
    leftOut,
  }
}

/** Variables of which at most one holds, or exactly one. */
interface Group {
  members: number[]
  exactly: boolean
  /** the literal that holds where none does */
  none?: number
}

function groupsOf({ constraints }: Problem): Group[] {
  const keyOf = (literals: readonly number[]) => literals.toSorted((a, b) => a - b).join()
  const clauses = new Set(constraints.flatMap(constraint => (constraint.kind === 'clause' ? [keyOf(constraint.literals)] : [])))
  const taken = new Set<number>()
  const groups: Group[] = []
  for (const constraint of constraints) {
    if (constraint.kind !== 'at-most-one') continue
    const { literals } = constraint
    if (literals.some(literal => literal & 1 || taken.has(literal))) continue
    for (const literal of literals) taken.add(literal)
    groups.push({ members: literals.map(literal => literal >> 1), exactly: clauses.has(keyOf(literals)) })
  }
  return groups
}

/** Literals of which as many hold as the value of an integer. */
type Steps = (integer: number) => number[]

const ones = (literals: readonly number[]) => literals.map(() => 1)

function integersOf(constraint: Constraint): readonly number[] {
  if (constraint.kind === 'linear') return constraint.integers
  if (constraint.kind !== 'comparison') return []
  const found: number[] = []
  const visit = (expression: Expression) => {
    if (expression.op === 'sum') found.push(...expression.integers)
    else if (expression.op !== 'extreme') {
      visit(expression.left)
      visit(expression.right)
    }
  }
  visit(constraint.left)
  visit(constraint.right)
  return found
}

function middleFirst(list: readonly number[]): number[] {
  const ordered: number[] = []
  let stretches = [list]
  while (stretches.length > 0) {
    stretches = stretches.flatMap(stretch => {
      const middle = stretch.length >> 1
      if (stretch.length > 0) ordered.push(stretch[middle]!)
      return [stretch.slice(0, middle), stretch.slice(middle + 1)].filter(part => part.length > 0)
    })
  }
  return ordered
}

function addClause(sums: Sum[], literals: readonly number[], mayBeLeftOut: boolean): void {
  addSum(sums, literals.map(negate), ones(literals), literals.length - 1, mayBeLeftOut)
}

/** Adds a sum in which every variable stands once. */
function addSum(sums: Sum[], literals: readonly number[], weights: readonly number[], limit: number, mayBeLeftOut = false): void {
  const byLiteral = new Map<number, number>()
  literals.forEach((literal, i) => {
    if (weights[i] === 0) return
    const opposite = byLiteral.get(negate(literal)) ?? 0
    const both = Math.min(opposite, weights[i]!)
    limit -= both
    if (opposite > both) byLiteral.set(negate(literal), opposite - both)
    else byLiteral.delete(negate(literal))
    if (weights[i]! > both) byLiteral.set(literal, (byLiteral.get(literal) ?? 0) + weights[i]! - both)
  })
  const terms = [...byLiteral].sort(([a, v], [b, w]) => w - v || a - b)
  sums.push({ literals: terms.map(([literal]) => literal), weights: terms.map(([, weight]) => weight), limit, mayBeLeftOut })
}

function groundComparison(comparison: Comparison, stepsOf: Steps): Comparison {
  return { ...comparison, left: groundExpression(comparison.left, stepsOf), right: groundExpression(comparison.right, stepsOf) }
}

function groundExpression(expression: Expression, stepsOf: Steps): Expression {
  if (expression.op === 'extreme') return expression
  if (expression.op !== 'sum') {
    const { op, left, right } = expression
    return { op, left: groundExpression(left, stepsOf), right: groundExpression(right, stepsOf) }
  }
  const literals = [...expression.literals]
  const weights = [...expression.weights]
  expression.integers.forEach((integer, i) => {
    const steps = stepsOf(integer)
    literals.push(...steps)
    weights.push(...steps.map(() => expression.factors[i]!))
  })
  return { ...expression, literals, weights, integers: [], factors: [] }
}
