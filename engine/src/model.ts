/**
 * A model: the rules of one configurable product, as plain JSON.
 * Published as JSON Schema in `model.schema.json`; `compile` says what is wrong with a model, by path.
 *
 * Ids are unique across groups and options together (one name space), so that a formula can name either.
 * Amounts of money are integers in minor units of `currency`. Other decimals are written as JSON numbers and read
 * exactly by their shortest decimal text (0.1 is one tenth), then held as scaled integers.
 */
export interface Model {
  format: 'fettle-model/1'
  id: string
  version: string
  name: LocalizedText
  description?: LocalizedText
  /** Texts exist in one language only and fill both; the portal flags them as untranslated. */
  untranslated?: boolean
  /** ISO 4217 */
  currency: string
  attributes: Attribute[]
  interfaces?: Interface[]
  groups: Group[]
  constraints: Constraint[]
  /** Soft: kept as far as decisions and constraints allow, earlier ones first. */
  defaults?: Default[]
  /** Without any price rule the price is on request. */
  prices?: PriceRule[]
  tax?: Tax
  bom?: BomRule[]
  spec?: SpecField[]
  /** Type code with group ids in braces, each replaced by the `code` of what is chosen there: "VMC850-{spindle}-{control}" */
  typeCode?: string
  /** What is wanted of a selection beyond its being valid, most important first: goals for `complete`. */
  objectives?: Objective[]
  /** What the author expects of the rules; held against them by `testExamples`, and nothing else reads it. */
  examples?: Example[]
}

export interface LocalizedText {
  'zh-CN': string
  en: string
}

/** A number that options carry. The same attribute has the same unit everywhere. */
export interface Attribute {
  id: string
  name: LocalizedText
  /** UCUM-like symbol: W, kg, mm, 1/min. Absent: a pure number. */
  unit?: string
  /** digits after the point, 0 to 6 */
  decimals?: number
}

/** A kind of connection that options offer and take: a port, a slot, a cubic metre of hall. */
export interface Interface {
  id: string
  name: LocalizedText
}

/**
 * A group is a question. Root groups are the steps of the configurator.
 * With `parent` it belongs to an option and counts only while that option is chosen: otherwise nothing in it is chosen.
 * `section` names the root group under whose step it is shown (default: the step of its parent, or its own).
 */
export type Group = ChooseOne | ChooseSome | YesNo | NumberGroup

/** What every kind of group has. */
export interface GroupBase {
  id: string
  name: LocalizedText
  help?: LocalizedText
  parent?: string
  section?: string
}

/** Exactly one option, or at most one where `optional`. */
export interface ChooseOne extends GroupBase {
  kind: 'choose-one'
  optional?: boolean
  options: Option[]
}

/** From `min` to `max` options; max defaults to their number, min to 0. */
export interface ChooseSome extends GroupBase {
  kind: 'choose-some'
  min?: number
  max?: number
  options: Option[]
}

export interface YesNo extends GroupBase {
  kind: 'yes-no'
  option: Option
}

/** An integer or decimal parameter: min, min + step, … up to max. Its value in formulas is 0 while it does not count. */
export interface NumberGroup extends GroupBase {
  kind: 'number'
  min: number
  max: number
  /** default 1; sets how many decimals the parameter has */
  step?: number
  unit?: string
  /** segment in the type code, with {value}: "L{value}" */
  code?: string
}

export interface Option {
  id: string
  name: LocalizedText
  /** one line: what it is good for */
  use?: LocalizedText
  /** by attribute id */
  attributes?: Record<string, number>
  /** by interface id: how many it offers (per piece) */
  offers?: Record<string, number>
  /** by interface id: how many it takes (per piece) */
  takes?: Record<string, number>
  /** How many pieces while chosen. Absent: one piece. */
  quantity?: Quantity
  media?: { image?: string; drawing?: string }
  /** staff: only in the console; hidden: never shown, may be forced. Default public */
  visibility?: 'public' | 'staff' | 'hidden'
  /** segment in the type code */
  code?: string
  /** part number: the option is one BOM line */
  part?: string
}

export interface Quantity {
  min: number
  max: number
  step?: number
}

/**
 * A formula, as text. Names are ids: letters, digits and _; anything else in double quotes.
 *   logic        a & b   a | b   !a   a => b   a <=> b   true   false    (=> and <=> bind weakest; & before |)
 *   comparison   < <= > >= == !=  between two sums of
 *   arithmetic   + - * / numbers, and
 *     option        its quantity, 0 while not chosen      (in logic: it is chosen)
 *     number group  its value, 0 while it does not count
 *     group         how many of its options are chosen    (in logic: at least one)
 *     x.attribute   that attribute of an option times its quantity, 0 while not chosen; of a group: over its options
 *     sum(attribute)  sum(attribute, x, y …)   over all chosen options, or those of the named groups and options
 *     max(attribute)  min(attribute)           over chosen options that carry it, 0 if none; or of the named ones
 *     count(x, y …)                            how many of these options, or of these groups' options, are chosen
 *     offered(interface)  taken(interface)     pieces times number, over all chosen options
 * Units must agree where things are added or compared; a literal takes the unit of the other side.
 */
