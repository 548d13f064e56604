import type { Budget, ProofStatus, Repair, Repairs, Wish } from './api.ts'
import { complete } from './complete.ts'
import { replaces, type State } from './decide.ts'
import { effortOf } from './effort.ts'
import type { Selection } from './model.ts'
import { price } from './price.ts'
import { priceTerms } from './price-terms.ts'
import { isError, requirementOf } from './requirement.ts'
import { type Assignment, buildProblem, negate, type ProblemBuilder, TRUE } from './solver/problem.ts'
import { objectivePropagator } from './solver/propagators/objective.ts'
import { assume, type Effort, readAssignment, reset, search } from './solver/search.ts'
import { addConstraint, createSolver, type Solver } from './solver/solver.ts'
import { newVariable } from './solver/trail.ts'
import { assumeRequirement, type Requirement } from './workspace.ts'

/** Ways looked at to find the cheapest, at most. */
const WAYS_LIMIT = 64

export type RepairGoal = { by: 'fewest' | 'cheapest'; limit?: number } & Budget

/**
 * How a wish could hold: sets of the user's decisions to give up, each as small as can be (giving up any less of it does not do),
 * sorted by their number or by price; at most `limit`, 3 if not said. None where the rules forbid the wish itself; one that
 * gives up nothing where it is possible already. Throws RangeError for a wish the model does not have.
 */
export function repair(state: State, wish: Wish, goal: RepairGoal): Repairs {
  const requirement = requirementOf(state.compiled, wish)
  if (isError(requirement)) throw new RangeError(requirement.message.en)
  const effort = effortOf(goal)
  const limit = goal.limit ?? 3
  const found = findWays(state, requirement, effort, goal.by === 'fewest' ? limit : WAYS_LIMIT)

  const before = netOf(state, complete(state, { goal: 'defaults' }, effort).selection)
  const repairs = found.ways.map(way => repairBy(state, wish, requirement, way, before, effort))
  const difference = ({ priceDifference }: Repair) => priceDifference ?? Number.POSITIVE_INFINITY
  const bySize = (a: Repair, b: Repair) => a.remove.length - b.remove.length
  const byPrice = (a: Repair, b: Repair) => (difference(a) === difference(b) ? 0 : difference(a) - difference(b))
  const [first, second] = goal.by === 'fewest' ? [bySize, byPrice] : [byPrice, bySize]
  repairs.sort((a, b) => first(a, b) || second(a, b))

  const enough = goal.by === 'fewest' && found.ways.length >= limit
  const status: ProofStatus = found.all || enough ? 'proved' : repairs.length > 0 ? 'best-found' : 'stopped'
  const bound =
    goal.by === 'fewest'
      ? (repairs[0]?.remove.length ?? found.least)
      : status === 'proved'
        ? (repairs[0]?.priceDifference ?? 0)
        : leastPrice(state, requirement) - (before ?? 0)
  return { status, bound, repairs: repairs.slice(0, limit) }
}

interface Way {
  /** by decision: whether it is kept */
  kept: boolean[]
  assignment: Assignment
}

/**
 * Minimal sets of decisions to give up, smallest first: for every number of them all ways, each then forbidden together with
 * everything that gives up more. `least`: nothing smaller does.
 */
function findWays(
  state: State,
  requirement: Requirement,
  effort: Effort,
  limit: number,
): { ways: Way[]; all: boolean; least: number } {
  const builder = buildProblem(state.compiled.lowered.problem)
  const keeps = state.requirements.map(one => keeping(builder, one))
  const solver = createSolver(builder.problem)
  const ways: Way[] = []
  for (let count = -1; count <= keeps.length; count++) {
    // First without any bound: whether the wish is possible at all.
    const guard = count < 0 ? TRUE : giveUpAtMost(solver, keeps, count)
    for (;;) {
      const way = findWay(state, solver, requirement, keeps, guard, effort)
      if (way === 'stopped') return { ways, all: false, least: Math.max(0, count) }
      if (!way && count < 0) return { ways, all: true, least: 0 }
      if (!way || count < 0) break
      ways.push(way)
      if (ways.length >= limit) return { ways, all: false, least: count }
      if (!reset(solver)) break
      addConstraint(solver, { kind: 'clause', rule: -1, literals: keeps.filter((_, i) => !way.kept[i]) })
    }
    if (!solver.consistent) break
  }
  return { ways, all: true, least: 0 }
}

