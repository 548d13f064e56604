import type { RuleRef } from './api.ts'
import { DEFAULT_STEPS } from './effort.ts'
import type { Lowered } from './lower.ts'
import { assumptionsBehind } from './solver/analyze.ts'
import { assume, type Effort, reset, search } from './solver/search.ts'
import { createSolver, type Solver } from './solver/solver.ts'

/** So many contradictions are told at once. */
const CONFLICTS_LIMIT = 20

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
 * `proved`: how many of those kept are known to be needed.
 */
export function shrink(solver: Solver, candidates: number[], others: number[], effort: Effort) {
  let kept = candidates
  let proved = 0
  let minimal = true
  const whole = conflictOf(solver, [...others, ...candidates], effort)
  if (Array.isArray(whole)) kept = within(kept, whole)
  for (const candidate of kept.slice().reverse()) {
    if (!kept.includes(candidate)) continue
    const rest = kept.filter(one => one !== candidate)
    const found = conflictOf(solver, [...others, ...rest], effort)
    if (found === 'stopped') minimal = false
    else if (!found) proved++
    else kept = within(rest, found)
  }
  return { kept, proved, minimal }
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
