import type { Domains, Interval } from '../api.ts'
import type { Compiled } from '../compile.ts'
import { pointer, text } from '../errors.ts'
import type { Arithmetic, Logic } from '../formula/ast.ts'
import { placeOfValue, valueAt } from '../grid.ts'
import type { Names, Scale } from '../linear-form.ts'
import { lowerFormulas } from '../lower-formula.ts'
import type { Group, LocalizedText, PriceRule } from '../model.ts'
import { optionsOf } from '../model-index.ts'
import type { PricingRule } from '../rules.ts'
import { negate, type ProblemBuilder } from '../solver/problem.ts'
import {
  alwaysChosen,
  calledRule,
  type Draft,
  deadOption,
  deadValues,
  falseOptional,
  redundantRule,
  unreachablePrice,
  voidCondition,
} from './findings.ts'
import { violationOf } from './violations.ts'

/** Something that has no fault if literals can hold together, and that `finding` otherwise. */
export interface Question {
  needs: number[]
  finding: Draft
  /** asked only where there was no fault */
  then?: Question[]
  /** asked only where there was a fault: the first that has one too tells it better */
  rather?: Question[]
}

/** Everything that the domains answer already: each is a finding, and `needs` is what it rules out. */
export function settledByDomains({ model, lowered }: Compiled, builder: ProblemBuilder, domains: Domains): Question[] {
  const excluded = (option: string | undefined) => option !== undefined && domains.options[option]!.state === 'excluded'
  return model.groups.flatMap((group, at): Question[] => {
    const path = pointer('groups', at)
    // what belongs to a dead option is dead with it, and told once
    if (excluded(group.parent)) return []
    if (group.kind === 'number') {
      const scale = lowered.numbers.get(group.id)!
      const { values } = domains.numbers[group.id]!
      return missingValues(builder, scale, values, range => deadValues(path, group, range, values))
    }
    return optionsOf(group).flatMap((option, place): Question[] => {
      const own = pathOf(at, group, place)
      const { literal, pieces } = lowered.options.get(option.id)!
      const { state, quantities = [] } = domains.options[option.id]!
      if (state === 'excluded') return [{ needs: [literal], finding: deadOption(own, option, group) }]
      const forced: Question[] =
        state === 'forced' && leavesOpen(group) ? [{ needs: [negate(literal)], finding: alwaysChosen(own, option, group) }] : []
      const missing = pieces
        ? missingValues(builder, pieces, quantities, range => deadValues(`${own}/quantity`, option, range, quantities))
        : []
      return [...forced, ...missing]
    })
  })
}

/** Whether each option that its group leaves open can be left out where its parent is chosen. */
export function falseOptionals({ index, model, lowered }: Compiled, domains: Domains): Question[] {
  const isFree = (option: string) => domains.options[option]!.state === 'free'
  return model.groups.flatMap((group, at): Question[] => {
    const { parent } = group
    if (parent === undefined || !isFree(parent) || !leavesOpen(group)) return []
    return optionsOf(group).flatMap((option, place): Question[] => {
      if (!isFree(option.id)) return []
      const needs = [lowered.options.get(parent)!.literal, negate(lowered.options.get(option.id)!.literal)]
      return [{ needs, finding: falseOptional(pathOf(at, group, place), option, index.options.get(parent)!.option) }]
    })
  })
}

/** Questions, and how many could not be asked exactly, since their sums would leave 2^53. */
export interface Asked {
  questions: Question[]
  leftOut: number
}

/** Whether every condition outside the constraints can hold, and every price be asked. */
export function conditions({ index, rules, lowered }: Compiled, builder: ProblemBuilder): Asked {
  let leftOut = 0
  const literalOf = (formula: Logic) => {
    const literal = holding(builder, lowered.names, formula)
    if (literal === undefined) leftOut++
    return literal
  }
  const ask = (formula: Logic | undefined, finding: () => Draft, then: () => Question[] = () => []): Question[] => {
    const literal = formula && literalOf(formula)
    return literal === undefined ? then() : [{ needs: [literal], finding: finding(), then: then() }]
  }

  const conditional = (list: { when?: Logic; rule: { when?: string } }[], field: string, what: (at: number) => LocalizedText) =>
    list.flatMap(({ when, rule }, at) => ask(when, () => voidCondition(pointer(field, at, 'when'), what(at), rule.when!)))
  const questions = [
    ...conditional(rules.defaults, 'defaults', at => text(`第 ${at + 1} 条默认值`, `default ${at + 1}`)),
    ...rules.prices.flatMap((pricing, at) => ofPrice(pricing, pointer('prices', at))),
    ...conditional(rules.bom, 'bom', at => text(`物料“${rules.bom[at]!.rule.part}”`, `the part “${rules.bom[at]!.rule.part}”`)),
    ...conditional(rules.spec, 'spec', at =>
      text(`规格“${rules.spec[at]!.rule.name['zh-CN']}”`, `the specification “${rules.spec[at]!.rule.name.en}”`),
    ),
  ]
  return { questions, leftOut }

  function ofPrice({ rule, when }: PricingRule, path: string): Question[] {
    const never = () =>
      unreachablePrice(`${path}/when`, rule, ({ 'zh-CN': zh, en }) =>
        text(
          `价格“${zh}”永远不会计入，因为其条件不可能成立`,
          `The price “${en}” never applies, since its condition can never hold`,
        ),
      )
    return ask(when, never, () => ofAmounts(rule, when, path))
  }

  function ofAmounts(rule: PriceRule, when: Logic | undefined, path: string): Question[] {
    switch (rule.kind) {
      case 'options':
        return Object.keys(rule.amounts).flatMap(id => {
          const { name } = index.options.get(id)!.option
          return ask(both(when, { op: 'chosen', option: id }), () =>
            unreachablePrice(
              `${path}${pointer('amounts', id)}`,
              rule,
              ({ 'zh-CN': zh, en }) =>
                text(
                  `价格“${zh}”中“${name['zh-CN']}”的金额永远不会计入`,
                  `In the price “${en}” the amount for “${name.en}” never applies`,
                ),
              id,
            ),
          )
        })
      case 'quantity':
      case 'tier': {
        const value: Arithmetic = index.options.has(rule.of)
          ? { op: 'quantity', option: rule.of }
          : { op: 'number', group: rule.of }
        const compare = (op: '!=' | '<=' | '>', to: number): Logic => ({ op, left: value, right: { op: 'literal', value: to } })
        const something = both(when, compare('!=', 0))
        const whole = () =>
          unreachablePrice(path, rule, ({ 'zh-CN': zh, en }) =>
            text(`价格“${zh}”永远不会计入`, `The price “${en}” never applies`),
          )
        return ask(something, whole, () => {
          if (rule.kind === 'quantity') return []
          return rule.tiers.flatMap(({ upTo }, at) => {
            const before = rule.tiers[at - 1]?.upTo
            const reached = both(
              both(something, before === undefined ? undefined : compare('>', before)),
              upTo === undefined ? undefined : compare('<=', upTo),
            )
            return ask(reached, () =>
              unreachablePrice(`${path}${pointer('tiers', at)}`, rule, ({ 'zh-CN': zh, en }) =>
                text(`价格“${zh}”的第 ${at + 1} 档永远不会用到`, `Tier ${at + 1} of the price “${en}” is never reached`),
              ),
            )
          })
        })
      }
      case 'base':
      case 'bundle':
      case 'formula':
      case 'surcharge':
      case 'on-request':
        return []
      default:
        return rule satisfies never
    }
  }
}

