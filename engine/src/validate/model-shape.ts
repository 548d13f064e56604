import { text } from '../errors.ts'
import type { LocalizedText } from '../model.ts'
import {
  byId,
  byKind,
  either,
  type Fields,
  flag,
  identifier,
  isObject,
  type JsonSchema,
  list,
  named,
  nothing,
  numeric,
  object,
  oneOf,
  type Shape,
  words,
} from './shape.ts'

/** How large a model may be. */
export const limits = { groups: 50_000, options: 50_000, constraints: 200_000, rows: 100_000, others: 50_000, decimals: 6 }

const some = (shape: Shape) => ({ optional: shape })
const many = (shape: Shape, max: number, what: LocalizedText, min = 0) => list(shape, { min, max, what })

const localized = named('LocalizedText', object({ 'zh-CN': words(5000), en: words(5000) }))
const formula = named('Formula', {
  // its own reader says more about length and content
  ...words(100_000),
  read: (value, reading) => (typeof value === 'string' ? undefined : words(1).read(value, reading)),
})
const unit = words(40, { pattern: /^[^[\]]*$/, expected: text('单位（不含方括号）', 'a unit without brackets') })
const code = words(200)
const clauseIds = many(identifier, limits.options, text('选项', 'options'))
const optionIds = many(identifier, limits.options, text('选项', 'options'), 2)

const quantity = named(
  'Quantity',
  object({
    min: numeric({ min: 1, max: 1e6, integer: true }),
    max: numeric({ min: 1, max: 1e6, integer: true }),
    step: some(numeric({ min: 1, max: 1e6, integer: true })),
  }),
)

const pieces = byId(numeric({ min: 0, max: 1e6, integer: true }))

const option = named(
  'Option',
  object({
    id: identifier,
    name: localized,
    use: some(localized),
    attributes: some(byId(numeric())),
    offers: some(pieces),
    takes: some(pieces),
    quantity: some(quantity),
    media: some(object({ image: some(words(2000)), drawing: some(words(2000)) })),
    visibility: some(oneOf('public', 'staff', 'hidden')),
    code: some(code),
    part: some(words(200)),
  }),
)

const options = many(option, limits.options, text('选项', 'options'), 1)
const groupFields: Fields = {
  id: identifier,
  name: localized,
  help: some(localized),
  parent: some(identifier),
  section: some(identifier),
}
const atMost = numeric({ min: 0, max: limits.options, integer: true })

const group = named(
  'Group',
  byKind({
    'choose-one': { ...groupFields, optional: some(flag), options },
    'choose-some': { ...groupFields, min: some(atMost), max: some(atMost), options },
    'yes-no': { ...groupFields, option },
    number: {
      ...groupFields,
      min: numeric(),
      max: numeric(),
      step: some(numeric({ min: 0.000001 })),
      unit: some(unit),
      code: some(code),
    },
  }),
)

const range = object({ min: some(numeric()), max: some(numeric()) })
const several = many(
  either([identifier, numeric()], text('选项标识或数字', 'an option id or a number'), value =>
    typeof value === 'string' ? words(200) : typeof value === 'number' ? numeric() : undefined,
  ),
  limits.options,
  text('单元格', 'cell'),
  1,
)
const cell = named(
  'Cell',
  either(
    [words(200), numeric(), flag, several, range],
    text('选项标识、数字、true、false、列表、范围或“*”', 'an option id, a number, true, false, a list, a range or "*"'),
    value => {
      if (Array.isArray(value)) return several
      if (isObject(value)) return range
      if (typeof value === 'string') return words(200)
      if (typeof value === 'number') return numeric()
      return typeof value === 'boolean' ? flag : undefined
    },
  ),
)

const rule: Fields = { id: identifier, message: some(localized), when: some(formula) }

const constraint = named(
  'Constraint',
  byKind({
    requires: { ...rule, if: formula, then: formula },
    excludes: { ...rule, options: optionIds },
    clause: { ...rule, chosen: some(clauseIds), not: some(clauseIds) },
    formula: { ...rule, formula },
    table: {
      ...rule,
      columns: many(identifier, 100, text('列', 'columns'), 1),
      rows: many(many(cell, 100, text('行', 'the row'), 1), limits.rows, text('表格', 'the table'), 1),
      mode: some(oneOf('allowed', 'forbidden')),
    },
    capacity: { ...rule, interface: identifier },
  }),
)

