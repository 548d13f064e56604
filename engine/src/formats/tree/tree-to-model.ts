import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import type { Attribute, Constraint, Model, Option, PriceRule } from '../../model.ts'
import { grow } from '../limits.ts'
import { type ImportOptions, type ImportResult, problem, shorten } from '../problem.ts'
import type { Expression, Feature, FeatureTree, SourceConstraint } from './feature-tree.ts'
import type { Formulas } from './formula-problems.ts'
import { formulaOf } from './formulas.ts'
import { groupsOf, text } from './groups.ts'
import { hint, isHint } from './hints.ts'
import { hasChoices, withInstances } from './instances.ts'
import { minorUnits } from './money.ts'
import { type NamedAttribute, type NamedFeature, type Names, nameTree, resolve } from './names.ts'
import { decimalsOf, plainNumber } from './numbers.ts'
import { rangesOf } from './ranges.ts'
import { textsOf } from './texts.ts'

const MAX_PROBLEMS = 50

/**
 * A feature tree as a model: every feature an option, every feature group a group below its parent's option.
 * An Integer or Real feature is an option with a number group of its own; a feature with several instances has a quantity.
 * A numeric attribute Price becomes the price; the others become attributes.
 */
export function treeToModel(source: FeatureTree, options: ImportOptions): ImportResult {
  const tree = withInstances(source)
  const { names, errors } = nameTree(tree)
  if (errors.length) return { ok: false, errors: errors.slice(0, MAX_PROBLEMS) }
  const { texts, notes: textNotes } = textsOf(tree, names)
  const formulas: Formulas = {
    names,
    texts,
    used: new Set(),
    errors,
    notes: [...tree.notes],
    growth: { characters: 0 },
    inexpressible: new Map(),
  }
  checkGroups(tree.root, errors)
  const { ranges, stated, notes } = rangesOf(tree, names)
  const constraints = tree.constraints.flatMap(source => (stated.has(source) ? [] : constraintOf(source, formulas)))
  const cloned = clones(names)
  const attributes = attributesOf(names, formulas)
  if (errors.length) return { ok: false, errors: errors.slice(0, MAX_PROBLEMS) }

  const carried = carriedBy(attributes)
  const groups = groupsOf(tree.root, { names, ranges, texts, option: named => optionOf(named, carried) })
  const hinted = hint(tree.root, 'currency')
  const currency = options.currency ?? tree.currency ?? (hinted?.kind === 'string' ? hinted.value : 'CNY')
  const prices = pricesOf(names, currency)
  const model: Model = {
    format: 'fettle-model/1',
    id: slug(tree.name) || slug(options.fileName?.replace(/\.\w+$/, '') ?? '') || 'imported',
    version: '1',
    name: text(tree.name),
    untranslated: true,
    currency,
    attributes: attributes.map(
      ({ attribute, decimals, name }): Attribute => ({ id: attribute.id, name: text(name), ...(decimals && { decimals }) }),
    ),
    groups,
    constraints: [...constraints, ...cloned.constraints],
    ...(prices && { prices: [prices] }),
  }
  return {
    ok: true,
    model,
    notes: [...formulas.notes, ...freeTexts(names), ...unkept(tree, names), ...cloned.notes, ...notes, ...textNotes],
  }
}

function constraintOf(source: SourceConstraint, formulas: Formulas): Constraint[] {
  const { expression } = source
  const formula = formulaOf(expression, formulas)
  if (formula === true) return []
  grow(formulas.growth, String(formula).length, source.at)
  return [{ id: source.id, kind: 'formula', formula: String(formula), message: messageOf(source, expression, formulas.names) }]
}