function findWay(
  state: State,
  solver: Solver,
  requirement: Requirement,
  keeps: number[],
  guard: number,
  effort: Effort,
): Way | 'stopped' | undefined {
  if (!reset(solver) || !assumeRequirement(solver, requirement) || assume(solver, [guard])) return undefined
  const assignment = preferring(solver, state.witness, keeps)
  const outcome = search(solver, [], assignment, effort)
  if (outcome === 'stopped') return 'stopped'
  if (outcome === 'none') return undefined
  readAssignment(solver, assignment)
  const kept = keeps.map(literal => solver.values[literal]! > 0)
  const { variables } = state.compiled.lowered.problem
  return { kept, assignment: { values: assignment.values.slice(0, 2 * variables), integers: assignment.integers } }
}

/** A literal that holds only if the requirement does. */
function keeping(builder: ProblemBuilder, { literals, integer, place }: Requirement): number {
  const keep = builder.literal()
  const needed = literals.slice()
  if (integer !== undefined && place !== undefined)
    needed.push(builder.atMost(integer, place), negate(builder.atMost(integer, place - 1)))
  for (const literal of needed) builder.clause(-1, [negate(keep), literal])
  return keep
}

/** A literal under which at most so many decisions are given up. */
function giveUpAtMost(solver: Solver, keeps: number[], count: number): number {
  reset(solver)
  const guard = 2 * newVariable(solver, -1, 0)
  const literals = keeps.map(negate)
  addConstraint(solver, {
    kind: 'linear',
    rule: -1,
    guard,
    literals,
    weights: literals.map(() => 1),
    integers: [],
    factors: [],
    limit: count,
  })
  return guard
}

function preferring(solver: Solver, witness: Assignment, keeps: number[]): Assignment {
  const values = new Int8Array(2 * solver.problem.variables)
  values.set(witness.values)
  for (const literal of keeps) values[literal] = 1
  return { values, integers: witness.integers.slice() }
}

function repairBy(
  state: State,
  wish: Wish,
  requirement: Requirement,
  { kept, assignment }: Way,
  before: number | null,
  effort: Effort,
): Repair {
  const { compiled } = state
  const stays = state.decisions.map((decision, i) => kept[i]! && !replaces(compiled, wish, decision))
  const after: State = {
    compiled,
    decisions: [...state.decisions.filter((_, i) => stays[i]), wish],
    requirements: [...state.requirements.filter((_, i) => stays[i]), requirement],
    witness: assignment,
    memo: {},
  }
  const selection = complete(after, { goal: 'defaults' }, effort).selection!
  const net = netOf(state, selection)
  return {
    remove: state.decisions.filter((_, i) => !kept[i]),
    decisions: after.decisions.slice(),
    selection,
    priceDifference: net === null || before === null ? null : net - before,
  }
}

function netOf({ compiled }: State, selection: Selection | null): number | null {
  const priced = selection && price(compiled, selection)
  return priced?.status === 'priced' ? priced.net : null
}

/** What any selection with the wish costs at least. */
function leastPrice({ compiled }: State, requirement: Requirement): number {
  const builder = buildProblem(compiled.lowered.problem)
  const objective = objectivePropagator(priceTerms(builder, compiled, compiled.lowered))
  const solver = createSolver(builder.problem)
  assumeRequirement(solver, requirement)
  return Math.max(Number.MIN_SAFE_INTEGER, objective.least(solver))
}
