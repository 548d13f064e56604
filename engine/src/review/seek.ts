import type { Compiled } from '../compile.ts'
import { findDelta, searchDelta } from '../deltas.ts'
import { footingAt } from '../solver/footing.ts'
import { type Assignment, negate, type Problem } from '../solver/problem.ts'
import { assume, type Effort, readAssignment, search, spent } from '../solver/search.ts'
import { cancel } from '../solver/trail.ts'
import { createWorkspace, type Requirement, refresh, stand } from '../workspace.ts'

export type Answer = 'possible' | 'impossible' | 'unsettled'

/** Whether literals of a problem can hold together, and with what is given: cheap while that stays the same object. */
export type Seek = (literals: readonly number[], given?: readonly Requirement[]) => Answer

/**
 * Asks a problem many questions, each from the same valid assignment: most are answered by a few changes to it. The problem goes on from
 * that of the model, and leaves every selection of it possible.
 */
export function seekIn({ lowered, witness }: Compiled, problem: Problem, effort: Effort): Seek {
  if (spent(effort)) return () => 'unsettled'
  const work = createWorkspace({ ...lowered, problem })
  const base = extended(witness, problem)
  stand(work, [])
  if (search(work.solver, [], base, effort) !== 'found') return () => 'unsettled'
  readAssignment(work.solver, base)
  cancel(work.solver, 1)
  const footing = footingAt(work.checker, base)

  return (literals, given = nothing) => {
    if (literals.every(literal => base.values[literal]! > 0)) return 'possible'
    if (spent(effort)) return 'unsettled'
    refresh(work)
    if (!stand(work, given)) return 'impossible'
    const part = { ...effort, steps: Math.min(QUESTION_STEPS, effort.steps) }
    const answer = ask(literals, part)
    effort.steps -= Math.min(QUESTION_STEPS, effort.steps) - part.steps + 1
    return answer
  }

  function ask(literals: readonly number[], effort: Effort): Answer {
    if (literals.some(literal => work.solver.values[literal]! < 0)) return 'impossible'
    const [only, ...more] = literals
    const found =
      only !== undefined && more.length === 0
        ? findDelta(work, footing, only, effort)
        : searchDelta(work, footing, literals.slice(), footing, effort)
    if (found) return 'possible'
    if (spent(effort)) return 'unsettled'
    if (only !== undefined && more.length === 0) assume(work.solver, [negate(only)])
    return 'impossible'
  }
}

/** One hard question does not keep the others from being asked. */
const QUESTION_STEPS = 20_000

const nothing: readonly Requirement[] = []
function extended({ values, integers }: Assignment, problem: Problem): Assignment {
  const wider: Assignment = { values: new Int8Array(2 * problem.variables), integers: integers.slice() }
  wider.values.set(values.subarray(0, Math.min(values.length, wider.values.length)))
  return wider
}
