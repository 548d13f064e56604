import { type LocalizedText, type Model, optionsOf, type PriceRule } from '@fettle/engine'
import { type Fact, factsOf, type Writer } from './facts.ts'
import type { ThingKind } from './kinds.ts'

/** One part of a model with everything it says, each fact by a key that the same fact of another version has too. */
export interface Thing {
  kind: ThingKind
  /** unique within the kind */
  id: string
  name: LocalizedText
  facts: ReadonlyMap<string, Fact>
}

/** Takes a model apart. Every value of it stands in exactly one fact of one thing; places in lists are told by `orders`. */
export function thingsOf(model: Model, write: Writer): Thing[] {
  const {
    groups,
    constraints,
    prices = [],
    defaults = [],
    attributes,
    interfaces = [],
    bom = [],
    spec = [],
    examples = [],
  } = model
  const { id: _, format: __, groups: g, constraints: c, prices: p, defaults: d, attributes: a, interfaces: i, ...rest } = model
  const { bom: b, spec: s, examples: e, ...product } = rest
  const thing = (kind: ThingKind, id: string, name: LocalizedText, value: object, skip: readonly string[] = []): Thing => ({
    kind,
    id,
    name,
    facts: factsOf(value, write, ['id', ...skip]),
  })
  return distinct([
    thing('product', model.id, model.name, { ...product, modelId: model.id }),
    ...groups.map(group => thing('group', group.id, group.name, group, ['options', 'option'])),
    ...groups.flatMap(group =>
      optionsOf(group).map(option => thing('option', option.id, option.name, { ...option, inGroup: group.id })),
    ),
    ...constraints.map(rule => thing('rule', rule.id, rule.message ?? both(rule.id), rule)),
    ...prices.map(rule => thing('price', rule.id, rule.name ?? priceName(rule), rule)),
    ...defaults.map(one => thing('default', subject(one), write.reference(subject(one)), one, ['option', 'number'])),
    ...attributes.map(one => thing('attribute', one.id, one.name, one)),
    ...interfaces.map(one => thing('interface', one.id, one.name, one)),
    ...bom.map(one => thing('bom', one.part, one.name, one)),
    ...spec.map(one => thing('spec', one.id, one.name, one)),
    ...examples.map(one => thing('example', one.id, one.name ?? both(one.id), one)),
  ])
}

/** A list whose order counts: what a reader sees first, what is kept first, what is reckoned first. */
export interface Order {
  /** the thing it belongs to */
  kind: 'product' | 'group'
  id: string
  label: LocalizedText
  ids: string[]
}

/** The lists of a model whose order counts. */
export function ordersOf({
  id,
  groups,
  constraints,
  prices = [],
  defaults = [],
  bom = [],
  spec = [],
  examples = [],
}: Model): Order[] {
  const ofProduct = (label: LocalizedText, ids: string[]): Order => ({ kind: 'product', id, label, ids })
  return [
    ofProduct({ 'zh-CN': '问题的顺序', en: 'order of the questions' }, idsOf(groups)),
    ofProduct({ 'zh-CN': '规则的顺序', en: 'order of the rules' }, idsOf(constraints)),
    ofProduct({ 'zh-CN': '价格规则的顺序', en: 'order of the price rules' }, idsOf(prices)),
    ofProduct({ 'zh-CN': '默认值的顺序', en: 'order of the defaults' }, defaults.map(subject)),
    ofProduct(
      { 'zh-CN': '物料的顺序', en: 'order of the parts' },
      bom.map(({ part }) => part),
    ),
    ofProduct({ 'zh-CN': '规格的顺序', en: 'order of the specification' }, idsOf(spec)),
    ofProduct({ 'zh-CN': '示例的顺序', en: 'order of the examples' }, idsOf(examples)),
    ...groups.map((group): Order => {
      const label = { 'zh-CN': '选项的顺序', en: 'order of the options' }
      return { kind: 'group', id: group.id, label, ids: idsOf(optionsOf(group)) }
    }),
  ]
}

const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id)

/** What may stand several times under one name (a part, a default) counts on, so that each is compared with its like. */
function distinct(things: Thing[]): Thing[] {
  const seen = new Map<string, number>()
  return things.map(thing => {
    const key = `${thing.kind} ${thing.id}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 ? thing : { ...thing, id: `${thing.id} ${count}` }
  })
}

const subject = (one: { option: string } | { number: string }): string => ('number' in one ? one.number : one.option)

const both = (text: string): LocalizedText => ({ 'zh-CN': text, en: text })

const priceNames: Record<PriceRule['kind'], LocalizedText> = {
  base: { 'zh-CN': '基础价格', en: 'Base price' },
  options: { 'zh-CN': '选项价格', en: 'Prices of options' },
  quantity: { 'zh-CN': '按数量计价', en: 'Price by quantity' },
  formula: { 'zh-CN': '公式计价', en: 'Price by formula' },
  tier: { 'zh-CN': '分档计价', en: 'Price by tiers' },
  bundle: { 'zh-CN': '组合价', en: 'Bundle' },
  surcharge: { 'zh-CN': '附加费', en: 'Surcharge' },
  'on-request': { 'zh-CN': '面议', en: 'Price on request' },
}
const priceName = ({ kind }: PriceRule): LocalizedText => priceNames[kind]
