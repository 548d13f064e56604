import { type Exact, exact, multiply, round } from './decimal.ts'
import { valueAt } from './grid.ts'
import type { Scale } from './linear-form.ts'
import type { Lowered } from './lower.ts'
import { type FormulaLowering, lowerFormulas } from './lower-formula.ts'
import type { PriceRule } from './model.ts'
import { type Grid, optionsOf } from './model-index.ts'
import type { PricingRule, Rulebook } from './rules.ts'
import { type Box, exactValue, range, scopeOf } from './solver/expression.ts'
import { negate, type ProblemBuilder, TRUE } from './solver/problem.ts'
import { readBy, type Term } from './solver/propagators/objective.ts'

/**
 * The net price as terms of an objective: exactly the sum of the lines that `price` makes, what is on request left out.
 * Conditions get literals of their own in `builder`.
 * `tooLarge` hears of rules whose numbers could leave 2^53; `compile` refuses them.
 */
export function priceTerms(
  builder: ProblemBuilder,
  { index, rules }: Rulebook,
  lowered: Lowered,
  tooLarge: (rule: number) => void = () => undefined,
): Term[] {
  let current = 0
  const formulas = lowerFormulas(builder, lowered.names, -1, () => tooLarge(current))
  const byRule = new Map<string, Term[]>()
  for (const [place, pricing] of rules.prices.entries()) {
    current = place
    const when = pricing.when ? formulas.equivalent(pricing.when) : TRUE
    byRule.set(pricing.rule.id, termsOf(pricing, when))
  }
  return [...byRule.values()].flat()

  function termsOf({ rule, value }: PricingRule, when: number): Term[] {
    switch (rule.kind) {
      case 'base':
      case 'bundle':
        return [{ kind: 'weight', literal: when, weight: rule.amount }]
      case 'options':
        return optionTerms(rule, when)
      case 'quantity':
      case 'tier': {
        const scale = scaleOf(rule.of)
        if (!scale) return []
        const of = rule.kind === 'quantity' ? stretchAmount(scale.grid, rule.amount) : tierAmount(scale.grid, rule)
        return [scaled(scale, both(when, scale.literal), of)]
      }
      case 'formula':
        return value ? [formulaTerm(formulas, value, when)] : []
      case 'surcharge': {
        const earlier = [...byRule].filter(([id]) => rule.of === undefined || rule.of.includes(id)).flatMap(([, terms]) => terms)
        return [surchargeTerm(earlier, rule.percent, when)]
      }
      case 'on-request':
        return []
      default:
        return rule satisfies never
    }
  }

  /** One term for each choose-one group, one for each other option. */
  function optionTerms({ amounts }: Extract<PriceRule, { kind: 'options' }>, when: number): Term[] {
    const terms: Term[] = []
    const amountOf = (id: string) => (Object.hasOwn(amounts, id) ? (amounts[id] ?? 0) : 0)
    for (const group of index.groups.values()) {
      const options = optionsOf(group).map(option => lowered.options.get(option.id)!)
      if (group.kind === 'choose-one' && when === TRUE && options.every(({ pieces }) => !pieces)) {
        terms.push({
          kind: 'choice',
          literals: options.map(({ literal }) => literal),
          amounts: options.map(({ id }) => amountOf(id)),
          sure: group.optional ? negate(TRUE) : group.parent === undefined ? TRUE : lowered.options.get(group.parent)!.literal,
        })
        continue
      }
      for (const { id, literal, pieces } of options) {
        const amount = amountOf(id)
        if (amount === 0) continue
        if (pieces) terms.push(scaled(pieces, both(when, literal), stretchAmount(pieces.grid, amount)))
        else terms.push({ kind: 'weight', literal: both(when, literal), weight: amount })
      }
    }
    return terms
  }

  /** The scale of a number group or option; a plain option is one piece. */
  function scaleOf(id: string): Scale | undefined {
    const option = lowered.options.get(id)
    if (!option) return lowered.numbers.get(id)
    return option.pieces ?? { literal: option.literal, grid: { min: 1, max: 1, step: 1, decimals: 0 }, integer: -1 }
  }

  /** A literal that holds exactly if both do. */
  function both(a: number, b: number): number {
    if (a === TRUE) return b
    if (b === TRUE) return a
    const literal = builder.literal()
    builder.clause(-1, [negate(literal), a])
    builder.clause(-1, [negate(literal), b])
    builder.clause(-1, [literal, negate(a), negate(b)])
    return literal
  }
}

/** Least and greatest amount over places of a grid. */
type AmountOver = (from: number, to: number) => [number, number]

function scaled({ integer }: Scale, when: number, amountOver: AmountOver): Term {
  const integers = integer < 0 ? [] : [integer]
  return whileHolds(when, [], integers, box =>
    integer < 0 ? amountOver(0, 0) : amountOver(box.lower[integer]!, box.upper[integer]!),
  )
}

