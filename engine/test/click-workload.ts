import type { Domains } from '../src/api.ts'

/**
 * Fifty clicks on a Boolean model, as the published measurements make them: with mulberry32(42), a free variable uniformly,
 * true with probability 0.7. Variables are numbered from 1 as a DIMACS file does; `ids` are their option ids in that order.
 */
export interface Workload {
  /** the domains with no decision made */
  first: Domains
  /** decides and answers the new domains */
  click(option: string, chosen: boolean): Domains
}

export interface Outcome {
  core: number
  dead: number
  clicks: number
  /** over all domains after each click: multiply by 31, add the domain (1 true, -1 false, 0 free) plus 2, in 32 bits */
  hash: number
  times: number[]
}

export function runClicks(ids: readonly string[], { first, click }: Workload): Outcome {
  const chance = mulberry32(42)
  let domains = statesOf(ids, first)
  const outcome: Outcome = {
    core: domains.filter(state => state > 0).length,
    dead: domains.filter(state => state < 0).length,
    clicks: 0,
    hash: hashOn(0, domains),
    times: [],
  }
  for (let k = 0; k < 50; k++) {
    const free = domains.flatMap((state, v) => (state === 0 ? [v] : []))
    if (free.length === 0) break
    const option = ids[free[Math.floor(chance() * free.length)]!]!
    const chosen = chance() < 0.7
    const from = performance.now()
    const after = click(option, chosen)
    outcome.times.push(performance.now() - from)
    domains = statesOf(ids, after)
    outcome.hash = hashOn(outcome.hash, domains)
    outcome.clicks++
  }
  return outcome
}

function statesOf(ids: readonly string[], { options }: Domains): number[] {
  return ids.map(id => {
    const state = options[id]?.state
    if (state === undefined) throw new Error(`no option ${id}`)
    return state === 'free' ? 0 : state === 'excluded' ? -1 : 1
  })
}

function hashOn(hash: number, states: readonly number[]): number {
  return states.reduce((h, state) => (Math.imul(h, 31) + state + 2) | 0, hash)
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
