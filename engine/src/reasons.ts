import type { ProofStatus, Step } from './api.ts'
import { chainOf, statementsIn } from './chain.ts'
import { shrink } from './conflicts.ts'
import { type Fact, isNamed, literalOf } from './fact.ts'
import type { Lowered } from './lower.ts'
import { type Definitions, definitionsIn, type Part, restrict } from './restrict.ts'
import { assumptionsBehind } from './solver/analyze.ts'
import { addClause, forget } from './solver/clauses.ts'
import { type Constraint, negate, type Problem } from './solver/problem.ts'
import { assume, type Effort, type Preference, reset, search } from './solver/search.ts'
import { createSolver, type Solver } from './solver/solver.ts'
import { cancel, newLevel, newVariable } from './solver/trail.ts'

/** Numbers of the rules from which something follows, ascending, and how; `proved`: of so many it is known that they are needed. */
export interface Reasons {
  status: ProofStatus
  rules: number[]
  proved: number
  chain: Step[]
}

/** Why none of the cases can hold beside what is given, one rule left out of account. A case is facts that would all hold. */
export type FindReasons = (cases: Fact[][], given: Fact[], effort: Effort, except?: number) => Reasons

/** Rules left open beside one that is left out: the others stay assumed from one question to the next. */
const NEIGHBOURS = 64

/** Bounds that questions may have named before the solver is made anew. */
const BOUNDS_LIMIT = 400

/** Learned clauses kept from one question to the next. */
const LEARNED_LIMIT = 250

/**
 * Finds minimal sets of rules. A first set comes from the whole problem, where all rules are assumed once and for all; it is made
 * minimal in a problem of its own, which is small.
 */
export function reasonsIn(lowered: Lowered, problem: Problem): FindReasons {
  let solver = createSolver(problem, true)
  const ruleOf = new Map(solver.selectors.flatMap((literal, rule) => [[literal, rule] as const]))
  const rules = [...ruleOf.values()]
  const constraintsOf = new Map<number, Constraint[]>(rules.map(rule => [rule, []]))
  for (const constraint of problem.constraints) constraintsOf.get(constraint.rule)?.push(constraint)
  const named = new Set([...lowered.options.values(), ...lowered.numbers.values()].map(({ literal }) => literal >> 1))
  let definitions: Definitions | undefined
  let stated: ReturnType<typeof statementsIn> | undefined
  const variables = solver.variables
  let open: { from: number; to: number } | undefined

  /** Assumes all rules at level 1, but for those around the one left out; those of them that are in force are answered. */
  function standWithout(except: number | undefined): number[] {
    const from = except === undefined ? 0 : except - (except % NEIGHBOURS)
    const to = except === undefined ? 0 : from + NEIGHBOURS
    const isOpen = (rule: number) => rule >= from && rule < to
    if (open?.from !== from || open.to !== to) {
      reset(solver)
      forget(solver, 0, LEARNED_LIMIT)
      newLevel(solver)
      assume(
        solver,
        rules.filter(rule => !isOpen(rule)).map(rule => solver.selectors[rule]!),
      )
      open = { from, to }
    }
    if (except === undefined) return []
    return rules.filter(rule => isOpen(rule) && rule !== except).map(rule => solver.selectors[rule]!)
  }

  /** Names the bounds that facts speak of while nothing is assumed: what follows of them can then be told from the rules. */
  function name(facts: readonly Fact[]): void {
    if (facts.every(fact => isNamed(solver, fact))) return
    if (solver.variables >= variables + BOUNDS_LIMIT) solver = createSolver(problem, true)
    reset(solver)
    open = undefined
    for (const fact of facts) literalOf(solver, fact)
  }

  function someReasons(facts: Fact[], effort: Effort, except: number | undefined): number[] | undefined {
    name(facts)
    const neighbours = standWithout(except)
    newLevel(solver)
    const literals = facts.map(fact => literalOf(solver, fact))
    const behind = assume(solver, [...neighbours, ...literals]) ?? searched(effort)
    cancel(solver, 1)
    return behind?.flatMap(literal => ruleOf.get(literal) ?? [])
  }

  function searched(effort: Effort): number[] | undefined {
    const prefer: Preference = { values: new Int8Array(solver.values.length), integers: new Float64Array(solver.lower.length) }
    return search(solver, [], prefer, effort) === 'none' ? assumptionsBehind(solver, solver.conflict) : undefined
  }

  return (cases, given, effort, except) => {
    effort.steps--
    const found = new Set<number>()
    for (const facts of cases) {
      const some = someReasons([...facts, ...given], effort, except)
      if (!some) return { status: 'stopped', rules: [], proved: 0, chain: [] }
      for (const rule of some) found.add(rule)
    }
    const some = [...found]
    const constraints = some.flatMap(rule => constraintsOf.get(rule)!)
    definitions ??= definitionsIn(problem, lowered.problem, named)
    const part = restrict(problem, constraints, some, { cases, given }, definitions)
    const small = createSolver(part.problem, true)
    const selectors = small.selectors.filter(literal => literal !== undefined)
    const { kept, minimal, proved } = shrink(small, selectors, assumptionsOf(small, part), effort)
    const needed = new Map(kept.map(selector => [selector, lowered.rules[some[small.selectors.indexOf(selector)]!]!]))
    stated ??= statementsIn(lowered)
    return {
      status: minimal ? 'proved' : 'best-found',
      rules: some.filter((_, at) => needed.has(small.selectors[at]!)).sort((a, b) => a - b),
      proved,
      chain: chainOf(small, part, needed, stated),
    }
  }
}

/** Literals under which what is given holds, and one of the cases. The solver stands at level 0. */
function assumptionsOf(solver: Solver, { cases, given }: Part): number[] {
  const literalsOf = (facts: readonly Fact[]) => facts.map(fact => literalOf(solver, fact))
  const [first = [], ...more] = cases.map(literalsOf)
  if (more.length === 0) return [...first, ...literalsOf(given)]
  const ways = [first, ...more].map(literals => {
    const way = 2 * newVariable(solver, -1, 0)
    for (const literal of literals) addClause(solver, [negate(way), literal])
    return way
  })
  const one = 2 * newVariable(solver, -1, 0)
  addClause(solver, [negate(one), ...ways])
  return [one, ...literalsOf(given)]
}