/** A function that is 0 while its literal fails. */
function whileHolds(when: number, literals: number[], integers: number[], amount: (box: Box) => [number, number]): Term {
  return {
    kind: 'function',
    literals: when === TRUE ? literals : [...literals, when],
    integers,
    range(box) {
      const value = box.values[when]!
      if (value < 0) return [0, 0]
      const [min, max] = amount(box)
      return value > 0 ? [min, max] : [Math.min(0, min), Math.max(0, max)]
    },
  }
}

/** The same as it is, computed again only for another stretch than the last: exact decimals are slow. */
function remembering(amountOver: AmountOver): AmountOver {
  let last: { from: number; to: number; amounts: [number, number] } | undefined
  return (from, to) => {
    if (last?.from !== from || last.to !== to) last = { from, to, amounts: amountOver(from, to) }
    return last.amounts
  }
}

const stretchAmount = (grid: Grid, amount: number): AmountOver =>
  remembering((from, to) => hull(times(amount, valueAt(grid, from)), times(amount, valueAt(grid, to))))

function tierAmount(grid: Grid, { mode, tiers }: Extract<PriceRule, { kind: 'tier' }>): AmountOver {
  const amountAt = (amount: number, place: number) => {
    const value = valueAt(grid, place)
    return value === 0 ? 0 : mode === 'each' ? times(amount, value) : amount
  }
  return remembering((from, to) => {
    const found: number[] = []
    let next = from
    for (const { upTo, amount } of tiers) {
      if (next > to) break
      const last = upTo === undefined ? to : Math.min(to, lastPlaceUpTo(grid, upTo))
      if (last < next) continue
      found.push(amountAt(amount, next), amountAt(amount, last))
      // A flat tier costs nothing at the value 0, which may lie anywhere within.
      if (valueAt(grid, next) <= 0 && valueAt(grid, last) >= 0 && next < last) found.push(0, mode === 'flat' ? amount : 0)
      next = last + 1
    }
    if (next <= to) found.push(0)
    return hull(...found)
  })
}

function lastPlaceUpTo(grid: Grid, value: number): number {
  let place = Math.floor((value - valueAt(grid, 0)) / (grid.step / 10 ** grid.decimals))
  while (valueAt(grid, place + 1) <= value) place++
  while (valueAt(grid, place) > value) place--
  return place
}

function formulaTerm(formulas: FormulaLowering, value: Parameters<FormulaLowering['expression']>[0], when: number): Term {
  const expression = formulas.expression(value)
  const literals = new Set<number>()
  const integers = new Set<number>()
  scopeOf(expression, literals, integers)
  return whileHolds(when, [...literals], [...integers], box => {
    const isPoint =
      [...literals].every(literal => box.values[literal] !== 0) && [...integers].every(x => box.lower[x] === box.upper[x])
    if (isPoint) {
      const amount = wholeOrNothing(exactValue(expression, box))
      return [amount, amount]
    }
    const { min, max, defined } = range(expression, box)
    if (defined < 0) return [0, 0]
    return hull(Math.floor(min - 0.5), Math.ceil(max + 0.5), ...(defined === 0 || !isSafe(min) || !isSafe(max) ? [0] : []))
  })
}

function surchargeTerm(earlier: Term[], percent: number, when: number): Term {
  const literals = new Set<number>()
  const integers = new Set<number>()
  for (const term of earlier) readBy(term, literals, integers)
  const part = multiply(exact(percent), { n: 1n, d: 100n })
  const share = remembering((min, max) =>
    hull(wholeOrNothing(multiply(exact(min), part)), wholeOrNothing(multiply(exact(max), part))),
  )
  return whileHolds(when, [...literals], [...integers], box => {
    let min = 0
    let max = 0
    for (const term of earlier) {
      const [least, most] = rangeOf(term, box)
      min += least
      max += most
    }
    if (!isSafe(min) || !isSafe(max)) return min === max ? [0, 0] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    return share(min, max)
  })
}

function rangeOf(term: Term, box: Box): [number, number] {
  if (term.kind === 'integer') return hull(term.factor * box.lower[term.integer]!, term.factor * box.upper[term.integer]!)
  if (term.kind === 'function') return term.range(box)
  if (term.kind === 'weight') {
    const value = box.values[term.literal]!
    if (value !== 0) return value > 0 ? [term.weight, term.weight] : [0, 0]
    return hull(0, term.weight)
  }
  const open: number[] = box.values[term.sure]! > 0 ? [] : [0]
  for (let i = 0; i < term.literals.length; i++) {
    const value = box.values[term.literals[i]!]!
    if (value > 0) return [term.amounts[i]!, term.amounts[i]!]
    if (value === 0) open.push(term.amounts[i]!)
  }
  return hull(...open)
}

const hull = (...values: number[]): [number, number] =>
  values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)]

const times = (amount: number, value: number) => wholeOrNothing(multiply(exact(amount), exact(value)))

const isSafe = (value: number) => Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER

/** Rounded to minor units, halves away from zero; 0 where it is undefined or no safe integer: then it is on request. */
function wholeOrNothing(value: Exact | undefined): number {
  const amount = value ? Number(round(value).n) : 0
  return isSafe(amount) ? amount : 0
}
