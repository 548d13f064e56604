import type { ModelError } from '../../api.ts'
import { atMostSoMany, MAX_CONSTRAINTS, MAX_FEATURES } from '../limits.ts'
import { fail, guarded, type ImportOptions, type ImportResult, problem } from '../problem.ts'
import {
  type AttributeValue,
  type Expression,
  type Feature,
  type FeatureTree,
  MAX_DEPTH,
  MAX_NESTING,
} from '../tree/feature-tree.ts'
import { plainNumber } from '../tree/numbers.ts'
import { treeToModel } from '../tree/tree-to-model.ts'
import { readXml, type XmlElement } from './xml.ts'

/** A FeatureIDE model (featureModel or extendedFeatureModel) as a model. Errors and notes carry line:column. */
export function importFeatureIde(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => treeToModel(parseFeatureIde(text), options))
}

/** FeatureIDE XML to a feature tree. Throws FormatError at the first thing that is not FeatureIDE. */
export function parseFeatureIde(text: string): FeatureTree {
  const top = readXml(text)
  if (top.name !== 'featureModel' && top.name !== 'extendedFeatureModel')
    fail(
      'unknown-format',
      top.at,
      `<${top.name}>`,
      ['这不是 FeatureIDE 模型', '根元素应为 <featureModel> 或 <extendedFeatureModel>'],
      ['This is not a FeatureIDE model', 'The root element is <featureModel> or <extendedFeatureModel>'],
    )
  const reading: Reading = { features: 0, notes: [], noted: new Set() }
  const struct = top.children.find(child => child.name === 'struct')
  const roots = struct?.children.filter(isFeature) ?? []
  const [root] = roots
  if (!root || roots.length > 1)
    return fail(
      'no-features',
      (roots[1] ?? struct ?? top).at,
      `<${(roots[1] ?? struct ?? top).name}>`,
      ['<struct> 中应恰有一个根特征', '请更正特征树'],
      ['<struct> has exactly one root feature', 'Correct the feature tree'],
    )
  const tree = featureOf(root, reading, 0)
  const rules = top.children
    .filter(child => child.name === 'constraints')
    .flatMap(child => child.children.filter(rule => rule.name === 'rule'))
  atMostSoMany(rules.length, MAX_CONSTRAINTS, (rules[MAX_CONSTRAINTS] ?? top).at, '约束', 'rules')
  return {
    name: tree.name,
    root: tree,
    ...(reading.currency && { currency: reading.currency }),
    constraints: rules.map((rule, i) => {
      const expression = ruleOf(rule)
      return { id: `rule-${i + 1}`, at: rule.at, text: written(expression, 0), expression }
    }),
    notes: reading.notes,
  }
}

interface Reading {
  /** read so far */
  features: number
  currency?: string
  notes: ModelError[]
  noted: Set<string>
}

const FEATURES = ['and', 'or', 'alt', 'feature']
const BESIDE = ['attribute', 'description', 'graphics', 'property', 'tags']

function isFeature(element: XmlElement): boolean {
  return FEATURES.includes(element.name)
}

function featureOf(element: XmlElement, reading: Reading, depth: number): Feature {
  const name = element.attributes.get('name') ?? ''
  if (name === '') missing(element, 'name')
  if (depth > MAX_DEPTH) tooDeep(element)
  atMostSoMany(++reading.features, MAX_FEATURES, element.at, '特征', 'features')
  const feature: Feature = {
    name,
    at: element.at,
    type: 'boolean',
    attributes: new Map(),
    hidden: element.attributes.get('hidden') === 'true',
    groups: [],
  }
  for (const child of element.children) {
    if (child.name === 'attribute') readAttribute(child, feature, reading)
    else if (!isFeature(child) && !BESIDE.includes(child.name)) noteUnread(child, reading)
  }
  const children = element.children.filter(isFeature)
  if (children.length && element.name === 'feature')
    fail(
      'syntax',
      children[0]!.at,
      `<${children[0]!.name}>`,
      ['<feature> 之下不能有特征', '请改用 <and>、<or> 或 <alt>'],
      ['A <feature> has no features below it', 'Use <and>, <or> or <alt>'],
    )
  const below = children.map(child => ({
    feature: featureOf(child, reading, depth + 1),
    mandatory: child.attributes.get('mandatory') === 'true',
  }))
  const add = (kind: 'mandatory' | 'optional' | 'or' | 'alternative', features: Feature[]) => {
    if (features.length) feature.groups.push({ kind, at: element.at, min: 0, max: null, features })
  }
  if (element.name === 'or') add('or', features(below))
  else if (element.name === 'alt') add('alternative', features(below))
  else {
    add('mandatory', features(below.filter(child => child.mandatory)))
    add('optional', features(below.filter(child => !child.mandatory)))
  }
  return feature
}

function features(below: { feature: Feature }[]): Feature[] {
  return below.map(child => child.feature)
}

const CURRENCIES: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'CNY', '￥': 'CNY', 元: 'CNY' }

function readAttribute(element: XmlElement, feature: Feature, reading: Reading): void {
  const name = element.attributes.get('name') ?? ''
  if (name === '') missing(element, 'name')
  const unit = element.attributes.get('unit')?.trim() ?? ''
  const currency = CURRENCIES[unit] ?? (/^[A-Z]{3}$/.test(unit) ? unit : undefined)
  if (name.toLowerCase() === 'price' && currency) reading.currency ??= currency
  const value = element.attributes.get('value')
  if (value !== undefined && value !== '') feature.attributes.set(name, attributeValue(element, value))
}

