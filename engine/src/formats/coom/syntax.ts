/** A COOM file as it is written. `at` is line:column. */
export interface CoomFile {
  /** by name; the product's own name is '' */
  structures: Map<string, Structure>
  enumerations: Map<string, Enumeration>
  rules: Rule[]
}

export interface Structure {
  name: string
  at: string
  features: Map<string, Feature>
}

export interface Feature {
  name: string
  at: string
  type: FeatureType
  min: number
  /** null: `*`, any number */
  max: number | null
}

export type FeatureType =
  | { kind: 'number'; min?: string; max?: string; digits: number; unit?: string }
  | { kind: 'named'; name: string }
  /** texts and references, which no rule here can speak of */
  | { kind: 'ignored'; what: 'string' | 'reference' }

export interface Enumeration {
  name: string
  at: string
  attributes: EnumerationAttribute[]
  /** by option name: the values of the attributes, in their order */
  options: Map<string, { at: string; values: Constant[] }>
}

export interface EnumerationAttribute {
  name: string
  numeric: boolean
  unit?: string
}

/** A number as written, or a text. */
export type Constant = { kind: 'number'; text: string } | { kind: 'text'; text: string }

/** One statement of a behavior. `structure` is the one it is written for; all conditions must hold. */
export interface Rule {
  at: string
  structure: string
  explanation?: string
  conditions: Condition[]
  /** `define name = formula` in force here */
  defined: ReadonlyMap<string, Formula>
  statement: Statement
}

export type Statement =
  | { kind: 'require'; condition: Condition }
  | { kind: 'imply'; path: Path; formula: Formula }
  | { kind: 'combinations'; columns: Formula[]; rows: Row[] }
  | { kind: 'default'; path: Path; formula: Formula }
  | { kind: 'optimize'; goal: 'least' | 'greatest'; priority: number; formula: Formula }
  | { kind: 'ignored'; what: string }

export interface Row {
  allow: boolean
  /** by column; null is the wildcard */
  cells: (Cell[] | null)[]
}

export interface Cell {
  sign: Comparison
  formula: Formula
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

export type Condition =
  | { op: 'or' | 'and'; args: Condition[]; at: string }
  | { op: 'not'; arg: Condition; at: string }
  /** left sign right, and right the left of the next */
  | { op: 'compare'; first: Formula; rest: { sign: Comparison; formula: Formula }[]; at: string }

export type Formula =
  | { op: 'number'; text: string; at: string }
  | { op: 'text'; text: string; at: string }
  | { op: 'path'; path: Path; at: string }
  | { op: 'negate'; arg: Formula; at: string }
  | { op: '+' | '-' | '*' | '/' | '^'; left: Formula; right: Formula; at: string }
  | { op: 'aggregate'; of: Aggregate; args: Formula[]; at: string }
  /** something the grammar knows and no rule here can say */
  | { op: 'unknown'; what: string; at: string }

export type Aggregate = 'count' | 'sum' | 'min' | 'max' | 'avg'

export interface Path {
  items: PathItem[]
  at: string
}

/** `name[from..to]`; without an index every one is meant */
export interface PathItem {
  name: string
  index?: { from: number; to: number }
}

/** The name of the structure that `product { … }` declares. */
export const PRODUCT = ''
