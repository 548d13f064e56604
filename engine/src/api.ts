import type { Decision, LocalizedText, Objective, PriceRule, Selection } from './model.ts'

/** What is wrong with a model, a decision or a file, for a person who can mend it. */
export interface ModelError {
  /** stable, kebab-case: unknown-reference, duplicate-id, unit-mismatch, cycle, contradiction, syntax, out-of-range … */
  code: string
  /** JSON pointer into the model, or line:column in a file: "/constraints/3/formula", "12:7" */
  path: string
  /** id of the constraint, price rule or group concerned */
  rule?: string
  /** the offending value as written */
  value?: string
  message: LocalizedText
  remedy: LocalizedText
}

/** free: may be chosen and may be left out. chosen: the user's decision. forced: follows. excluded: cannot be. */
export type OptionState = 'free' | 'chosen' | 'forced' | 'excluded'

export interface OptionDomain {
  state: OptionState
  /** the user decided it himself (chosen, or excluded by his own no) */
  decided: boolean
  /** for an option with quantity: the pieces possible while it is chosen */
  quantities?: Interval[]
}

export interface NumberDomain {
  /** whether the group counts */
  counts: 'yes' | 'no' | 'maybe'
  decided: boolean
  /** exact, disjoint, ascending, on the step grid: the values possible while it counts */
  values: Interval[]
}

/** Inclusive; every grid point between min and max is possible. */
export interface Interval {
  min: number
  max: number
}

export interface Domains {
  options: Record<string, OptionDomain>
  numbers: Record<string, NumberDomain>
}

/** What the user could have instead by changing only his own decision there: siblings in a choose-one group he decided, other values of a number he decided. */
export interface Alternatives {
  options: Record<string, true>
  numbers: Record<string, Interval[]>
  quantities: Record<string, Interval[]>
}

/** Something that may hold or not: the same shape as a decision. */
export type Wish = Decision

/** proved: nothing better exists. best-found: valid, the budget ended the search, `bound` says how good it could get. stopped: nothing found in the budget. */
export type ProofStatus = 'proved' | 'best-found' | 'stopped'

export interface Budget {
  /** search steps (conflicts plus decisions); default 200000 */
  steps?: number
  shouldStop?: () => boolean
}

/** A rule as the reader may see it: a constraint of the model, or the structure of a group. */
export interface RuleRef {
  kind: 'constraint' | 'group' | 'parent' | 'number'
  /** constraint id, or group id */
  id: string
  message?: LocalizedText
}

export interface Explanation {
  status: ProofStatus
  bound: number
  /** what holds of the wish: possible, impossible, or already forced */
  verdict: 'possible' | 'impossible' | 'forced'
  /** minimal: without any one of them the verdict would not follow from `rules` */
  decisions: Decision[]
  /** minimal in the same sense */
  rules: RuleRef[]
  /** how the rules lead from the decisions to the verdict, in order; empty where that takes trying out several things */
  chain: Step[]
}

/** What follows by rules from decisions and earlier steps. */
export interface Step {
  from: Statement[]
  rules: RuleRef[]
  /** null: all that cannot hold together */
  then: Statement | null
  /** it also rests on what is ruled out (the wish, or the contrary of a forced one), taken for granted to show that it cannot be */
  supposing: boolean
}

/** Something that holds of an option, its pieces, or a number. Pieces and numbers that do not count stand at their least. */
export type Statement =
  | { option: string; chosen: boolean }
  | { option: string; atMost: number }
  | { option: string; atLeast: number }
  | { number: string; counts: boolean }
  | { number: string; atMost: number }
  | { number: string; atLeast: number }

export interface Repair {
  /** the user's decisions given up */
  remove: Decision[]
  /** the decisions after the repair, the wish among them */
  decisions: Decision[]
  /** the completed selection after the repair, by defaults */
  selection: Selection
  /** net price after minus before, both completed by defaults; null where on request */
  priceDifference: number | null
}

export interface Repairs {
  status: ProofStatus
  /** no repair gives up fewer decisions (goal fewest) or costs less (goal cheapest) than this */
  bound: number
  repairs: Repair[]
}

export type Goal =
  | { goal: 'defaults' }
  /** lowest net price; where the price is on request, of what has a price */
  | { goal: 'cheapest' }
  /** fewest differences to a former selection, in options chosen, quantities and numbers */
  | { goal: 'closest'; to: Selection }
  /** the least or greatest value of a linear formula, such as an objective of the model */
  | Objective

export interface Completion {
  status: ProofStatus
  /** cheapest: no selection costs less than this; closest: none differs less; defaults: none keeps more (by the order of the model); least, greatest: none has a value beyond it */
  bound: number
  /** null only when stopped */
  selection: Selection | null
  /** net price, number of differences, number of defaults given up, or value of the formula */
  objective: number
}

/** A number of selections. exact: `least` and `most` are the same; bounds: it lies between them, both included. */
export interface Count {
  status: 'exact' | 'bounds'
  least: bigint
  most: bigint
}

export interface OptionCounts {
  all: Count
  /** by option: the selections in which it is chosen */
  options: Record<string, Count>
}

/** Decimal logarithms of numbers of selections, -Infinity of none: between `least` and `most`, which are the same where they are exact. */
export interface RoughCounts {
  all: { least: number; most: number }
  /** by option: the selections in which it is chosen */
  options: Record<string, { least: number; most: number }>
}

export interface Price {
  status: 'priced' | 'on-request'
  currency: string
  lines: PriceLine[]
  net: number
  tax: { name: LocalizedText; percent: number; amount: number } | null
  gross: number
  /** options or rules whose price is on request */
  onRequest: string[]
}

export interface PriceLine {
  rule: string
  kind: PriceRule['kind']
  option?: string
  name: LocalizedText
  quantity: number
  amount: number
}

export interface BomLine {
  part: string
  name: LocalizedText
  quantity: number
  unit?: string
  /** options or 'rule' that caused it */
  from: string[]
}

export interface SpecLine {
  id: string
  name: LocalizedText
  /** number from a formula, or names of what is chosen */
  value: number | LocalizedText
  unit?: string
  decimals?: number
  headline: boolean
  role?: 'mass' | 'power' | 'lead-time'
}

export interface Check {
  valid: boolean
  /** every rule the selection breaks */
  violations: RuleRef[]
  /** names that the model does not have, values off the grid */
  errors: ModelError[]
}
