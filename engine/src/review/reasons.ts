import type { ProofStatus } from '../api.ts'
import type { Compiled } from '../compile.ts'
import { shrink } from '../explain.ts'
import { assumptionsBehind } from '../solver/analyze.ts'
import type { Constraint, Problem } from '../solver/problem.ts'
import { assume, type Effort, type Preference, reset, search } from '../solver/search.ts'
import { createSolver } from '../solver/solver.ts'
import { cancel, newLevel } from '../solver/trail.ts'
import { definitionsIn, restrict } from './restrict.ts'

/** Numbers of the rules from which something follows, as `ReviewFinding` tells them. */
export interface Reasons {
  status: ProofStatus
  rules: number[]
}

/** Why literals cannot hold together, one rule left out of account. */
export type FindReasons = (literals: number[], effort: Effort, except?: number) => Reasons

/** Rules left open beside one that is left out: the others stay assumed from one question to the next. */
const NEIGHBOURS = 64

/**
 * Finds minimal sets of rules. A first set comes from the whole problem, where all rules are assumed once and for all; it is made
 * minimal in a problem of its own, which is small.
 */
export function reasonsIn({ lowered }: Compiled, problem: Problem): FindReasons {
  const solver = createSolver(problem, true)
  const ruleOf = new Map(solver.selectors.flatMap((literal, rule) => [[literal, rule] as const]))
  const rules = [...ruleOf.values()]
  const constraintsOf = new Map<number, Constraint[]>(rules.map(rule => [rule, []]))
  for (const constraint of problem.constraints) constraintsOf.get(constraint.rule)?.push(constraint)
  const named = new Set([...lowered.options.values(), ...lowered.numbers.values()].map(({ literal }) => literal >> 1))
  const definitions = definitionsIn(problem, lowered.problem, named)
  let open: { from: number; to: number } | undefined

  /** Assumes all rules at level 1, but for those around the one left out. */
  function standWithout(except: number | undefined): number[] {
    const from = except === undefined ? 0 : except - (except % NEIGHBOURS)
    const to = except === undefined ? 0 : from + NEIGHBOURS
    const isOpen = (rule: number) => rule >= from && rule < to
    if (open?.from !== from || open.to !== to) {
      reset(solver)
      newLevel(solver)
      assume(
        solver,
        rules.filter(rule => !isOpen(rule)).map(rule => solver.selectors[rule]!),
      )
      open = { from, to }
    }
    return rules.filter(rule => isOpen(rule) && rule !== except).map(rule => solver.selectors[rule]!)
  }

  function someReasons(literals: number[], effort: Effort, except: number | undefined): number[] | undefined {
    const neighbours = standWithout(except)
    newLevel(solver)
    const behind = assume(solver, [...neighbours, ...literals]) ?? searched(effort)
    cancel(solver, 1)
    return behind?.flatMap(literal => ruleOf.get(literal) ?? [])
  }

  function searched(effort: Effort): number[] | undefined {
    const prefer: Preference = { values: new Int8Array(solver.values.length), integers: new Float64Array(solver.lower.length) }
    return search(solver, [], prefer, effort) === 'none' ? assumptionsBehind(solver, solver.conflict) : undefined
  }

  return (literals, effort, except) => {
    effort.steps--
    const some = someReasons(literals, effort, except)
    if (!some) return { status: 'stopped', rules: [] }
    const constraints = some.flatMap(rule => constraintsOf.get(rule)!)
    const part = restrict(problem, constraints, some, literals, definitions)
    const small = createSolver(part.problem, true)
    const selectors = small.selectors.filter(literal => literal !== undefined)
    const { kept, minimal } = shrink(small, selectors, part.literals, effort)
    const needed = new Set(kept)
    return {
      status: minimal ? 'proved' : 'best-found',
      rules: some.filter((_, at) => needed.has(small.selectors[at]!)).sort((a, b) => a - b),
    }
  }
}
