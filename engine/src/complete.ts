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
import { costsOf, raiseLeast, termsOf } from './solver/cores.ts'
import { type Assignment, buildProblem, negate, type Problem, type ProblemBuilder } from './solver/problem.ts'
import { leastSum, objectivePropagator, type Term } from './solver/propagators/objective.ts'
import { assume, type Effort, type Outcome, readAssignment, reset, search } from './solver/search.ts'
import { attach, createSolver, type Solver } from './solver/solver.ts'
import { atMost, cancel, level, newLevel, newVariable } from './solver/trail.ts'
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

/**
 * Minimises a sum over the selections of a state. Cores raise its least until it is reached, or as far as literals make it; what numbers
 * and formulas add is then bettered from selection to selection until there is none better.
 */
function completeBest(
  { compiled, requirements }: State,
  effort: Effort,
  termsIn: (builder: ProblemBuilder) => Term[],
): Completion {
  const builder = buildProblem(compiled.lowered.problem)
  const terms = termsIn(builder)
  const solver = createSolver(builder.problem)
  const { sum, others } = costsOf(terms)
  const held: number[] = []
  const begin = () => {
    reset(solver)
    newLevel(solver)
    for (const requirement of requirements) assumeRequirement(solver, requirement)
    assume(solver, held)
  }
  begin()
  const leastOfOthers = leastSum(others, solver)
  const prefer = cheapFirst(builder.problem, terms)
  let best: Assignment | undefined
  let value = Number.POSITIVE_INFINITY
  const found = () => {
    const cost = leastSum(terms, solver)
    if (cost < value) {
      value = cost
      best = blank(builder.problem)
      readAssignment(solver, best)
    }
    return value - leastOfOthers
  }

  let outcome = raiseLeast({ solver, sum, held, begin, prefer, found }, effort)
  const bound = sum.least + leastOfOthers
  // What cores left of the sum tells sooner that it is too much, but not all of it: not every tally is made.
  const objectives = [objectivePropagator(terms, 0), objectivePropagator([...termsOf(sum), ...others], sum.least)]
  const places = objectives.map(objective => attach(solver, objective))
  let guard: number
  /** Assumes a limit by a guard of its own: what is learned below one limit says so, and stays true. */
  const limit = (most: number): number[] | undefined => {
    guard = 2 * newVariable(solver, -1, 0)
    solver.wakeLiterals[guard] = places
    for (const objective of objectives) Object.assign(objective, { guard, limit: most })
    begin()
    return assume(solver, [guard])
  }
  const lasting = held.length
  while (outcome === 'found') {
    outcome = limit(value - 1) ? 'none' : search(solver, [], prefer, effort)
    if (outcome !== 'found') break
    found()
    prefer.values.set(best!.values)
    prefer.integers.set(best!.integers)
    held.push(guard!)
  }
  if (!best) return { status: 'stopped', bound: finite(bound), selection: null, objective: 0 }
  if (outcome === 'stopped')
    return { status: 'best-found', bound: finite(bound), selection: selectionOf(compiled.lowered, best), objective: value }
  held.length = lasting
  limit(value)
  const { found: preferred } = follow(solver, compiled, best, effort)
  return { status: 'proved', bound: value, selection: selectionOf(compiled.lowered, preferred), objective: value }
}

/** The same for a formula, which is greatest where its contrary is least. */
function completeToExtreme(state: State, effort: Effort, { terms, valueAt }: Extreme): Completion {
  const { bound, objective, ...completion } = completeBest(state, effort, () => terms)
  return { ...completion, bound: valueAt(bound), objective: completion.selection ? valueAt(objective) : 0 }
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
function cheapFirst(problem: Problem, terms: Term[]): Assignment {
  const prefer = blank(problem)
  for (const term of terms) {
    if (term.kind === 'weight') prefer.values[term.weight < 0 ? term.literal : negate(term.literal)] = 1
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
