import {
  type Compiled,
  compile,
  complete,
  type Decision,
  decide,
  decideAll,
  domains,
  explain,
  type Interval,
  type Model,
  optionDomains,
  repair,
  retract,
  type State,
  start,
} from '../src/index.ts'
import { hashOn, mulberry32, optionIds } from './click-workload.ts'

/** People at work on one model: each decides, takes back and changes what is possible, by a chance of its own. */
export interface Sessions {
  sessions: number
  /** moves in each, less where nothing is left to move; default 25 */
  moves?: number
  /** why, and how to get it: for one excluded option at the end of each of the first so many sessions; default all */
  explained?: number
  /** the cheapest completion, as far as a few steps go, at the end of each of the first so many; default none */
  completed?: number
  /** the state at the end of each of the first so many is worked out again in `again`; default none */
  compared?: number
  /** the same model compiled once more; it answers nothing else */
  again?: Compiled
  /** asked after each session; what was played until then is the answer */
  enough?: () => boolean
}

export interface Played {
  sessions: number
  /** of every answer so far, after each session */
  hashes: number[]
  /** milliseconds of each move with the domains of every option and number after it */
  decide: number[]
  retract: number[]
  change: number[]
  /** a change that cannot be, with its explanation */
  refused: number[]
  explain: number[]
  repair: number[]
  /** states that were worked out again, and those whose domains differed then */
  compared: number
  different: number
}

type Kind = 'decide' | 'retract' | 'change'

interface Move {
  kind: Kind
  decision: Decision
}

const FEW_STEPS = 300

/** One number for every answer about a model in so many sessions, explanations, repairs and completions among them. */
export function hashOfSessions(model: Model, sessions: number): number {
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return playSessions(result.compiled, { sessions, completed: sessions }).hashes.at(-1)!
}

/** 70 of 100 moves decide something free, 15 take a decision back and 15 change one. */
export function playSessions(compiled: Compiled, wanted: Sessions): Played {
  const { sessions, moves = 25, explained = sessions, completed = 0, compared = 0, again, enough } = wanted
  const played: Played = {
    ...{ sessions: 0, hashes: [], compared: 0, different: 0 },
    ...{ decide: [], retract: [], change: [], refused: [], explain: [], repair: [] },
  }
  const ids = optionIds(compiled)
  let hash = 0
  for (let session = 0; session < sessions; session++) {
    const chance = mulberry32(session + 1)
    let state = start(compiled)
    for (let k = 0; k < moves; k++) {
      const move = nextMove(state, ids, chance)
      if (!move) break
      const from = performance.now()
      const next = make(state, move)
      if (next) optionDomains(next)
      played[next ? move.kind : 'refused'].push(performance.now() - from)
      state = next ?? state
      hash = hashOn(hash, optionDomains(state))
    }
    hash = hashOfNumbers(hash, state)
    if (session < explained) hash = askWhy(played, hash, state, ids, chance)
    if (session < completed) hash = hashOfText(hash, JSON.stringify(complete(state, { goal: 'cheapest' }, { steps: FEW_STEPS })))
    if (again && state.decisions.length > 0 && session < compared) {
      played.compared++
      if (!sameDomains(state, decideAll(again, state.decisions).state)) played.different++
    }
    played.hashes.push(hash)
    played.sessions++
    if (enough?.()) break
  }
  return played
}

function make(state: State, { kind, decision }: Move): State | undefined {
  if (kind === 'retract') return retract(state, decision)
  const decided = decide(state, decision)
  if (decided.status === 'error' || (decided.status === 'conflict' && kind === 'decide'))
    throw new Error(`${JSON.stringify(decision)} was said to be possible: ${JSON.stringify(decided)}`)
  return decided.status === 'ok' ? decided.state : undefined
}

function nextMove(state: State, ids: readonly string[], chance: () => number): Move | undefined {
  const draw = chance()
  if (draw < 0.3 && state.decisions.length > 0) {
    const own = pick(state.decisions, chance)
    return draw < 0.15 ? { kind: 'retract', decision: own } : { kind: 'change', decision: changed(state, own, chance) }
  }
  const options = placesOf(optionDomains(state), 0)
  const numbers = state.compiled.lowered.numbers.size > 0 ? freeNumbers(state) : []
  const at = Math.floor(chance() * (options.length + numbers.length))
  const number = numbers[at - options.length]
  if (number) return { kind: 'decide', decision: { number: number.id, value: anyOf(number.values, chance) } }
  if (at >= options.length) return undefined
  return { kind: 'decide', decision: { option: ids[options[at]!]!, chosen: chance() < 0.7 } }
}

/** Another option of its group where one is chosen, the contrary of a yes or no, another value of a number. */
function changed(state: State, own: Decision, chance: () => number): Decision {
  if ('number' in own) {
    const { values } = domains(retract(state, own)).numbers[own.number]!
    return { number: own.number, value: anyOf(values, chance) }
  }
  const group = state.compiled.lowered.options.get(own.option)!.group
  const chosen = 'quantity' in own || own.chosen
  const others = group.kind === 'choose-one' && chosen ? group.options.filter(({ id }) => id !== own.option) : []
  return others.length > 0 ? { option: pick(others, chance).id, chosen: true } : { option: own.option, chosen: !chosen }
}

function freeNumbers(state: State): { id: string; values: Interval[] }[] {
  return Object.entries(domains(state).numbers)
    .filter(([, { counts, decided, values }]) => counts === 'yes' && !decided && values.length > 0)
    .map(([id, { values }]) => ({ id, values }))
}

/** One end of one of the intervals. */
function anyOf(values: readonly Interval[], chance: () => number): number {
  const { min, max } = pick(values, chance)
  return chance() < 0.5 ? min : max
}

/** Why an option that is excluded cannot be had, and how it could be. */
function askWhy(played: Played, hash: number, state: State, ids: readonly string[], chance: () => number): number {
  const refused = new Set(state.decisions.flatMap(one => ('chosen' in one && !one.chosen ? [one.option] : [])))
  const excluded = placesOf(optionDomains(state), -1).filter(place => !refused.has(ids[place]!))
  if (excluded.length === 0) return hash
  const wish: Decision = { option: ids[pick(excluded, chance)]!, chosen: true }
  const from = performance.now()
  const why = explain(state, wish)
  const between = performance.now()
  const how = repair(state, wish, { by: 'fewest' })
  played.repair.push(performance.now() - between)
  played.explain.push(between - from)
  return hashOfText(hashOfText(hash, JSON.stringify(why)), JSON.stringify(how))
}

function sameDomains(a: State, b: State): boolean {
  const others = optionDomains(b)
  return optionDomains(a).every((state, place) => state === others[place]) && numbersOf(a) === numbersOf(b)
}

const hashOfNumbers = (hash: number, state: State) => hashOfText(hash, numbersOf(state))

/** Numbers and quantities as text; empty where the model has none. */
function numbersOf(state: State): string {
  const { numbers, options } = state.compiled.lowered
  if (numbers.size === 0 && [...options.values()].every(({ pieces }) => !pieces)) return ''
  const all = domains(state)
  return JSON.stringify([all.numbers, Object.values(all.options).map(({ quantities }) => quantities)])
}

const hashOfText = (hash: number, text: string) =>
  hashOn(
    hash,
    Array.from(text, character => character.codePointAt(0)!),
  )

function placesOf(states: Readonly<Int8Array>, wanted: number): number[] {
  const places: number[] = []
  for (let place = 0; place < states.length; place++) if (states[place] === wanted) places.push(place)
  return places
}

const pick = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)]!
