import type { Budget, Explanation, RuleRef, Wish } from './api.ts'
import type { State } from './decide.ts'
import { DEFAULT_STEPS, effortOf } from './effort.ts'
import type { Lowered } from './lower.ts'
import { isError, requirementOf } from './requirement.ts'
import { assumptionsBehind } from './solver/analyze.ts'
import { addClause } from './solver/clauses.ts'
import { negate } from './solver/problem.ts'
import { assume, type Effort, reset, search } from './solver/search.ts'
import { createSolver, type Solver } from './solver/solver.ts'
import { atMost, newVariable } from './solver/trail.ts'
import type { Requirement } from './workspace.ts'

/** So many contradictions are told at once. */
const CONFLICTS_LIMIT = 20

/**
 * Why a wish is impossible, or forced: a minimal set of the user's decisions, and then a minimal set of rules, from which it follows.
 * `bound` says how many of the decisions and rules named are proved to be needed. Throws RangeError for a wish the model does not have.
 */
export function explain(state: State, wish: Wish, budget?: Budget): Explanation {
  const requirement = requirementOf(state.compiled, wish)
  if (isError(requirement)) throw new RangeError(requirement.message.en)
  const { rules, problem } = state.compiled.lowered
  const solver = createSolver(problem, true)
  const wanted = literalFor(solver, requirement)
  const unwanted = contraryOf(solver, requirement)
  const own = state.requirements.map(one => literalFor(solver, one))
  const selectors = solver.selectors.filter(literal => literal !== undefined)
  const effort = effortOf(budget)

  for (const [verdict, literal] of [
    ['impossible', wanted],
    ['forced', unwanted],
  ] as const) {
    const core = conflictOf(solver, [literal, ...selectors, ...own], effort)
    if (core === 'stopped') return { status: 'stopped', bound: 0, verdict: 'possible', decisions: [], rules: [] }
    if (!core) continue
    const decided = shrink(solver, within(own, core), [literal, ...selectors], effort)
    const needed = shrink(solver, within(selectors, decided.core), [literal, ...decided.kept], effort)
    return {
      status: decided.minimal && needed.minimal ? 'proved' : 'best-found',
      bound: decided.proved + needed.proved,
      verdict,
      decisions: state.decisions.filter((_, i) => decided.kept.includes(own[i]!)),
      rules: rules.filter((_, i) => needed.kept.includes(solver.selectors[i]!)),
    }
  }
  return { status: 'proved', bound: 0, verdict: 'possible', decisions: [], rules: [] }
}

/** Minimal sets of rules that cannot hold together, of a contradictory model: no two of them share a constraint. */
export function conflictsAmongRules({ problem, rules }: Lowered): RuleRef[][] {
  const solver = createSolver(problem, true)
  const effort: Effort = { steps: DEFAULT_STEPS }
  const conflicts: RuleRef[][] = []
  let open = solver.selectors.filter(literal => literal !== undefined)
  while (conflicts.length < CONFLICTS_LIMIT) {
    const core = conflictOf(solver, open, effort)
    if (!core || core === 'stopped') break
    const { kept } = shrink(solver, within(open, core), [], effort)
    conflicts.push(rules.filter((_, i) => kept.includes(solver.selectors[i]!)))
    // a question may be part of several conflicts, unless there is nothing but questions in one
    const written = kept.filter(literal => rules[solver.selectors.indexOf(literal)]!.kind === 'constraint')
    const settled = written.length > 0 ? written : kept
    if (settled.length === 0) break
    open = open.filter(literal => !settled.includes(literal))
  }
  return conflicts
}

/**
 * Leaves out of `candidates` one after the other what is not needed for a conflict with `others`.
 * `core`: the assumptions of the last conflict found; `proved`: how many of those kept are known to be needed.
 */
export function shrink(solver: Solver, candidates: number[], others: number[], effort: Effort) {
  let kept = candidates
  let core = [...others, ...candidates]
  let proved = 0
  let minimal = true
  // A core of the whole, so that rules can be told from the decisions that remain even if nothing is left out.
  const whole = conflictOf(solver, core, effort)
  if (Array.isArray(whole)) {
    core = whole
    kept = within(kept, whole)
  }
  for (const candidate of kept.slice().reverse()) {
    if (!kept.includes(candidate)) continue
    const rest = kept.filter(one => one !== candidate)
    const found = conflictOf(solver, [...others, ...rest], effort)
    if (found === 'stopped') minimal = false
    else if (!found) proved++
    else {
      core = found
      kept = within(rest, found)
    }
  }
  return { kept, core, proved, minimal }
}

function within(candidates: number[], core: number[]): number[] {
  const found = new Set(core)
  return candidates.filter(one => found.has(one))
}

/** Some of the assumptions that contradict each other; undefined where they agree. */
function conflictOf(solver: Solver, assumptions: number[], effort: Effort): number[] | 'stopped' | undefined {
  if (!reset(solver)) return []
  const core = assume(solver, assumptions)
  if (core) return core
  const prefer = { values: new Int8Array(solver.values.length), integers: new Float64Array(solver.lower.length) }
  const outcome = search(solver, [], prefer, effort)
  if (outcome === 'stopped') return 'stopped'
  return outcome === 'none' ? assumptionsBehind(solver, solver.conflict) : undefined
}

/** A literal that makes a requirement hold. The solver stands at level 0. */
export function literalFor(solver: Solver, requirement: Requirement): number {
  const literal = 2 * newVariable(solver, -1, 0)
  for (const needed of literalsOf(solver, requirement)) addClause(solver, [negate(literal), needed])
  return literal
}

/** A literal that makes a requirement fail. */
function contraryOf(solver: Solver, requirement: Requirement): number {
  const literal = 2 * newVariable(solver, -1, 0)
  addClause(solver, [negate(literal), ...literalsOf(solver, requirement).map(negate)])
  return literal
}

function literalsOf(solver: Solver, { literals, integer, place }: Requirement): number[] {
  if (integer === undefined || place === undefined) return literals
  return [...literals, atMost(solver, integer, place), negate(atMost(solver, integer, place - 1))]
}
