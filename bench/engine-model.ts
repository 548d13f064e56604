/** What is measured of one model. Runs in Node and in a browser alike. */
import { importModel } from '../engine/src/formats/index.ts'
import { type Compiled, compile, complete, type Model, optionDomains, start } from '../engine/src/index.ts'
import { clicksOn, hashOn, mulberry32, type Outcome, optionIds, runClicks } from '../engine/test/click-workload.ts'
import { type Played, playSessions } from '../engine/test/sessions.ts'

export interface Sum {
  /** from 1 */
  variables: number[]
  weights: number[]
  most: number
}

/** A model as its files have it, and what is added to it. */
export interface Source {
  path: string
  text: string
  /** the options of the variables in their order; absent: as the model has them */
  ids?: string[]
  sums?: Sum[]
  /** every option costs 1 to 1,000, by mulberry32(99) */
  costs: boolean
}

export interface Wanted {
  /** 0: the fixed clicks alone */
  sessions: number
  explained: number
  compared: number
  /** no further session begins after so many seconds */
  seconds: number
}

/** Times in milliseconds. Cold: the first time in this process or page; warm: after everything else. */
export interface Measured {
  load: { cold: number; warm: number }
  first: { cold: number; warm: number }
  /** the fixed workload */
  clicks: { cold: Outcome; warm: number[] }
  /** hash of the fixed workload when played again */
  again: number[]
  played?: Played
  cheapest?: { ms: number; status: string; objective: number }
}

/** A completion that is not proved by then is given up. */
const SECONDS_OF_COMPLETION = 60

export function measureModel(source: Source, { sessions, explained, compared, seconds }: Wanted): Measured {
  const loaded = timed(() => load(source))
  const compiled = loaded.result
  const first = timed(() => optionDomains(start(compiled)))
  const ids = source.ids ?? optionIds(compiled)
  const cold = runClicks(clicksOn(compiled, ids))

  let played: Played | undefined
  if (sessions > 0) {
    const until = performance.now() + 1000 * seconds
    const enough = () => performance.now() > until
    played = playSessions(compiled, { sessions, explained, compared, again: load(source), enough })
  }
  const warm = [0, 1, 2].map(() => runClicks(clicksOn(compiled, ids)))
  const reloaded = [0, 1, 2, 3, 4].map(() => timed(() => load(source)))
  const firstAgain = reloaded.map(({ result }) => timed(() => optionDomains(start(result))))
  return {
    load: { cold: loaded.ms, warm: middleOf(reloaded.map(({ ms }) => ms)) },
    first: { cold: first.ms, warm: middleOf(firstAgain.map(({ ms }) => ms)) },
    clicks: { cold, warm: warm.flatMap(({ times }) => times) },
    again: [...warm.map(({ hash }) => hash)],
    ...(played && { played }),
    ...(source.costs && { cheapest: cheapest(source) }),
  }
}

const middleOf = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1]!

/** What a page of a configurator does: text to a model ready to be configured. */
export function load(source: Source): Compiled {
  const imported = importModel(source.path, source.text)
  if (!imported.ok) throw new Error(`${source.path}: ${imported.errors[0]?.message.en}`)
  return ready(source.sums ? withSums(imported.model, source) : imported.model)
}

function cheapest(source: Source) {
  const imported = importModel(source.path, source.text)
  if (!imported.ok) throw new Error(source.path)
  const state = start(ready(withCosts(imported.model, source.ids!)))
  const until = performance.now() + 1000 * SECONDS_OF_COMPLETION
  const shouldStop = () => performance.now() > until
  const { ms, result } = timed(() => complete(state, { goal: 'cheapest' }, { steps: Number.MAX_SAFE_INTEGER, shouldStop }))
  return { ms, status: result.status, objective: result.objective }
}

function ready(model: Model): Compiled {
  const result = compile(model)
  if (!result.ok) throw new Error(result.errors.map(error => `${error.path}: ${error.message.en}`).join('\n'))
  return result.compiled
}

/** Each sum as an attribute that the options carry, and a rule about it. */
function withSums(model: Model, { ids, sums }: Source): Model {
  const carried = new Map<string, Record<string, number>>()
  for (const [i, { variables, weights }] of sums!.entries())
    for (const [k, variable] of variables.entries()) {
      const id = ids![variable - 1]!
      carried.set(id, { ...carried.get(id), [`weight${i}`]: weights[k]! })
    }
  const carrying = <T extends { id: string }>(option: T) => {
    const attributes = carried.get(option.id)
    return attributes ? { ...option, attributes } : option
  }
  return {
    ...model,
    attributes: [...model.attributes, ...sums!.map((_, i) => ({ id: `weight${i}`, name: both(`weight${i}`) }))],
    groups: model.groups.map(group => {
      if (group.kind === 'number') return group
      if (group.kind === 'yes-no') return { ...group, option: carrying(group.option) }
      return { ...group, options: group.options.map(carrying) }
    }),
    constraints: [
      ...model.constraints,
      ...sums!.map(({ most }, i) => ({ id: `sum${i}`, kind: 'formula' as const, formula: `sum(weight${i}) <= ${most}` })),
    ],
  }
}

/** What each variable costs, from 1 to 1,000. */
export function costsOf(variables: number): number[] {
  const chance = mulberry32(99)
  return Array.from({ length: variables }, () => 1 + Math.floor(chance() * 1000))
}

function withCosts(model: Model, ids: readonly string[]): Model {
  const costs = costsOf(ids.length)
  const amounts = Object.fromEntries(ids.map((id, i) => [id, costs[i]!]))
  return { ...model, prices: [{ id: 'costs', kind: 'options', amounts }] }
}

/** One number for all answers, to hold two runs against each other. */
export function hashOfAnswers({ clicks, played }: Measured, sessions: number): number {
  return hashOn(clicks.cold.hash, [played?.hashes[sessions - 1] ?? 0])
}

export function timed<T>(run: () => T): { ms: number; result: T } {
  const from = performance.now()
  const result = run()
  return { ms: performance.now() - from, result }
}

const both = (text: string) => ({ 'zh-CN': text, en: text })
