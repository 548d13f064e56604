import {
  alternatives,
  type Compiled,
  type Counter,
  count,
  type Decision,
  decide,
  decideAll,
  domains,
  explain,
  type Interval,
  type LocalizedText,
  optionDomains,
  type ProofStatus,
  type RuleRef,
  repair,
  retract,
  type State,
  type Statement,
  start,
  type Wish,
} from '@fettle/engine'

/** A model somebody clicks through: its state now, and those before and after it. */
export interface Exploring {
  compiled: Compiled
  now: State
  past: readonly State[]
  future: readonly State[]
  /** the model has numbers, or options that come in pieces */
  measured: boolean
}

/** What a visitor does. */
export type Act =
  | { act: 'decide'; decision: Decision }
  | { act: 'retract'; decision: Decision }
  /** decisions in place of those there are: a repair */
  | { act: 'take'; decisions: readonly Decision[] }
  | { act: 'undo' | 'redo' | 'reset' }

/** How everything stands at one moment, as plain data. */
export interface Standing {
  /** by option in the order of the model: 1 chosen or forced, -1 excluded, 0 free */
  options: Int8Array
  /** of numbers, and of options that come in pieces */
  amounts: Record<string, Amount>
  decisions: readonly Decision[]
  canUndo: boolean
  canRedo: boolean
}

export interface Amount {
  /** whether it is asked for at all */
  counts: 'yes' | 'no' | 'maybe'
  /** the values it may have, its own decision aside */
  possible: Interval[]
}

/** Why a wish cannot be, and how it could. */
export interface Reasons {
  status: ProofStatus
  decisions: Decision[]
  rules: Rule[]
  /** how the rules lead to it, one after the other; none where that takes trying out several things */
  steps: { from: Statement[]; rules: Rule[]; then: Statement | null }[]
  /** each a set of decisions to give up, and what would be decided then */
  ways: { remove: Decision[]; decisions: Decision[] }[]
}

/** A rule by what it says, or else by what kind of rule of what it is. */
export type Rule =
  | { kind: 'constraint'; id: string; message: LocalizedText | null }
  | { kind: 'group' | 'parent' | 'number'; id: string; message: null }

/** A count as text, since its numbers may have hundreds of digits. */
export interface Variants {
  least: string
  most: string
}

/** Steps an explanation or a repair may take: some seconds where it is hard. */
const steps = 50_000

export function begin(compiled: Compiled): Exploring {
  const { grids, options } = compiled.index
  const measured = grids.size > 0 || [...options.values()].some(({ option }) => option.quantity !== undefined)
  return { compiled, now: start(compiled), past: [], future: [], measured }
}

/** What follows from an act; the same where it cannot be done or changes nothing. */
export function perform(exploring: Exploring, act: Act): Exploring {
  const { now, past, future } = exploring
  switch (act.act) {
    case 'undo':
      return past.length === 0
        ? exploring
        : { ...exploring, now: past.at(-1)!, past: past.slice(0, -1), future: [now, ...future] }
    case 'redo':
      return future.length === 0 ? exploring : { ...exploring, now: future[0]!, past: [...past, now], future: future.slice(1) }
    case 'decide': {
      const decided = decide(now, act.decision)
      return decided.status === 'ok' ? after(decided.state) : exploring
    }
    case 'retract':
      return after(retract(now, act.decision))
    case 'take':
      return after(decideAll(exploring.compiled, act.decisions).state)
    case 'reset':
      return now.decisions.length === 0 ? exploring : after(start(exploring.compiled))
  }

  function after(state: State): Exploring {
    return state === now ? exploring : { ...exploring, now: state, past: [...past, now], future: [] }
  }
}

export function standingOf({ now, past, future, measured }: Exploring): Standing {
  return {
    options: Int8Array.from(optionDomains(now)),
    amounts: measured ? amountsOf(now) : {},
    decisions: now.decisions,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
  }
}

function amountsOf(state: State): Record<string, Amount> {
  const { numbers, options } = domains(state)
  const other = alternatives(state)
  const amounts: Record<string, Amount> = {}
  for (const [id, { counts, values }] of Object.entries(numbers)) amounts[id] = { counts, possible: other.numbers[id] ?? values }
  for (const [id, { state, quantities }] of Object.entries(options)) {
    const counts = state === 'free' ? 'maybe' : state === 'excluded' ? 'no' : 'yes'
    if (quantities) amounts[id] = { counts, possible: other.quantities[id] ?? quantities }
  }
  return amounts
}

export function reasonsFor({ now }: Exploring, wish: Wish): Reasons {
  const { status, decisions, rules, chain } = explain(now, wish, { steps })
  const { repairs } = repair(now, wish, { by: 'fewest', steps })
  return {
    status,
    decisions,
    rules: rules.map(ruleOf),
    steps: chain.map(({ from, rules, then }) => ({ from, rules: rules.map(ruleOf), then })),
    ways: repairs.filter(({ remove }) => remove.length > 0).map(({ remove, decisions }) => ({ remove, decisions })),
  }
}

function ruleOf({ kind, id, message }: RuleRef): Rule {
  return kind === 'constraint' ? { kind, id, message: message ?? null } : { kind, id, message: null }
}

export function variantsOf({ now }: Exploring, counter: Counter): Variants {
  const { least, most } = count(counter, now)
  return { least: String(least), most: String(most) }
}
