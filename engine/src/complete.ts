import type { Budget, Completion, Goal, ProofStatus } from './api.ts'
import type { Compiled } from './compile.ts'
import type { State } from './decide.ts'
import { differenceTerms } from './difference-terms.ts'
import { effortOf } from './effort.ts'
import { evaluateLogic, isChosen, pieces } from './formula/evaluate.ts'
import type { Default, Selection } from './model.ts'
import { type Extreme, objectiveOf } from './objective.ts'
import { priceTerms } from './price-terms.ts'
import { selectionOf } from './selection.ts'
import { type Assignment, buildProblem, negate, type Problem, type ProblemBuilder } from './solver/problem.ts'
import { propagate } from './solver/propagate.ts'
import { objectivePropagator, type Term } from './solver/propagators/objective.ts'
import { assume, type Effort, type Outcome, readAssignment, reset, search } from './solver/search.ts'
import { attach, createSolver, type Solver } from './solver/solver.ts'
import { atMost, cancel, level, newLevel } from './solver/trail.ts'
import { assumeRequirement, copyOf, stand } from './workspace.ts'

/**
 * Completes the decisions to a whole valid selection.
 * defaults: as many defaults as can be kept, earlier ones first; where none speaks, nothing that need not be chosen,
 * the first of its group otherwise, and the least of a number. cheapest, closest, least, greatest: the best there is, and among
 * equals by defaults. Throws where the formula of least or greatest has an error, is not linear or too large to be exact.
 */
export function complete(state: State, goal: Goal, budget?: Budget): Completion {
  const effort = effortOf(budget)
  switch (goal.goal) {
    case 'defaults':
      return completeByDefaults(state, effort)
    case 'cheapest':
      return completeBest(state, effort, builder => priceTerms(builder, state.compiled, state.compiled.lowered))
    case 'closest':
      return completeBest(state, effort, builder => differenceTerms(builder, state.compiled.lowered, goal.to))
    case 'least':
    case 'greatest':
      return completeToExtreme(state, effort, objectiveOf(state.compiled, goal))
    default:
      return goal satisfies never
  }
}

/** What it proves is the same whatever was asked before: every option and number has its place among the preferences. */
function completeByDefaults({ compiled, requirements, witness }: State, effort: Effort): Completion {
  const { lowered, work } = compiled
  work.assumed = undefined
  stand(work, requirements)
  const { found, status, givenUp } = follow(work.solver, compiled, witness, effort)
  work.assumed = undefined // the preferences are assumed with the requirements
  const selection = selectionOf(lowered, found)
  const objective = defaultsGivenUp(compiled, selection)
  return { status, bound: status === 'proved' ? objective : givenUp, selection, objective }
}

/** Minimises a sum over the selections of a state: each found is bettered until there is none better. */
function completeBest(state: State, effort: Effort, termsIn: (builder: ProblemBuilder) => Term[]): Completion {
  const { compiled, requirements } = state
  const builder = buildProblem(compiled.lowered.problem)
  const terms = termsIn(builder)
  const begin = () => {
    const solver = createSolver(builder.problem)
    const objective = objectivePropagator(terms)
    attach(solver, objective)
    return { solver, objective }
  }
  /** Starts over under a limit; false where that leaves nothing. */
  const limited = ({ solver, objective }: ReturnType<typeof begin>, limit: number) => {
    objective.limit = limit
    if (!reset(solver)) return false
    newLevel(solver)
    if (!requirements.every(one => assumeRequirement(solver, one))) return false
    return objective.propagate(solver, solver.propagators.indexOf(objective)) && propagate(solver)
  }

  const minimiser = begin()
  const { solver, objective } = minimiser
  limited(minimiser, Number.POSITIVE_INFINITY)
  const bound = objective.least(solver)
  const prefer = cheapFirst(solver, terms)
  let best: Assignment | undefined
  let value = Number.POSITIVE_INFINITY
  let outcome: Outcome = 'found'
  while (outcome === 'found') {
    outcome = limited(minimiser, value - 1) ? search(solver, [], prefer, effort) : 'none'
    if (outcome !== 'found') break
    readAssignment(solver, prefer)
    best = copyOf(prefer)
    value = objective.least(solver)
  }
  if (!best) return { status: 'stopped', bound: finite(bound), selection: null, objective: 0 }
  if (outcome === 'stopped') {
    return { status: 'best-found', bound: finite(bound), selection: selectionOf(compiled.lowered, best), objective: value }
  }
  // Another solver: what the first one learned holds only below the value.
  const settler = begin()
  if (limited(settler, value)) best = follow(settler.solver, compiled, best, effort).found
  return { status: 'proved', bound: value, selection: selectionOf(compiled.lowered, best), objective: value }
}