function attributeValue(element: XmlElement, value: string): AttributeValue {
  const type = element.attributes.get('type') ?? ''
  const numeric = ['double', 'long', 'float', 'int', 'integer'].includes(type)
  if (type === 'boolean') return { kind: 'boolean', value: value === 'true' }
  if (numeric || (type === '' && plainNumber(value) !== undefined)) {
    if (plainNumber(value) === undefined)
      fail(
        'type-mismatch',
        element.at,
        value,
        [`属性“${element.attributes.get('name')}”应为数值`, '请写成不超过 15 位有效数字的数值'],
        [`The attribute ${JSON.stringify(element.attributes.get('name'))} is a number`, 'Write a number of at most 15 digits'],
      )
    return { kind: 'number', text: value.trim() }
  }
  return { kind: 'string', value }
}

function ruleOf(rule: XmlElement): Expression {
  const terms = rule.children.filter(child => !BESIDE.includes(child.name))
  if (terms.length !== 1) wrongCount(rule, '1', '1')
  return term(terms[0]!, 0)
}

function term(element: XmlElement, depth: number): Expression {
  if (depth > MAX_NESTING) tooDeep(element)
  const { at, children } = element
  const part = (i: number) => term(children[i]!, depth + 1)
  switch (element.name) {
    case 'var': {
      const name = element.text.trim()
      if (name === '' || children.length) wrongCount(element, '一个特征名', 'one feature')
      return { op: 'name', path: [name], at }
    }
    case 'not':
      if (children.length !== 1) wrongCount(element, '1', '1')
      return { op: 'not', arg: part(0), at }
    case 'conj':
    case 'disj':
      if (children.length === 0) wrongCount(element, '1+', '1 or more')
      return { op: element.name === 'conj' ? 'and' : 'or', args: flat(element).map(child => term(child, depth + 1)), at }
    case 'imp':
    case 'eq':
      if (children.length !== 2) wrongCount(element, '2', '2')
      return { op: element.name === 'imp' ? 'implies' : 'iff', left: part(0), right: part(1), at }
    case 'atmost1':
      return { op: 'at-most-one', args: children.map(child => term(child, depth + 1)), at }
    default:
      return fail(
        'unknown-element',
        at,
        `<${element.name}>`,
        [`约束中无法识别的元素 <${element.name}>`, '可用的元素：var、not、conj、disj、imp、eq、atmost1'],
        [`Unknown element <${element.name}> in a constraint`, 'Elements are var, not, conj, disj, imp, eq and atmost1'],
      )
  }
}

/** Editors write a & b & c as a conjunction in a conjunction, as deep as it is long. */
function flat(element: XmlElement): XmlElement[] {
  const parts: XmlElement[] = []
  const open = [...element.children].reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.name === element.name && next.children.length)
      for (let i = next.children.length - 1; i >= 0; i--) open.push(next.children[i]!)
    else parts.push(next)
  }
  return parts
}

const BINDS: Partial<Record<Expression['op'], number>> = { iff: 1, implies: 2, or: 3, and: 4 }

/** The rule in a line, for its message. */
function written(e: Expression, place: number): string {
  const own = BINDS[e.op] ?? 5
  const inner = (arg: Expression) => written(arg, own + 1)
  const text = (() => {
    switch (e.op) {
      case 'name':
        return e.path.join('.')
      case 'not':
        return `!${inner(e.arg)}`
      case 'and':
      case 'or':
        return e.args.map(inner).join(e.op === 'and' ? ' & ' : ' | ')
      case 'at-most-one':
        return `atmost1(${e.args.map(arg => written(arg, 0)).join(', ')})`
      case 'implies':
      case 'iff':
        return `${inner(e.left)} ${e.op === 'implies' ? '=>' : '<=>'} ${inner(e.right)}`
      default:
        return ''
    }
  })()
  return own < place ? `(${text})` : text
}

function noteUnread(element: XmlElement, reading: Reading): void {
  if (reading.noted.has(element.name)) return
  reading.noted.add(element.name)
  reading.notes.push(
    problem(
      'not-read',
      element.at,
      `<${element.name}>`,
      [`未读取元素 <${element.name}>`, '如果它限制了选择，请在模型中另行写出规则'],
      [`The element <${element.name}> was not read`, 'If it constrains anything, write a rule of your own in the model'],
    ),
  )
}

function missing(element: XmlElement, attribute: string): never {
  return fail(
    'missing-attribute',
    element.at,
    `<${element.name}>`,
    [`元素 <${element.name}> 缺少 ${attribute}`, `请写上 ${attribute}="…"`],
    [`The element <${element.name}> has no ${attribute}`, `Write ${attribute}="…"`],
  )
}

function wrongCount(element: XmlElement, zh: string, en: string): never {
  return fail(
    'syntax',
    element.at,
    `<${element.name}>`,
    [`元素 <${element.name}> 的内容个数不对，应为 ${zh}`, '请更正该规则'],
    [`The element <${element.name}> takes ${en}`, 'Correct the rule'],
  )
}

function tooDeep(element: XmlElement): never {
  return fail(
    'too-deep',
    element.at,
    `<${element.name}>`,
    ['嵌套过深', '请减少层级，或拆分该规则'],
    ['Nested too deep', 'Use fewer levels, or split the rule'],
  )
}
