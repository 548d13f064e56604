import type { Price, PriceLine } from './api.ts'
import { type Exact, exact, multiply, round } from './decimal.ts'
import { text } from './errors.ts'
import { evaluateArithmetic, evaluateLogic, pieces } from './formula/evaluate.ts'
import type { LocalizedText, PriceRule, Selection } from './model.ts'
import type { ModelIndex } from './model-index.ts'
import type { PricingRule, Rulebook } from './rules.ts'

/**
 * The price of a selection: every rule in order, one line for each amount, all in minor units. The lines add up to `net`,
 * `net` and tax to `gross`; only quantities, formulas, surcharges and the tax are rounded, halves away from zero.
 * On request (no rules, an amount of null, a rule that says so, a value beyond the last tier, a formula divided by zero):
 * the lines and sums hold what has a price, `onRequest` names the rest.
 */
export function price({ index, rules }: Rulebook, selection: Selection): Price {
  const { currency, tax } = index.model
  const lines: PriceLine[] = []
  const onRequest: string[] = []
  for (const pricing of rules.prices) {
    if (pricing.when !== undefined && !evaluateLogic(pricing.when, selection)) continue
    for (const line of linesOf(pricing, index, selection, lines)) {
      if (line.amount === undefined) onRequest.push(line.option ?? line.rule)
      else lines.push({ ...line, amount: line.amount })
    }
  }
  const net = lines.reduce((sum, { amount }) => sum + amount, 0)
  const taxed = tax ? percentOf(net, tax.percent) : 0
  const gross = net + (taxed ?? 0)
  if (![net, gross].every(Number.isSafeInteger)) onRequest.push(...rules.prices.map(({ rule }) => rule.id))
  return {
    status: rules.prices.length === 0 || onRequest.length > 0 ? 'on-request' : 'priced',
    currency,
    lines,
    net,
    tax: tax ? { name: tax.name, percent: tax.percent, amount: taxed ?? 0 } : null,
    gross,
    onRequest: [...new Set(onRequest)],
  }
}

/** amount undefined: on request */
type Line = Omit<PriceLine, 'amount'> & { amount: number | undefined }

function linesOf({ rule, value }: PricingRule, index: ModelIndex, selection: Selection, before: readonly PriceLine[]): Line[] {
  const line = { rule: rule.id, kind: rule.kind, name: rule.name ?? names[rule.kind], quantity: 1 }
  switch (rule.kind) {
    case 'base':
    case 'bundle':
      return [{ ...line, amount: rule.amount }]
    case 'options':
      return chosenIn(rule.amounts, index, selection).map(id => {
        const quantity = pieces(selection, id)
        const amount = rule.amounts[id]!
        return {
          ...line,
          option: id,
          name: index.options.get(id)!.option.name,
          quantity,
          amount: amount === null ? undefined : times(amount, quantity),
        }
      })
    case 'quantity': {
      const quantity = valueIn(rule.of, selection)
      if (quantity === undefined) return []
      return [{ ...line, name: rule.name ?? index.groups.get(rule.of)!.name, quantity, amount: times(rule.amount, quantity) }]
    }
    case 'formula': {
      const result = value && evaluateArithmetic(value, selection)
      return [{ ...line, amount: result && whole(result) }]
    }
    case 'tier': {
      const quantity = valueIn(rule.of, selection) ?? 0
      if (quantity === 0) return []
      const name = rule.name ?? (index.options.get(rule.of)?.option ?? index.groups.get(rule.of)!).name
      const option = index.options.has(rule.of) ? { option: rule.of } : {}
      const tier = rule.tiers.find(({ upTo }) => upTo === undefined || quantity <= upTo)
      const amount = tier && (rule.mode === 'each' ? times(tier.amount, quantity) : tier.amount)
      return [{ ...line, ...option, name, quantity, amount }]
    }
    case 'surcharge': {
      const base = before
        .filter(({ rule: id }) => rule.of === undefined || rule.of.includes(id))
        .reduce((sum, { amount }) => sum + amount, 0)
      return [{ ...line, amount: percentOf(base, rule.percent) }]
    }
    case 'on-request':
      return [{ ...line, amount: undefined }]
  }
}

/** What a line is called where the rule has no name. */
const names: Record<PriceRule['kind'], LocalizedText> = {
  base: text('基本价格', 'Base price'),
  options: text('选项', 'Options'),
  quantity: text('按数量计价', 'By quantity'),
  formula: text('按配置计价', 'By configuration'),
  tier: text('分档价格', 'Tier price'),
  bundle: text('组合优惠', 'Bundle discount'),
  surcharge: text('附加费', 'Surcharge'),
  'on-request': text('询价', 'On request'),
}

/** Chosen options that have an amount here, in model order. */
function chosenIn(amounts: Record<string, number | null>, index: ModelIndex, selection: Selection): string[] {
  return Object.keys(selection.options)
    .filter(id => Object.hasOwn(amounts, id) && index.options.has(id))
    .sort((a, b) => index.options.get(a)!.order - index.options.get(b)!.order)
}

/** Value of a number group or pieces of an option; undefined while there is none. */
function valueIn(id: string, selection: Selection): number | undefined {
  if (Object.hasOwn(selection.numbers, id)) return selection.numbers[id]
  return Object.hasOwn(selection.options, id) ? selection.options[id] : undefined
}

function times(amount: number, quantity: number): number | undefined {
  return whole(multiply(exact(amount), exact(quantity)))
}

function percentOf(amount: number, percent: number): number | undefined {
  if (!Number.isSafeInteger(amount)) return undefined
  return whole(multiply(multiply(exact(amount), exact(percent)), { n: 1n, d: 100n }))
}

/** Minor units, halves away from zero; undefined where they are no safe integer. */
function whole(value: Exact): number | undefined {
  const amount = Number(round(value).n)
  return Number.isSafeInteger(amount) ? amount : undefined
}
