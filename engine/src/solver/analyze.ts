import { HEADER } from './clauses.ts'
import type { Solver } from './solver.ts'
import { cancel, GUESS, level } from './trail.ts'

/**
 * Resolves the conflict back to one literal of its own level and returns the clause that follows: that literal's negation
 * first, all others false below. Literals of level 0 drop out.
 */
export function analyze(solver: Solver): number[] {
  const { seen, levels, trail } = solver
  const current = level(solver)
  const learned = [0]
  const touched: number[] = []
  let open = 0
  const add = (literal: number) => {
    const variable = literal >> 1
    const at = levels[variable]!
    if (seen[variable] || at === 0) return
    seen[variable] = 1
    touched.push(variable)
    bump(solver, variable)
    if (at >= current) open++
    else learned.push(literal)
  }
  for (const literal of solver.conflict) add(literal)
  const reason: number[] = []
  for (let i = solver.trailSize - 1; ; i--) {
    const literal = trail[i]!
    if (!seen[literal >> 1] || levels[literal >> 1]! < current) continue
    if (--open === 0) {
      learned[0] = literal ^ 1
      break
    }
    reason.length = 0
    reasonOf(solver, literal, reason)
    for (const other of reason) add(other)
  }
  const kept = learned.filter((literal, i) => i === 0 || !followsFromSeen(solver, literal))
  for (const variable of touched) seen[variable] = 0
  solver.activityStep *= 1.05
  return kept
}

/** The assumptions (unexplained literals of level 1) from which the false literals in `from` follow. */
export function assumptionsBehind(solver: Solver, from: number[]): number[] {
  const { seen, levels, reasons, trail } = solver
  const touched: number[] = []
  const behind: number[] = []
  const add = (literal: number) => {
    const variable = literal >> 1
    if (seen[variable] || levels[variable] === 0) return
    seen[variable] = 1
    touched.push(variable)
  }
  for (const literal of from) add(literal)
  const reason: number[] = []
  for (let i = solver.trailSize - 1; i >= 0; i--) {
    const literal = trail[i]!
    if (!seen[literal >> 1]) continue
    if (reasons[literal >> 1] === GUESS) {
      behind.push(literal)
      continue
    }
    reason.length = 0
    reasonOf(solver, literal, reason)
    for (const other of reason) add(other)
  }
  for (const variable of touched) seen[variable] = 0
  return behind
}

/** Takes back to the level where the conflict arose, at least `base`, and says which: it may be noticed later than it was made. */
export function levelOfConflict(solver: Solver, base: number): number {
  let deepest = base
  for (const literal of solver.conflict) deepest = Math.max(deepest, solver.levels[literal >> 1]!)
  cancel(solver, deepest)
  return deepest
}

/** Adds the other literals of the clause that made `literal` hold; all are false. */
export function reasonOf(solver: Solver, literal: number, out: number[]): void {
  const reason = solver.reasons[literal >> 1]!
  const key = reason >> 2
  switch (reason & 3) {
    case 1: {
      const end = key + HEADER + solver.arena[key]!
      for (let i = key + HEADER; i < end; i++) {
        if (solver.arena[i] !== literal) out.push(solver.arena[i]!)
      }
      return
    }
    case 2:
      out.push(key)
      return
    case 3:
      solver.propagators[key]?.explain(solver, literal, solver.positions[literal >> 1]!, out)
      return
    default:
  }
}

/** Whether a literal of the learned clause is implied by the others: its own reason lies among them. */
function followsFromSeen(solver: Solver, literal: number): boolean {
  const reason = solver.reasons[literal >> 1]!
  if ((reason & 3) !== 1 && (reason & 3) !== 2) return false
  const others: number[] = []
  reasonOf(solver, literal ^ 1, others)
  return others.every(other => solver.seen[other >> 1] || solver.levels[other >> 1] === 0)
}

function bump(solver: Solver, variable: number): void {
  solver.activity[variable] = solver.activity[variable]! + solver.activityStep
  if (solver.activity[variable]! < 1e100) return
  for (let v = 0; v < solver.variables; v++) solver.activity[v] = solver.activity[v]! * 1e-100
  solver.activityStep *= 1e-100
}