/** A question about a rule, in a problem where the rule is off. */
export interface RuleQuestion extends Question {
  rule: number
  off: number
}

/** Whether each constraint can be broken while the others hold, and if not, whether it is for want of its own condition. */
export function redundancies(
  { index, rules, lowered }: Compiled,
  builder: ProblemBuilder,
): Asked & { questions: RuleQuestion[] } {
  const { names } = lowered
  const numbers = lowered.rules.flatMap(({ kind }, rule) => (kind === 'constraint' ? [rule] : []))
  const questions = rules.constraints.flatMap((constraint, at): RuleQuestion[] => {
    const { rule, when } = constraint
    const path = pointer('constraints', at)
    const broken = violationOf(builder, index, names, constraint)
    if (broken === undefined) return []
    const off = builder.literal()
    const without = (literal: number): number => {
      const wish = builder.literal()
      builder.clause(-1, [negate(wish), literal])
      builder.clause(-1, [negate(wish), off])
      return wish
    }
    const called = calledRule(rule)
    const what = text(`规则“${called['zh-CN']}”`, `the rule “${called.en}”`)
    const never = (formula: Logic | undefined, field: 'when' | 'if', written: string | undefined): Question[] => {
      const literal = formula && holding(builder, names, formula)
      if (literal === undefined) return []
      return [{ needs: [without(literal)], finding: voidCondition(`${path}/${field}`, what, written!, rule.id) }]
    }
    const rather = never(when, 'when', rule.when)
    if (constraint.kind === 'requires') rather.push(...never(both(when, constraint.premise), 'if', constraint.rule.if))
    builder.clause(-1, [negate(broken), off])
    return [{ needs: [broken], finding: redundantRule(path, rule.id, called), rather, rule: numbers[at]!, off }]
  })
  return { questions, leftOut: rules.constraints.length - questions.length }
}

/** A literal that holds only where the formula does; undefined where its sums would leave 2^53. */
function holding(builder: ProblemBuilder, names: Names, formula: Logic): number | undefined {
  let exact = true
  const formulas = lowerFormulas(builder, names, -1, () => {
    exact = false
  })
  const literal = formulas.sufficient(formula, true)
  return exact ? literal : undefined
}

function both(a: Logic | undefined, b: Logic | undefined): Logic | undefined {
  return a && b ? { op: 'and', args: [a, b] } : (a ?? b)
}

/** Whether the group itself leaves one the choice of an option of it. */
function leavesOpen(group: Group): boolean {
  switch (group.kind) {
    case 'choose-one':
      return group.optional === true || group.options.length > 1
    case 'choose-some':
      return (group.min ?? 0) < group.options.length
    case 'yes-no':
    case 'number':
      return true
  }
}

const pathOf = (at: number, group: Group, place: number) =>
  group.kind === 'yes-no' ? pointer('groups', at, 'option') : pointer('groups', at, 'options', place)

/** The widest gap among the values of a scale, as what would have to hold for a value in it. */
function missingValues(
  builder: ProblemBuilder,
  { literal, grid, integer }: Scale,
  possible: readonly Interval[],
  finding: (range: Interval) => Draft,
): Question[] {
  const last = (grid.max - grid.min) / grid.step
  let next = 0
  let widest: [number, number] | undefined
  for (const [from, to] of [
    ...possible.map(({ min, max }) => [placeOfValue(grid, min), placeOfValue(grid, max)] as const),
    [last + 1, last] as const,
  ]) {
    if (from > next && (!widest || from - next > widest[1] - widest[0] + 1)) widest = [next, from - 1]
    next = to + 1
  }
  if (!widest) return []
  const needs = [literal, negate(builder.atMost(integer, widest[0] - 1)), builder.atMost(integer, widest[1])]
  return [{ needs, finding: finding({ min: valueAt(grid, 0), max: valueAt(grid, last) }) }]
}
