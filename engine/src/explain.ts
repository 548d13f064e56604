import type { Budget, Explanation, Wish } from './api.ts'
import type { State } from './decide.ts'
import { effortOf } from './effort.ts'
import { contrary, type Fact, factsOf } from './fact.ts'
import { changesFor, neededFor } from './possible.ts'
import { reasonsIn } from './reasons.ts'
import { isError, requirementOf } from './requirement.ts'
import type { Effort } from './solver/search.ts'
import { fulfils, type Requirement } from './workspace.ts'

/**
 * Why a wish is impossible, or forced: a minimal set of the user's decisions, the earlier of them rather than later ones, and then a
 * minimal set of rules, from which it follows. Of several such sets of rules, which is told may depend on what was asked before.
 * `bound` says how many of the decisions and rules named are proved to be needed. Throws RangeError for a wish the model does not have.
 */
export function explain(state: State, wish: Wish, budget?: Budget): Explanation {
  const { compiled, decisions, requirements } = state
  const requirement = requirementOf(compiled, wish)
  if (isError(requirement)) throw new RangeError(requirement.message.en)
  const effort = effortOf(budget)
  const { verdict, cases } = verdictOf(state, requirement, effort)
  if (verdict === 'stopped') return { status: 'stopped', bound: 0, verdict: 'possible', ...nothing }
  if (verdict === 'possible') return { status: 'proved', bound: 0, verdict, ...nothing }

  const { needed, minimal } = neededFor(state, [...requirements.keys()], cases, effort)
  const given = needed.flatMap(place => factsOf(requirements[place]!))
  const { work, lowered } = compiled
  work.reasons ??= reasonsIn(lowered, lowered.problem)
  const { status, rules, proved, chain } = work.reasons(cases, given, effort)
  return {
    status: minimal ? status : 'best-found',
    bound: (minimal ? needed.length : 0) + proved,
    verdict,
    decisions: needed.map(place => decisions[place]!),
    rules: rules.map(rule => lowered.rules[rule]!),
    chain,
  }
}

const nothing = { decisions: [], rules: [], chain: [] }

/** What holds of a requirement, and the cases that are ruled out by that. */
function verdictOf(
  state: State,
  requirement: Requirement,
  effort: Effort,
): { verdict: Explanation['verdict'] | 'stopped'; cases: Fact[][] } {
  const facts = factsOf(requirement)
  const otherwise = facts.map(fact => [contrary(fact)])
  const fulfilled = fulfils(state.witness, requirement)
  const cases = fulfilled ? otherwise : [facts]
  for (const one of cases) {
    const changes = changesFor(state, state.requirements, one, effort)
    if (changes === 'stopped') return { verdict: 'stopped', cases: [] }
    if (changes !== 'none') return { verdict: 'possible', cases: [] }
  }
  return { verdict: fulfilled ? 'forced' : 'impossible', cases }
}
