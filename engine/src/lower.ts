import type { ModelError, RuleRef } from './api.ts'
import { type Exact, exact, negate as minus, one, zero } from './decimal.ts'
import { text } from './errors.ts'
import type { Logic } from './formula/ast.ts'
import { placeOfValue } from './grid.ts'
import { addLiteral, addScale, constantForm, type Names, type Scale } from './linear-form.ts'
import { lowerFormulas } from './lower-formula.ts'
import { columnsOf, lowerTable } from './lower-table.ts'
import type { Clause, Default, Group } from './model.ts'
import { type Grid, gridOf, type ModelIndex, optionsOf, quantityGrid } from './model-index.ts'
import type { ConstraintRule, Rulebook } from './rules.ts'
import { buildProblem, FALSE, negate, type Problem, type ProblemBuilder, TRUE } from './solver/problem.ts'

/** A model as the solver sees it, and the way back. */
export interface Lowered {
  problem: Problem
  /** by rule number of the problem's constraints */
  rules: RuleRef[]
  /** in model order */
  options: Map<string, OptionVariable>
  numbers: Map<string, NumberVariable>
  /** by default: a literal that holds only if the default is kept */
  defaults: number[]
  names: Names
}

/** The scale's literal: the number has a value. */
export interface NumberVariable extends Scale {
  /** the literal of the option it belongs to, or the constant true */
  counts: number
}

export interface OptionVariable {
  id: string
  group: Group
  literal: number
  /** where the option comes in quantities */
  pieces?: Scale
}

/** Turns a valid model into a problem. Errors: out-of-range, where exact integers would leave 2^53. */
export function lower({ index, rules: { constraints, defaults } }: Rulebook): { lowered: Lowered; errors: ModelError[] } {
  const builder = buildProblem()
  const rules: RuleRef[] = []
  const errors: ModelError[] = []
  const newRule = (rule: RuleRef) => rules.push(rule) - 1

  const options = new Map<string, OptionVariable>()
  for (const [id, { option, group }] of index.options) {
    const literal = builder.literal()
    options.set(id, {
      id,
      group,
      literal,
      ...(option.quantity && { pieces: scale(builder, literal, quantityGrid(option)) }),
    })
  }
  const countsWith = (group: Group) => (group.parent === undefined ? TRUE : options.get(group.parent)!.literal)
  const numbers = new Map<string, NumberVariable>()
  for (const group of index.groups.values()) {
    if (group.kind === 'number') {
      numbers.set(group.id, { ...scale(builder, builder.literal(), gridOf(group)), counts: countsWith(group) })
    }
  }
  const names: Names = {
    option: id => options.get(id)!.literal,
    pieces: id => options.get(id)?.pieces,
    number: id => numbers.get(id)!,
  }

  for (const group of index.groups.values()) lowerGroup(builder, group, names, countsWith(group), newRule)

  const absences = new Map<string, number>()
  const absentIn = (group: Group): number => {
    let literal = absences.get(group.id)
    if (literal === undefined) {
      literal = absence(builder, group, names)
      absences.set(group.id, literal)
    }
    return literal
  }
  constraints.forEach((constraint, i) => {
    const { id, message } = constraint.rule
    const number = newRule(message ? { kind: 'constraint', id, message } : { kind: 'constraint', id })
    const tooLarge = () => {
      const path = `/constraints/${i}`
      if (errors.at(-1)?.path !== path) errors.push(sumTooLarge(path, constraint.rule))
    }
    lowerConstraint(builder, index, constraint, number, names, absentIn, tooLarge)
  })
  const kept = defaults.map(({ rule, when }, i) => {
    const path = `/defaults/${i}`
    const formulas = lowerFormulas(builder, names, -1, () => errors.push(sumTooLarge(path)))
    return lowerDefault(builder, rule, names, when ? formulas.sufficient(when, false) : FALSE)
  })
  return { lowered: { problem: builder.problem, rules, options, numbers, defaults: kept, names }, errors }
}

/** A literal that holds only if `unless` does or what the default says. */
function lowerDefault(builder: ProblemBuilder, rule: Default, names: Names, unless: number): number {
  if ('chosen' in rule && unless === FALSE) return rule.chosen ? names.option(rule.option) : negate(names.option(rule.option))
  const kept = builder.literal()
  const require = (literal: number) => builder.clause(-1, [negate(kept), unless, literal])
  if ('chosen' in rule) require(rule.chosen ? names.option(rule.option) : negate(names.option(rule.option)))
  else {
    const scale = 'number' in rule ? names.number(rule.number) : names.pieces(rule.option)
    require(scale ? scale.literal : names.option('option' in rule ? rule.option : rule.number))
    if (scale) {
      const place = placeOfValue(scale.grid, 'number' in rule ? rule.value : rule.quantity)
      require(builder.atMost(scale.integer, place))
      require(negate(builder.atMost(scale.integer, place - 1)))
    }
  }
  return kept
}

