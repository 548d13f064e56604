import { assumptionsBehind } from './analyze.ts'
import { negate } from './problem.ts'
import type { Term } from './propagators/objective.ts'
import { assume, type Effort, type Outcome, type Preference, search, spent, tryLiteral } from './search.ts'
import { addConstraint, type Solver } from './solver.ts'
import { cancel, newLevel, newVariable } from './trail.ts'

/**
 * A sum that is to be small, told by what fails: `least`, and for each literal of `costs` that fails its cost, which is positive.
 * Cores raise `least` and keep the sum what it was (see `raiseLeast`).
 */
export interface CostSum {
  least: number
  costs: Map<number, number>
  /** by literal: it holds while at most `most` of `failing` do; one more of the chain is made when it fails itself */
  tallies: Map<number, { failing: number[]; most: number }>
}

/** The part of a sum that literals make, as costs, and the other terms. */
export function costsOf(terms: readonly Term[]): { sum: CostSum; others: Term[] } {
  const sum: CostSum = { least: 0, costs: new Map(), tallies: new Map() }
  const { costs } = sum
  const others: Term[] = []
  const add = (literal: number, amount: number) => {
    if (amount < 0) sum.least += amount
    const held = amount > 0 ? negate(literal) : literal
    const against = costs.get(negate(held)) ?? 0
    const both = Math.min(against, Math.abs(amount))
    sum.least += both
    if (against > both) costs.set(negate(held), against - both)
    else costs.delete(negate(held))
    if (Math.abs(amount) > both) costs.set(held, (costs.get(held) ?? 0) + Math.abs(amount) - both)
  }
  for (const term of terms) {
    if (term.kind === 'weight') add(term.literal, term.weight)
    else if (term.kind === 'choice') for (const [i, literal] of term.literals.entries()) add(literal, term.amounts[i]!)
    else others.push(term)
  }
  return { sum, others }
}

/** The sum as terms again, without its least. */
export const termsOf = ({ costs }: CostSum): Term[] =>
  Array.from(costs, ([literal, weight]): Term => ({ kind: 'weight', literal: negate(literal), weight }))

/** Cores of more literals than this are shortened, and of no more than that: it is not worth it. */
const SHORT = 4
const LONG = 64

/** A question whose sum is to be small. */
export interface Question {
  solver: Solver
  sum: CostSum
  /** literals that hold in every assignment that costs no more than the cheapest known */
  held: number[]
  /** Brings the solver to level 1, where what is asked about is assumed, and `held`. */
  begin(): void
  prefer: Preference
  /** Takes the complete assignment on the trail, and says what the sum may be at most where it is no dearer than the best one. */
  found(): number
}

/**
 * Raises the least of a sum by cores. Literals that cannot all hold cost together at least what the cheapest of them does: so much is
 * taken from each and added to the least, and where more than one of them fails, a tally costs it. Dear literals come first, so
 * that assignments are found on the way (OLL of Andres, Kaufmann, Matheis and Schaub, 2012, in strata).
 *
 * none: nothing is cheaper than the best assignment found. found: something may be, but cores no longer tell. stopped: the effort is spent.
 */
export function raiseLeast(question: Question, effort: Effort): Outcome {
  const { solver, sum, prefer } = question
  const { costs } = sum
  question.begin()
  settleDecided(question)
  // The first search is asked for nothing, so that there soon is an answer.
  let stratum = Number.POSITIVE_INFINITY
  let ladder = ladderOf(costs, stratum)
  /** Cores with tallies: where many are needed, each says too little. */
  let built = costs.size / 4
  for (;;) {
    if (spent(effort)) return 'stopped'
    let core = climb(question, ladder)
    if (!core) {
      const outcome = search(solver, [], prefer, effort)
      if (outcome === 'stopped') return 'stopped'
      if (outcome === 'none') core = costly(sum, assumptionsBehind(solver, solver.conflict))
    }
    if (core) {
      if (core.some(literal => sum.tallies.has(literal)) && --built < 0) return 'found'
      effort.steps--
      if (core.length > SHORT) core = shorten(question, ladder, core, effort)
      relax(question, core, ladder)
      continue
    }
    const room = question.found() - sum.least
    const next = nextStratum(costs, stratum)
    if (room <= 0) return 'none'
    if (next === undefined) return 'found'
    for (const [literal, cost] of costs) if (cost > room) question.held.push(literal)
    question.begin()
    settleDecided(question)
    stratum = next
    ladder = ladderOf(costs, stratum)
  }
}

/** Half of the greatest cost below another; undefined if there is none. */
function nextStratum(costs: CostSum['costs'], below: number): number | undefined {
  let greatest = 0
  for (const cost of costs.values()) if (cost < below && cost > greatest) greatest = cost
  return greatest === 0 ? undefined : greatest / 2
}

