import type { Budget, ProofStatus, Repair, Repairs, Wish } from './api.ts'
import { complete } from './complete.ts'
import { replaces, type State } from './decide.ts'
import { effortOf } from './effort.ts'
import { type Fact, factsOf } from './fact.ts'
import type { Selection } from './model.ts'
import { changesFor, neededFor } from './possible.ts'
import { price } from './price.ts'
import { priceTerms } from './price-terms.ts'
import { isError, requirementOf } from './requirement.ts'
import { apply } from './solver/checker.ts'
import { type Assignment, buildProblem } from './solver/problem.ts'
import { leastSum } from './solver/propagators/objective.ts'
import { type Effort, spent } from './solver/search.ts'
import { createSolver } from './solver/solver.ts'
import { assumeRequirement, copyOf, type Requirement } from './workspace.ts'

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
  const found = findWays(state, factsOf(requirement), effort, goal.by === 'fewest' ? limit : WAYS_LIMIT)

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
  /** places of the decisions given up */
  givenUp: number[]
  assignment: Assignment
}

/**
 * Minimal sets of decisions to give up, smallest first. Whatever makes the wish possible gives up one decision of every conflict with it:
 * sets that do so are tried by size, and one that does not suffice shows another conflict. `least`: nothing smaller does.
 */
function findWays(state: State, facts: Fact[], effort: Effort, limit: number): { ways: Way[]; all: boolean; least: number } {
  const { requirements, compiled, witness } = state
  const places = [...requirements.keys()]
  const ways: Way[] = []
  const conflicts: number[][] = []

  /** Tries what gives up a set and `more` decisions besides; false where the budget ends or there are ways enough. */
  const tryWith = (givenUp: number[], more: number): boolean => {
    if (spent(effort)) return false
    effort.steps--
    if (ways.some(way => way.givenUp.every(place => givenUp.includes(place)))) return true
    const open = conflicts.filter(one => !one.some(place => givenUp.includes(place)))
    if (apart(open) > more) return true
    const conflict = open[0] ?? conflictBeside(givenUp)
    if (conflict === 'stopped') return false
    if (!conflict) return ways.length < limit
    return more === 0 || conflict.every(place => tryWith([...givenUp, place], more - 1))
  }
  /** A conflict of the wish with the decisions that stay; none where it is possible beside them, which is a way. */
  const conflictBeside = (givenUp: number[]): number[] | 'stopped' | undefined => {
    const rest = places.filter(place => !givenUp.includes(place))
    const changes = changesFor(
      state,
      rest.map(place => requirements[place]!),
      facts,
      effort,
    )
    if (changes === 'stopped') return 'stopped'
    if (changes === 'none') {
      const { needed } = neededFor(state, rest, [facts], effort)
      conflicts.push(needed)
      return needed
    }
    const assignment = copyOf(witness)
    apply(compiled.work.checker, assignment, changes)
    ways.push({ givenUp: givenUp.toSorted((a, b) => a - b), assignment })
    return undefined
  }

  for (let size = 0; size <= places.length; size++) {
    if (!tryWith([], size)) return { ways, all: false, least: size }
    if (conflicts.some(one => one.length === 0)) break
  }
  return { ways, all: true, least: 0 }
}

/** How many of the sets, one after the other, share nothing with those counted before: so many elements at least hit them all. */
function apart(sets: readonly number[][]): number {
  const counted = new Set<number>()
  let count = 0
  for (const one of sets) {
    if (one.some(element => counted.has(element))) continue
    count++
    for (const element of one) counted.add(element)
  }
  return count
}

function repairBy(
  state: State,
  wish: Wish,
  requirement: Requirement,
  { givenUp, assignment }: Way,
  before: number | null,
  effort: Effort,
): Repair {
  const { compiled } = state
  const stays = state.decisions.map((decision, place) => !givenUp.includes(place) && !replaces(compiled, wish, decision))
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
    remove: givenUp.map(place => state.decisions[place]!),
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
  const terms = priceTerms(builder, compiled, compiled.lowered)
  const solver = createSolver(builder.problem)
  assumeRequirement(solver, requirement)
  return Math.max(Number.MIN_SAFE_INTEGER, leastSum(terms, solver))
}