/** The lowest place of an integer that stands for the value of a formula: each found is bettered until there is none better. */
function completeToExtreme(
  { compiled, requirements }: State,
  effort: Effort,
  { problem, integer, valueAt }: Extreme,
): Completion {
  const solver = createSolver(problem)
  newLevel(solver)
  for (const requirement of requirements) assumeRequirement(solver, requirement)
  const base = level(solver)
  const least = solver.lower[integer]!
  let best: Assignment | undefined
  let outcome: Outcome = 'found'
  while (outcome === 'found') {
    const next: Assignment = best ? copyOf(best) : blank(problem)
    const place = best?.integers[integer] ?? Number.POSITIVE_INFINITY
    if (place <= least) break
    outcome = search(solver, best ? [atMost(solver, integer, place - 1)] : [], next, effort)
    if (outcome !== 'found') break
    readAssignment(solver, next)
    best = next
    cancel(solver, base)
  }
  if (!best) return { status: 'stopped', bound: valueAt(least), selection: null, objective: 0 }
  const place = best.integers[integer]!
  const objective = valueAt(place)
  if (outcome === 'stopped') {
    return { status: 'best-found', bound: valueAt(least), selection: selectionOf(compiled.lowered, best), objective }
  }
  const settler = createSolver(problem)
  newLevel(settler)
  for (const requirement of requirements) assumeRequirement(settler, requirement)
  assume(settler, [atMost(settler, integer, place)])
  const ideal = blank(problem)
  ideal.values.set(compiled.preferences.ideal.values)
  ideal.integers.set(compiled.preferences.ideal.integers)
  const preferring = { ...compiled, preferences: { ...compiled.preferences, ideal } }
  const { found } = follow(settler, preferring, best, effort)
  return { status: 'proved', bound: objective, selection: selectionOf(compiled.lowered, found), objective }
}

const blank = ({ variables, integers }: Problem): Assignment => ({
  values: new Int8Array(2 * variables),
  integers: new Float64Array(integers.length),
})

/** Assumes the preferences of the model one after the other at the present level, each where it can be kept. `witness` is valid there. */
function follow(
  solver: Solver,
  compiled: Compiled,
  witness: Assignment,
  effort: Effort,
): { found: Assignment; status: ProofStatus; givenUp: number } {
  const { preferences } = compiled
  const base = level(solver)
  let found = witness
  let givenUp = 0
  const better = (wish: number): Outcome => {
    const next = copyOf(preferences.ideal)
    const outcome = search(solver, [wish], next, effort)
    if (outcome === 'found') {
      readAssignment(solver, next)
      found = next
      cancel(solver, base)
    }
    return outcome
  }
  for (const [i, literal] of preferences.literals.entries()) {
    if (solver.values[literal] === 0) {
      const outcome = found.values[literal]! > 0 ? 'found' : better(literal)
      if (outcome === 'stopped') return { found, status: 'best-found', givenUp }
      assume(solver, [outcome === 'found' ? literal : negate(literal)])
    }
    if (i < preferences.defaults && solver.values[literal]! < 0) givenUp++
  }
  for (const integer of preferences.integers) {
    while (solver.lower[integer]! < solver.upper[integer]!) {
      const least = solver.lower[integer]!
      const place = found.integers[integer]!
      const middle = place === least ? least : least + Math.floor((place - 1 - least) / 2)
      const bound = atMost(solver, integer, middle)
      const outcome = place === least ? 'found' : better(bound)
      if (outcome === 'stopped') return { found, status: 'best-found', givenUp }
      if (solver.values[bound] === 0) assume(solver, [outcome === 'found' ? bound : negate(bound)])
    }
  }
  return { found, status: 'proved', givenUp }
}

/** Prefers the cheaper value of everything that the objective reads. */
function cheapFirst(solver: Solver, terms: Term[]): Assignment {
  const prefer: Assignment = {
    values: new Int8Array(2 * solver.problem.variables),
    integers: new Float64Array(solver.lower.length),
  }
  for (const term of terms) {
    if (term.kind === 'weight' && term.weight < 0) prefer.values[term.literal] = 1
    if (term.kind === 'choice') {
      const least = Math.min(...term.amounts)
      prefer.values[term.literals[term.amounts.indexOf(least)]!] = 1
    }
  }
  return prefer
}

/** How many defaults a selection does not keep. */
function defaultsGivenUp({ rules }: Compiled, selection: Selection): number {
  return rules.defaults.filter(({ rule, when }) => (!when || evaluateLogic(when, selection)) && !isKept(rule, selection)).length
}

function isKept(rule: Default, selection: Selection): boolean {
  if ('number' in rule) return Object.hasOwn(selection.numbers, rule.number) && selection.numbers[rule.number] === rule.value
  if ('quantity' in rule) return pieces(selection, rule.option) === rule.quantity
  return isChosen(selection, rule.option) === rule.chosen
}

const finite = (bound: number) => (Number.isFinite(bound) ? bound : Number.MIN_SAFE_INTEGER)
