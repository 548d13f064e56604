import type { ModelError } from './api.ts'
import { type Place, unitMismatch } from './errors.ts'
import type { Arithmetic, Logic } from './formula/ast.ts'
import { parseArithmetic, parseLogic } from './formula/parse.ts'
import { canonicalUnit, conversion, type Unit } from './formula/units.ts'
import type {
  BomRule,
  Capacity,
  Clause,
  Constraint,
  Default,
  Excludes,
  FormulaConstraint,
  Objective,
  PriceRule,
  Requires,
  SpecField,
  TableConstraint,
} from './model.ts'
import type { ModelIndex } from './model-index.ts'

/** A model ready to be asked: looked up by ids, its formulas read. */
export interface Rulebook {
  index: ModelIndex
  rules: Rules
}

/** Everything of a model that carries formulas, in model order. `when` is absent where a rule always holds. */
export interface Rules {
  constraints: ConstraintRule[]
  defaults: { rule: Default; when?: Logic }[]
  prices: PricingRule[]
  bom: { rule: BomRule; when?: Logic; quantity?: Arithmetic }[]
  spec: { rule: SpecField; when?: Logic; value?: Arithmetic; unit?: Unit }[]
  objectives: { rule: Objective; value: Arithmetic }[]
}

export type ConstraintRule = { when?: Logic } & (
  | { kind: 'requires'; rule: Requires; premise: Logic; conclusion: Logic }
  | { kind: 'formula'; rule: FormulaConstraint; formula: Logic }
  | { kind: 'excludes'; rule: Excludes }
  | { kind: 'clause'; rule: Clause }
  | { kind: 'table'; rule: TableConstraint }
  | { kind: 'capacity'; rule: Capacity }
)

export interface PricingRule {
  rule: PriceRule
  when?: Logic
  /** only for the kind formula */
  value?: Arithmetic
}

/** Reads every formula of an indexed model. With errors, what could not be read is left out. */
export function readRules(index: ModelIndex): { rules: Rules; errors: ModelError[] } {
  const errors: ModelError[] = []
  const { constraints, defaults = [], prices = [], bom = [], spec = [], objectives = [] } = index.model

  const logic = (text: string, place: Place): Logic | undefined => {
    const parsed = parseLogic(text, index, place)
    if (parsed.ok) return parsed.ast
    errors.push(...parsed.errors)
    return undefined
  }
  const arithmetic = (text: string, place: Place, unit?: string): { value: Arithmetic; unit: Unit | undefined } | undefined => {
    const parsed = parseArithmetic(text, index, place)
    if (!parsed.ok) {
      errors.push(...parsed.errors)
      return undefined
    }
    const wanted = unit === undefined ? undefined : canonicalUnit(unit)
    // a bare count may be labelled with any unit (pieces, days); a measured value must have the unit it is labelled with
    if (wanted !== undefined && parsed.unit && parsed.unit !== wanted) {
      errors.push(unitMismatch(place, parsed.unit, wanted, conversion(parsed.unit, wanted)))
    }
    return { value: parsed.ast, unit: parsed.unit }
  }
  const condition = (text: string | undefined, list: string, i: number, rule?: string) =>
    text === undefined ? undefined : logic(text, at(`/${list}/${i}/when`, rule))

  const rules: Rules = {
    constraints: constraints.map(readConstraint).filter(rule => rule !== undefined),
    defaults: defaults.map((rule, i) => ({ rule, when: condition(rule.when, 'defaults', i) })),
    prices: prices.map((rule, i) => {
      const value = rule.kind === 'formula' ? arithmetic(rule.formula, at(`/prices/${i}/formula`, rule.id))?.value : undefined
      return { rule, when: condition(rule.when, 'prices', i, rule.id), value }
    }),
    bom: bom.map((rule, i) => {
      const { part, unit } = rule
      const quantity =
        rule.quantity === undefined ? undefined : arithmetic(rule.quantity, at(`/bom/${i}/quantity`, part), unit)?.value
      return { rule, when: condition(rule.when, 'bom', i, part), quantity }
    }),
    spec: spec.map((rule, i) => {
      const { formula, unit } = rule
      const read = formula === undefined ? undefined : arithmetic(formula, at(`/spec/${i}/formula`, rule.id), unit)
      return { rule, when: condition(rule.when, 'spec', i, rule.id), value: read?.value, unit: read?.unit }
    }),
    objectives: objectives.flatMap((rule, i) => {
      const value = arithmetic(rule.of, { path: `/objectives/${i}/of` })?.value
      return value ? [{ rule, value }] : []
    }),
  }
  return { rules, errors }

  function readConstraint(rule: Constraint, i: number): ConstraintRule | undefined {
    const when = condition(rule.when, 'constraints', i, rule.id)
    switch (rule.kind) {
      case 'requires': {
        const premise = logic(rule.if, at(`/constraints/${i}/if`, rule.id))
        const conclusion = logic(rule.then, at(`/constraints/${i}/then`, rule.id))
        return premise && conclusion && { when, kind: 'requires', rule, premise, conclusion }
      }
      case 'formula': {
        const formula = logic(rule.formula, at(`/constraints/${i}/formula`, rule.id))
        return formula && { when, kind: 'formula', rule, formula }
      }
      case 'excludes':
        return { when, kind: 'excludes', rule }
      case 'clause':
        return { when, kind: 'clause', rule }
      case 'table':
        return { when, kind: 'table', rule }
      case 'capacity':
        return { when, kind: 'capacity', rule }
    }
  }
}

function at(path: string, rule: string | undefined): Place {
  return rule === undefined ? { path } : { path, rule }
}
