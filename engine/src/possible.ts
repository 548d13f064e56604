import type { State } from './decide.ts'
import { findDelta, searchDelta } from './deltas.ts'
import { type Fact, literalOf } from './fact.ts'
import type { Delta } from './solver/checker.ts'
import { footingAt } from './solver/footing.ts'
import { type Effort, spent } from './solver/search.ts'
import { type Requirement, stand } from './workspace.ts'

/**
 * What would have to change in a state's witness for facts to hold beside some of its requirements; nothing where they hold in it.
 * none: they cannot. stopped: not settled for this effort, of which every question costs a step.
 */
export function changesFor(
  { compiled: { work }, witness }: State,
  requirements: readonly Requirement[],
  facts: readonly Fact[],
  effort: Effort,
): Delta | 'none' | 'stopped' {
  if (spent(effort)) return 'stopped'
  effort.steps--
  const footing = footingAt(work.checker, witness)
  if (!stand(work, requirements)) return 'none'
  const { solver } = work
  const literals = facts.map(fact => literalOf(solver, fact))
  if (literals.some(literal => solver.values[literal]! < 0)) return 'none'
  const [fact, ...more] = facts.filter(fact => !holds(footing, fact))
  if (fact === undefined) return { literals: [], integers: [], places: [] }
  const found =
    more.length === 0 && facts.length === 1 && typeof fact === 'number'
      ? findDelta(work, footing, fact, effort)
      : searchDelta(work, footing, literals, footing, effort)
  return found ?? (spent(effort) ? 'stopped' : 'none')
}

function holds({ values, integers }: State['witness'], fact: Fact): boolean {
  return typeof fact === 'number' ? values[fact]! > 0 : integers[fact.integer]! <= fact.bound === fact.holds
}

/** Some of a state's requirements, by their places, that rule something out; `minimal`: it is known that none of them can be left out. */
export interface Needed {
  needed: number[]
  minimal: boolean
}

/**
 * A minimal choice among requirements, given by their places, that together rule out every case: earlier ones before later ones.
 * A case is ruled out when its facts cannot all hold. What is needed last is found first, by halves.
 */
export function neededFor(state: State, among: readonly number[], cases: readonly Fact[][], effort: Effort): Needed {
  const result: Needed = { needed: [], minimal: true }
  const ruledOut = (places: readonly number[]) => {
    const requirements = places.map(place => state.requirements[place]!)
    for (const facts of cases) {
      const changes = changesFor(state, requirements, facts, effort)
      if (changes === 'stopped') result.minimal = false
      if (changes !== 'none') return false
    }
    return true
  }
  for (let end = among.length; !ruledOut(result.needed) && end > 0; ) {
    let most = end
    for (let least = 0; most - least > 1; ) {
      const middle = (least + most) >> 1
      if (ruledOut([...among.slice(0, middle), ...result.needed])) most = middle
      else least = middle
    }
    result.needed.unshift(among[most - 1]!)
    end = most - 1
  }
  return result
}