export type FormulaText = string

/** What every kind of constraint has. */
export interface ConstraintBase {
  id: string
  /** One sentence for the reader that names things he knows. Absent only in imported models. */
  message?: LocalizedText
  /** The constraint holds only while this formula does. */
  when?: FormulaText
}

/** A constraint a selection must satisfy. */
export type Constraint = Requires | Excludes | Clause | FormulaConstraint | TableConstraint | Capacity

/** Whenever `if` holds, `then` holds. */
export interface Requires extends ConstraintBase {
  kind: 'requires'
  if: FormulaText
  then: FormulaText
}

/** At most one of these options is chosen. */
export interface Excludes extends ConstraintBase {
  kind: 'excludes'
  options: string[]
}

/** At least one of `chosen` is chosen, or one of `not` is not: a formula in the form that CNF has, read at once however many there are. */
export interface Clause extends ConstraintBase {
  kind: 'clause'
  chosen?: string[]
  not?: string[]
}

/** Any Boolean formula, comparisons of arithmetic included. */
export interface FormulaConstraint extends ConstraintBase {
  kind: 'formula'
  formula: FormulaText
}

/**
 * Compatibility table. A column is a choose-one group, a number group or an option. It speaks only where every column
 * has a value (every choose-one group has a choice, every number group counts; an option column is always true or false).
 */
export interface TableConstraint extends ConstraintBase {
  kind: 'table'
  columns: string[]
  rows: Cell[][]
  /** default allowed: one row must match; forbidden: no row may match */
  mode?: 'allowed' | 'forbidden'
}

/** An option id or number, several of them, an inclusive range, true or false for an option column, '*' for anything. */
export type Cell = string | number | boolean | (string | number)[] | { min?: number; max?: number }

/** Of this interface no more is taken than offered. */
export interface Capacity extends ConstraintBase {
  kind: 'capacity'
  interface: string
}

export type Default = { when?: FormulaText } & Decision

/** What a user chose. A number or quantity must lie on its grid. */
export type Decision =
  | { option: string; chosen: boolean }
  | { option: string; quantity: number }
  | { number: string; value: number }

/** The value of a formula is to be as small, or as great, as it can be. */
export interface Objective {
  goal: 'least' | 'greatest'
  of: FormulaText
}

/** Decisions that must stay possible together, or impossible, whatever becomes of the rules. */
export interface Example {
  id: string
  name?: LocalizedText
  decisions: Decision[]
  expect: 'possible' | 'impossible'
}

/** Every amount is net, an integer in minor units. */
export type PriceRule = { id: string; name?: LocalizedText; when?: FormulaText } & (
  | { kind: 'base'; amount: number }
  /** per piece of the chosen option; null: on request */
  | { kind: 'options'; amounts: Record<string, number | null> }
  /** amount times the value of a number group (rounded half away from zero) */
  | { kind: 'quantity'; of: string; amount: number }
  /** the formula's value in minor units, rounded half away from zero */
  | { kind: 'formula'; formula: FormulaText }
  /**
   * The tier whose `upTo` (inclusive; absent = no limit) first reaches the value of the number group or the quantity of the option:
   * `each` multiplies the amount by that value, `flat` takes it once. Nothing while the value is 0.
   */
  | { kind: 'tier'; of: string; mode: 'each' | 'flat'; tiers: { upTo?: number; amount: number }[] }
  /** usually negative; needs `when` */
  | { kind: 'bundle'; amount: number }
  /** percent of the sum of all rules before it (of the rules named in `of`), rounded half away from zero */
  | { kind: 'surcharge'; percent: number; of?: string[] }
  /** while `when` holds the price is on request */
  | { kind: 'on-request' }
)

export interface Tax {
  name: LocalizedText
  percent: number
}

/** A part of the bill of materials beyond the options' own part numbers. Quantity is a formula, default 1. */
export interface BomRule {
  part: string
  name: LocalizedText
  when?: FormulaText
  quantity?: FormulaText
  unit?: string
}

/** A line of the specification sheet: a number from a formula, or the names of what is chosen in a group. */
export interface SpecField {
  id: string
  name: LocalizedText
  when?: FormulaText
  formula?: FormulaText
  group?: string
  unit?: string
  /** digits shown after the point */
  decimals?: number
  /** shown in the configurator's summary at all times */
  headline?: boolean
  /** what the portal may read it as */
  role?: 'mass' | 'power' | 'lead-time'
}

/** A complete, valid choice. Ids in model order. */
export interface Selection {
  /** chosen option -> pieces (1 where the option has no quantity) */
  options: Record<string, number>
  /** counting number group -> value */
  numbers: Record<string, number>
}