/** While the literal fails the number stands at the first place of its grid: one way of having no value, not many. */
function scale(builder: ProblemBuilder, literal: number, grid: Grid): Scale {
  const integer = builder.integer((grid.max - grid.min) / grid.step)
  builder.clause(-1, [literal, builder.atMost(integer, 0)])
  return { literal, grid, integer }
}

function lowerGroup(
  builder: ProblemBuilder,
  group: Group,
  names: Names,
  counts: number,
  newRule: (rule: RuleRef) => number,
): void {
  const literals =
    group.kind === 'number' ? [names.number(group.id).literal] : optionsOf(group).map(option => names.option(option.id))
  if (counts !== TRUE) {
    const rule = newRule({ kind: 'parent', id: group.id })
    for (const literal of literals) builder.clause(rule, [negate(literal), counts])
  }
  if (group.kind === 'number') {
    builder.clause(newRule({ kind: 'number', id: group.id }), [negate(counts), literals[0]!])
    return
  }
  if (group.kind === 'yes-no') return

  const rule = newRule({ kind: 'group', id: group.id })
  const all = literals.length
  const [min, max] = group.kind === 'choose-one' ? [group.optional ? 0 : 1, 1] : [group.min ?? 0, group.max ?? all]
  if (min === 1) builder.clause(rule, [negate(counts), ...literals])
  else if (min > all) builder.clause(rule, [negate(counts)])
  else if (min > 1) atMost(literals.map(negate), all - min, counts)
  if (max === 1 && all > 1) builder.add({ kind: 'at-most-one', rule, literals })
  else if (max < all) atMost(literals, max, TRUE)

  function atMost(some: number[], limit: number, guard: number): void {
    const weights = some.map(() => 1)
    builder.add({ kind: 'linear', rule, guard, literals: some, weights, integers: [], factors: [], limit })
  }
}

/** A literal that holds exactly where nothing is chosen in a choose-one group. */
function absence(builder: ProblemBuilder, group: Group, names: Names): number {
  const literals = optionsOf(group).map(option => names.option(option.id))
  const literal = builder.literal()
  for (const option of literals) builder.clause(-1, [negate(literal), negate(option)])
  builder.clause(-1, [literal, ...literals])
  return literal
}

function lowerConstraint(
  builder: ProblemBuilder,
  index: ModelIndex,
  constraint: ConstraintRule,
  rule: number,
  names: Names,
  absentIn: (group: Group) => number,
  tooLarge: () => void,
): void {
  // most rules of large models are no more than this
  if (constraint.kind === 'clause' && !constraint.when) {
    builder.clause(rule, literalsOf(constraint.rule, names))
    return
  }
  const formulas = lowerFormulas(builder, names, rule, tooLarge)
  const unless = constraint.when ? [formulas.sufficient(constraint.when, false)] : []
  if (unless[0] === FALSE) unless.length = 0
  switch (constraint.kind) {
    case 'requires': {
      const { premise: left, conclusion: right } = constraint
      formulas.require(unless, { op: 'implies', left, right } satisfies Logic)
      return
    }
    case 'formula':
      formulas.require(unless, constraint.formula)
      return
    case 'excludes': {
      const form = constantForm(minus(one))
      for (const option of new Set(constraint.rule.options)) addLiteral(form, names.option(option), one)
      formulas.requireAtMostZero(unless, form)
      return
    }
    case 'clause':
      builder.clause(rule, [...unless, ...literalsOf(constraint.rule, names)])
      return
    case 'table':
      lowerTable(builder, rule, constraint.rule, columnsOf(constraint.rule, index, names.option, names.number, absentIn), unless)
      return
    case 'capacity': {
      const form = constantForm(zero)
      const add = (option: string, factor: Exact) => {
        const pieces = names.pieces(option)
        if (pieces) addScale(form, pieces, factor)
        else addLiteral(form, names.option(option), factor)
      }
      for (const { option, value } of index.takes.get(constraint.rule.interface) ?? []) add(option, exact(value))
      for (const { option, value } of index.offers.get(constraint.rule.interface) ?? []) add(option, minus(exact(value)))
      formulas.requireAtMostZero(unless, form)
      return
    }
    default:
      constraint satisfies never
  }
}

const none: string[] = []

function literalsOf({ chosen = none, not = none }: Clause, names: Names): number[] {
  const literals: number[] = []
  for (let i = 0; i < chosen.length; i++) literals.push(names.option(chosen[i]!))
  for (let i = 0; i < not.length; i++) literals.push(negate(names.option(not[i]!)))
  return literals
}

/** out-of-range: the numbers of a rule are too large to be exact. */
export function sumTooLarge(path: string, rule?: { id: string }): ModelError {
  return {
    code: 'out-of-range',
    path,
    ...(rule && { rule: rule.id }),
    message: text(
      '此规则中的数值过大，无法精确计算（总和可能超过 2^53）。',
      'The numbers in this rule are too large to be exact: a sum could exceed 2^53.',
    ),
    remedy: text('请缩小数值范围，或减少小数位数。', 'Narrow the ranges, or use fewer decimals.'),
  }
}
