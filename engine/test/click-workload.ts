import { type Compiled, decide, optionDomains, type State, start } from '../src/index.ts'

/**
 * Fifty clicks on a Boolean model, as the published measurements make them: with mulberry32(42), a free variable uniformly,
 * true with probability 0.7. Variables are counted as a DIMACS file does.
 */
export interface Workload {
  /** by variable: its place in the domains */
  places: ArrayLike<number>
  /** the domains with no decision made: 1 true, -1 false, 0 free */
  first: Readonly<Int8Array>
  /** decides what stands at a place and answers the new domains */
  click(place: number, chosen: boolean): Readonly<Int8Array>
}

export interface Click {
  /** from 0 */
  variable: number
  chosen: boolean
}

export interface Outcome {
  core: number
  dead: number
  clicks: Click[]
  /** of the first domains, then of those after each click */
  hashes: number[]
  /** over all of them: multiply by 31, add the domain plus 2, in 32 bits */
  hash: number
  /** milliseconds of each click */
  times: number[]
}

export function runClicks({ places, first, click }: Workload): Outcome {
  const chance = mulberry32(42)
  const variables = Int32Array.from(places)
  const ordered = (domains: Readonly<Int8Array>) => Int8Array.from(variables, place => domains[place]!)
  let domains = ordered(first)
  const outcome: Outcome = {
    core: domains.filter(state => state > 0).length,
    dead: domains.filter(state => state < 0).length,
    clicks: [],
    hashes: [hashOn(0, domains)],
    hash: hashOn(0, domains),
    times: [],
  }
  for (let k = 0; k < 50; k++) {
    const free = Array.from(domains.keys()).filter(v => domains[v] === 0)
    if (free.length === 0) break
    const variable = free[Math.floor(chance() * free.length)]!
    const chosen = chance() < 0.7
    const from = performance.now()
    const after = click(variables[variable]!, chosen)
    outcome.times.push(performance.now() - from)
    domains = ordered(after)
    outcome.clicks.push({ variable, chosen })
    outcome.hashes.push(hashOn(0, domains))
    outcome.hash = hashOn(outcome.hash, domains)
  }
  return outcome
}

/** The workload on a state without decisions; `ids` are the options of the variables in their order. */
export function clicksOn(compiled: Compiled, ids: readonly string[]): Workload {
  const options = optionIds(compiled)
  const placeOf = new Map(options.map((id, place) => [id, place]))
  let state: State = start(compiled)
  return {
    places: ids.map(id => {
      const place = placeOf.get(id)
      if (place === undefined) throw new Error(`no option ${id}`)
      return place
    }),
    first: optionDomains(state),
    click(place, chosen) {
      const decided = decide(state, { option: options[place]!, chosen })
      if (decided.status !== 'ok') throw new Error(JSON.stringify(decided))
      state = decided.state
      return optionDomains(state)
    },
  }
}

/** In the order of the model, as `optionDomains` has them. */
export const optionIds = ({ lowered }: Compiled): string[] => [...lowered.options.keys()]

export function hashOn(hash: number, numbers: ArrayLike<number>): number {
  let h = hash
  for (let i = 0; i < numbers.length; i++) h = (Math.imul(h, 31) + numbers[i]! + 2) | 0
  return h
}

export function mulberry32(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
