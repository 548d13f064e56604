import type { ModelError } from '../../api.ts'

/** A feature model as UVL and FeatureIDE write it, before it becomes a model: names unresolved, nothing checked. */
export interface FeatureTree {
  /** namespace, or the root's name */
  name: string
  /** names a reference may start with */
  namespace?: string
  /** what names of other files' features start with: those files are not read */
  imports?: string[]
  currency?: string
  root: Feature
  constraints: SourceConstraint[]
  notes: ModelError[]
}

export interface Feature {
  name: string
  /** line:column */
  at: string
  type: 'boolean' | 'integer' | 'real' | 'string'
  /** how many instances; max null: no limit */
  cardinality?: { min: number; max: number | null }
  /** nested attributes by dotted key; without a value: true */
  attributes: Map<string, AttributeValue>
  hidden: boolean
  groups: FeatureGroup[]
}

/** Numbers keep their text, so that decimals stay exact. */
export type AttributeValue =
  | { kind: 'number'; text: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'string'; value: string }

export interface FeatureGroup {
  kind: 'mandatory' | 'optional' | 'or' | 'alternative' | 'cardinality'
  at: string
  /** only for cardinality; max null: no limit */
  min: number
  max: number | null
  features: Feature[]
}

export interface SourceConstraint {
  id: string
  at: string
  /** as written */
  text: string
  expression: Expression
}

/** Logic, arithmetic and strings in one tree: which is which shows only when names are resolved. */
export type Expression =
  | { op: 'name'; path: string[]; at: string }
  | { op: 'number'; text: string; at: string }
  | { op: 'string'; value: string; at: string }
  | { op: 'boolean'; value: boolean; at: string }
  | { op: 'call'; name: string; args: Expression[]; at: string }
  | { op: 'not'; arg: Expression; at: string }
  | { op: 'and' | 'or' | 'at-most-one'; args: Expression[]; at: string }
  | { op: 'implies' | 'iff'; left: Expression; right: Expression; at: string }
  | { op: 'compare'; sign: Comparison; left: Expression; right: Expression; at: string }
  | { op: 'terms'; first: Expression; rest: { sign: '+' | '-'; arg: Expression }[]; at: string }
  | { op: 'factors'; first: Expression; rest: { sign: '*' | '/'; arg: Expression }[]; at: string }
  | { op: 'negate'; arg: Expression; at: string }

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** Features below features beyond this are refused. */
export const MAX_DEPTH = 200

/** Operators inside operators beyond this are refused; a formula of the model may need four parentheses for one of them. */
export const MAX_NESTING = 48

/** Every part of an expression, the outer ones first. */
export function walk(e: Expression, visit: (e: Expression) => void): void {
  visit(e)
  switch (e.op) {
    case 'not':
    case 'negate':
      walk(e.arg, visit)
      return
    case 'and':
    case 'or':
    case 'at-most-one':
    case 'call':
      for (const arg of e.args) walk(arg, visit)
      return
    case 'implies':
    case 'iff':
    case 'compare':
      walk(e.left, visit)
      walk(e.right, visit)
      return
    case 'terms':
    case 'factors':
      walk(e.first, visit)
      for (const { arg } of e.rest) walk(arg, visit)
  }
}