/** A sentence where the rule is simple, the rule as written where it is not. */
function messageOf(source: SourceConstraint, e: Expression, names: Names): Constraint['message'] {
  if (e.op === 'implies') {
    const [left, right] = [nameIn(e.left, names), nameIn(e.right.op === 'not' ? e.right.arg : e.right, names)]
    if (left && right)
      return e.right.op === 'not'
        ? { 'zh-CN': `“${left}”与“${right}”不能同时选择`, en: `${left} and ${right} exclude each other` }
        : { 'zh-CN': `选择“${left}”时必须选择“${right}”`, en: `${left} requires ${right}` }
  }
  const rule = shorten(source.text, 160)
  return { 'zh-CN': `须满足规则：${rule}`, en: `Rule: ${rule}` }
}

function nameIn(e: Expression, names: Names): string | undefined {
  if (e.op !== 'name') return undefined
  const found = resolve(names, e.path)
  return found.kind === 'feature' ? found.named.feature.name.trim() : undefined
}

function checkGroups(feature: Feature, errors: ModelError[]): void {
  for (const group of feature.groups) {
    if (group.kind === 'cardinality' && group.min > group.features.length)
      errors.push(
        problem(
          'out-of-range',
          group.at,
          `[${group.min}..${group.max ?? '*'}]`,
          [`该组要求至少选择 ${group.min} 项，但只有 ${group.features.length} 个特征`, '请更正组的数目，或补上缺少的特征'],
          [
            `The group wants at least ${group.min} features and has only ${group.features.length}`,
            'Correct the cardinality, or add the missing features',
          ],
        ),
      )
    for (const child of group.features) checkGroups(child, errors)
  }
}

/** Where a feature has no upper number of instances. */
const ASSUMED_INSTANCES = 100

function quantityOf(feature: Feature): Option['quantity'] {
  const { cardinality } = feature
  if (!cardinality || hasChoices(feature)) return undefined
  const max = cardinality.max ?? Math.max(ASSUMED_INSTANCES, cardinality.min)
  const min = Math.max(1, cardinality.min)
  return max > 1 ? { min, max } : undefined
}

function clones(names: Names): { constraints: Constraint[]; notes: ModelError[] } {
  const constraints: Constraint[] = []
  const notes: ModelError[] = []
  for (const { feature, option } of names.features) {
    const { cardinality, name, at } = feature
    if (!cardinality) continue
    if (cardinality.max === 0) constraints.push({ id: `none-${option}`, kind: 'formula', formula: `!${printName(option)}` })
    const written = `[${cardinality.min}..${cardinality.max ?? '*'}]`
    if (hasChoices(feature) && cardinality.max !== 1 && cardinality.max !== 0)
      notes.push(
        problem(
          'not-expressed',
          at,
          `${name} ${written}`,
          [`“${name}”的多个实例各有自己的选择，未能表达，按一个实例导入`, '需要多个实例时，请在模型中分别写出'],
          [
            `The instances of ${JSON.stringify(name)} would each have choices of their own; one instance is imported`,
            'Where several are needed, write them out in the model',
          ],
        ),
      )
    else if (cardinality.max === null)
      notes.push(
        problem(
          'assumed-range',
          at,
          `${name} ${written}`,
          [`“${name}”的数量没有上限，已假定为 ${quantityOf(feature)?.max ?? 1}`, '请在模型中设置实际的上限'],
          [
            `The number of ${JSON.stringify(name)} has no limit; ${quantityOf(feature)?.max ?? 1} is assumed`,
            'Set the real limit in the model',
          ],
        ),
      )
  }
  return { constraints, notes }
}

function freeTexts(names: Names): ModelError[] {
  const found = names.features.filter(({ feature }) => feature.type === 'string')
  const [first] = found
  if (!first) return []
  const listed = found
    .slice(0, 5)
    .map(({ feature }) => feature.name)
    .join(', ')
  return [
    problem(
      'not-expressed',
      first.feature.at,
      listed,
      [`有 ${found.length} 个文本特征；只能选择约束中列出的文本，不能自由填写`, '客户可以在询价留言中填写这些文本'],
      [
        `${found.length} text features can have the texts that constraints list, but no text can be entered`,
        'Customers can give these texts in the message of their inquiry',
      ],
    ),
  ]
}