/** Adds to the least what fails already, and forgets what holds. */
function settleDecided({ solver, sum }: Question): void {
  for (const [literal, cost] of sum.costs) {
    if (solver.values[literal] === 0) continue
    if (solver.values[literal]! < 0) {
      sum.least += cost
      pay(solver, sum, literal, cost)
    } else sum.costs.delete(literal)
  }
}

/** Literals that cost at least so much, to be assumed one after the other, each on a level of its own above 1. */
interface Ladder {
  literals: number[]
  next: number
  /** by level from 2: the place of the literal that is assumed there */
  places: number[]
}

/** The dearest come first. */
function ladderOf(costs: CostSum['costs'], stratum: number): Ladder {
  const dear = Array.from(costs).filter(([, cost]) => cost >= stratum)
  dear.sort(([a, cost], [b, other]) => other - cost || a - b)
  return { literals: dear.map(([literal]) => literal), next: 0, places: [] }
}

/** Assumes literals up to the last, or until some of them cannot hold together: those. */
function climb({ solver, sum }: Question, ladder: Ladder): number[] | undefined {
  for (; ladder.next < ladder.literals.length; ladder.next++) {
    const literal = ladder.literals[ladder.next]!
    const value = solver.values[literal]!
    if (value > 0 || !sum.costs.has(literal)) continue
    if (value < 0) return costly(sum, [...assumptionsBehind(solver, [literal]), literal])
    ladder.places.push(ladder.next)
    if (!tryLiteral(solver, literal)) return costly(sum, assumptionsBehind(solver, solver.conflict))
  }
  return undefined
}

/** Takes back the literal that stands on a level, and all above it. */
function descend(solver: Solver, ladder: Ladder, from: number): void {
  cancel(solver, from - 1)
  ladder.next = ladder.places[from - 2]!
  ladder.places.length = from - 2
}

const costly = ({ costs }: CostSum, literals: readonly number[]): number[] => literals.filter(literal => costs.has(literal))

/** Leaves out of a core what it does not need, as far as what follows alone tells; the ladder is to be climbed anew. */
function shorten({ solver, sum }: Question, ladder: Ladder, core: number[], effort: Effort): number[] {
  if (core.length > LONG) return core
  let left = core
  for (const literal of core) {
    if (left.length === 1) break
    if (!left.includes(literal)) continue
    cancel(solver, 1)
    newLevel(solver)
    effort.steps--
    const conflict = assume(
      solver,
      left.filter(other => other !== literal),
    )
    if (conflict) left = costly(sum, conflict)
  }
  cancel(solver, 1)
  ladder.next = 0
  ladder.places.length = 0
  return left
}

/** Takes the cost of a core from its literals, and off the ladder what costs nothing any more. */
function relax({ solver, sum, held }: Question, core: readonly number[], ladder: Ladder): void {
  const cost = Math.min(...core.map(literal => sum.costs.get(literal)!))
  sum.least += cost
  let lowest = Number.POSITIVE_INFINITY
  for (const literal of core) {
    ladder.literals.push(...pay(solver, sum, literal, cost))
    if (!sum.costs.has(literal) && solver.values[literal]! > 0) lowest = Math.min(lowest, solver.levels[literal >> 1]!)
  }
  if (core.length === 1) held.push(negate(core[0]!))
  else ladder.literals.push(...count(solver, sum, core.map(negate), 1, cost))
  if (lowest < Number.POSITIVE_INFINITY) descend(solver, ladder, lowest)
}

/** A literal costs less from now on; where it is a tally, one more that fails costs that: the tally that says so, if any. */
function pay(solver: Solver, sum: CostSum, literal: number, cost: number): number[] {
  const rest = sum.costs.get(literal)! - cost
  if (rest > 0) sum.costs.set(literal, rest)
  else sum.costs.delete(literal)
  const tally = sum.tallies.get(literal)
  return tally ? count(solver, sum, tally.failing, tally.most + 1, cost) : []
}

/** Makes a tally of what each of `failing` costs that holds beyond so many; none where there are no more. */
function count(solver: Solver, sum: CostSum, failing: number[], most: number, cost: number): number[] {
  if (most >= failing.length) return []
  const tally = 2 * newVariable(solver, -1, 0)
  const weights = failing.map(() => 1)
  addConstraint(solver, {
    kind: 'linear',
    rule: -1,
    guard: tally,
    literals: failing,
    weights,
    integers: [],
    factors: [],
    limit: most,
  })
  sum.tallies.set(tally, { failing, most })
  sum.costs.set(tally, cost)
  return [tally]
}