/** A decision; `Default` adds a condition. */
function deciding(name: string, more: Fields, expected: LocalizedText) {
  const kinds = [
    object({ ...more, option: identifier, chosen: flag }),
    object({ ...more, option: identifier, quantity: numeric({ min: 1, max: 1e6, integer: true }) }),
    object({ ...more, number: identifier, value: numeric() }),
  ] as const
  return named(
    name,
    either([...kinds], expected, value => {
      if (!isObject(value)) return undefined
      if (Object.hasOwn(value, 'number')) return kinds[2]
      return Object.hasOwn(value, 'quantity') ? kinds[1] : kinds[0]
    }),
  )
}
const preset = deciding('Default', { when: some(formula) }, text('默认值 {…}', 'a default {…}'))
const decision = deciding('Decision', {}, text('选择 {…}', 'a decision {…}'))
const example = named(
  'Example',
  object({
    id: identifier,
    name: some(localized),
    decisions: many(decision, 1000, text('选择', 'decisions'), 1),
    expect: oneOf('possible', 'impossible'),
  }),
)

const objective = named('Objective', object({ goal: oneOf('least', 'greatest'), of: formula }))

const price: Fields = { id: identifier, name: some(localized), when: some(formula) }
const amount = numeric({ integer: true })
const amountOrRequest = either([amount, nothing], text('整数或 null', 'an integer or null'), value =>
  value === null ? nothing : amount,
)
const tier = object({ upTo: some(numeric()), amount })

const priceRule = named(
  'PriceRule',
  byKind({
    base: { ...price, amount },
    options: { ...price, amounts: byId(amountOrRequest) },
    quantity: { ...price, of: identifier, amount },
    formula: { ...price, formula },
    tier: { ...price, of: identifier, mode: oneOf('each', 'flat'), tiers: many(tier, 1000, text('分档', 'tiers'), 1) },
    bundle: { ...price, when: formula, amount },
    surcharge: {
      ...price,
      percent: numeric({ min: -1000, max: 1000 }),
      of: some(many(identifier, limits.others, text('价格规则', 'price rules'), 1)),
    },
    'on-request': price,
  }),
)

const attribute = named(
  'Attribute',
  object({
    id: identifier,
    name: localized,
    unit: some(unit),
    decimals: some(numeric({ min: 0, max: limits.decimals, integer: true })),
  }),
)
const bomRule = named(
  'BomRule',
  object({ part: words(200), name: localized, when: some(formula), quantity: some(formula), unit: some(unit) }),
)
const specField = named(
  'SpecField',
  object({
    id: identifier,
    name: localized,
    when: some(formula),
    formula: some(formula),
    group: some(identifier),
    unit: some(unit),
    decimals: some(numeric({ min: 0, max: limits.decimals, integer: true })),
    headline: some(flag),
    role: some(oneOf('mass', 'power', 'lead-time')),
  }),
)
const tax = named('Tax', object({ name: localized, percent: numeric({ min: 0, max: 100 }) }))
const connection = named('Interface', object({ id: identifier, name: localized }))

const whole = object({
  $schema: some(words(2000)),
  format: oneOf('fettle-model/1'),
  id: identifier,
  version: words(200),
  name: localized,
  description: some(localized),
  untranslated: some(flag),
  currency: words(3, {
    pattern: /^[A-Z]{3}$/,
    expected: text('三个大写字母的货币代码，如“CNY”', 'a currency of three capital letters, such as "CNY"'),
  }),
  attributes: many(attribute, limits.others, text('属性', 'attributes')),
  interfaces: some(many(connection, limits.others, text('接口', 'interfaces'))),
  groups: many(group, limits.groups, text('选项组', 'groups'), 1),
  constraints: many(constraint, limits.constraints, text('约束', 'constraints')),
  defaults: some(many(preset, limits.others, text('默认值', 'defaults'))),
  prices: some(many(priceRule, limits.others, text('价格规则', 'price rules'))),
  tax: some(tax),
  bom: some(many(bomRule, limits.others, text('物料规则', 'parts'))),
  spec: some(many(specField, limits.others, text('规格字段', 'specification fields'))),
  typeCode: some(words(2000)),
  objectives: some(many(objective, 100, text('目标', 'objectives'))),
  examples: some(many(example, limits.others, text('示例', 'examples'))),
})

/** The shape of a model; references between its parts are checked afterwards. */
export const modelShape: Shape = whole

/** The published JSON Schema (2020-12). It says everything about the shape, nothing about references and formulas. */
export function modelSchema(): JsonSchema {
  const definitions = [
    localized,
    formula,
    attribute,
    connection,
    group,
    option,
    quantity,
    constraint,
    cell,
    preset,
    decision,
    objective,
    example,
    priceRule,
    bomRule,
    specField,
    tax,
  ]
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Fettle model, format 1',
    description:
      'The rules of one configurable product. Money in minor units of the currency, numbers with at most six decimals.',
    ...whole.schema,
    $defs: Object.fromEntries(definitions.map(({ definition }) => definition)),
  }
}