/** Attributes that become nothing of the model; abstract says only that a feature is no part. */
function unkept(tree: FeatureTree, names: Names): ModelError[] {
  const found = [...names.attributes].filter(([name, { numeric }]) => !numeric && name !== 'abstract' && !isHint(name))
  if (found.length === 0) return []
  const listed = found
    .slice(0, 5)
    .map(([name]) => name)
    .join(', ')
  return [
    problem(
      'not-expressed',
      tree.root.at,
      listed,
      [`有 ${found.length} 种属性不是数值，模型中不保留`, '约束仍然有效；需要时请写入选项的说明'],
      [
        `${found.length} attributes are no numbers and are not kept in the model`,
        'Constraints with them still hold; write what people should read into the options',
      ],
    ),
  ]
}

interface UsedAttribute {
  name: string
  attribute: NamedAttribute
  decimals: number
  values: Map<NamedFeature, number>
}

/** Numeric attributes; the price only where a constraint speaks of it. */
function attributesOf(names: Names, formulas: Formulas): UsedAttribute[] {
  const result: UsedAttribute[] = []
  for (const [name, attribute] of names.attributes) {
    if (!attribute.numeric || isHint(name) || (isPrice(name) && !formulas.used.has(attribute))) continue
    const values = new Map<NamedFeature, number>()
    let decimals = 0
    for (const [at, value] of attribute.carriers) {
      if (value.kind !== 'number') continue
      const plain = plainNumber(value.text)
      if (plain === undefined || decimalsOf(plain) > 6) {
        formulas.errors.push(
          problem(
            'out-of-range',
            at.feature.at,
            `${name} ${value.text}`,
            [`“${at.feature.name}”的属性“${name}”过大或小数位过多`, '请使用不超过 15 位有效数字、6 位小数的数值'],
            [
              `The attribute ${JSON.stringify(name)} of ${JSON.stringify(at.feature.name)} is too large or too long`,
              'Use at most 15 digits, 6 of them after the point',
            ],
          ),
        )
        continue
      }
      decimals = Math.max(decimals, decimalsOf(plain))
      values.set(at, Number(plain))
    }
    result.push({ name, attribute, decimals, values })
  }
  return result
}

function carriedBy(attributes: UsedAttribute[]): Map<NamedFeature, Record<string, number>> {
  const carried = new Map<NamedFeature, Record<string, number>>()
  for (const { attribute, values } of attributes) {
    for (const [named, value] of values) {
      const own = carried.get(named) ?? {}
      own[attribute.id] = value
      carried.set(named, own)
    }
  }
  return carried
}

function optionOf(named: NamedFeature, carried: Map<NamedFeature, Record<string, number>>): Option {
  const attributes = carried.get(named)
  const quantity = quantityOf(named.feature)
  return {
    id: named.option,
    name: text(named.feature.name),
    ...(attributes && { attributes }),
    ...(quantity && { quantity }),
    ...((named.feature.hidden || hint(named.feature, 'hidden')) && { visibility: 'hidden' as const }),
  }
}

function pricesOf(names: Names, currency: string): PriceRule | undefined {
  const amounts: Record<string, number> = {}
  const spellings = [...names.attributes]
    .filter(([name]) => isPrice(name))
    .sort(([a], [b]) => Number(b === 'Price') - Number(a === 'Price'))
  for (const [, attribute] of spellings) {
    for (const [at, value] of attribute.carriers) {
      const plain = value.kind === 'number' ? plainNumber(value.text) : undefined
      if (plain !== undefined) amounts[at.option] ??= minorUnits(plain, currency)
    }
  }
  return Object.keys(amounts).length ? { id: 'prices', kind: 'options', amounts } : undefined
}

function isPrice(name: string): boolean {
  return name.toLowerCase() === 'price'
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
}
