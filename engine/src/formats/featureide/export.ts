import type { ModelError } from '../../api.ts'
import type { Logic } from '../../formula/ast.ts'
import type { ModelIndex } from '../../model-index.ts'
import type { Rulebook } from '../../rules.ts'
import { isShort, replaceComparisons, withoutArithmetic } from '../export/boolean.ts'
import { changed, type ExportResult, inOneLine, lost, lostEverywhere, noteRule, saysMore, some } from '../export/lost.ts'
import { type OutlineFeature, type OutlineGroup, outlineOf } from '../export/outline.ts'
import { pricesOf } from '../export/prices.ts'
import { atLeast, atMost, type Comparison, exclusive, rulesAsLogic } from '../export/rules.ts'
import { and, chosen, implies, not, partsOf } from '../export/simplify.ts'
import { MAX_NESTING } from '../tree/feature-tree.ts'

/**
 * A model as FeatureIDE XML. Options become features of their id. A feature has one kind of group there: where an option has more,
 * groups of which one is to be chosen become abstract features of their own, always chosen with it, of the group's id.
 * Numbers and pieces are left out, and comparisons with them forbid nothing.
 */
export function exportFeatureIde({ index, rules }: Rulebook): ExportResult {
  const { model } = index
  const outline = outlineOf(index)
  const notes = lostEverywhere(model, { names: true, prices: true })
  const writing: Writing = {
    index,
    notes,
    prices: pricesOf(model, notes),
    root: outline.root.id,
    rules: [],
    added: [],
    numbers: [],
  }
  const struct = featureLines(outline.root, 2, 'mandatory="true" ', writing)
  for (const { id, path, logic } of rulesAsLogic({ index, rules })) addRule(id, path, logic, writing)
  const { added, numbers } = writing
  const pieces = [...index.options.values()].flatMap(({ option: { id, quantity } }) => (quantity && quantity.max > 1 ? [id] : []))
  if (numbers.length) notes.push(lost('/groups', some(numbers), '数值组', 'number groups'))
  if (pieces.length) notes.push(lost('/groups', some(pieces), '选项的数量', 'pieces of options'))
  if (added.length) notes.push(changed('/groups', some(added), '这些组成为抽象特征', 'these groups are abstract features'))
  const top = struct.some(line => line.trimStart().startsWith('<attribute')) ? 'extendedFeatureModel' : 'featureModel'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    `<${top}>`,
    '\t<properties/>',
    '\t<struct>',
    ...struct,
    '\t</struct>',
    '\t<constraints>',
    ...writing.rules.flatMap(rule => ['\t\t<rule>', ...ruleLines(rule, 3), '\t\t</rule>']),
    '\t</constraints>',
    `</${top}>`,
  ]
  return { ok: true, text: `${lines.join('\n')}\n`, notes }
}

interface Writing {
  index: ModelIndex
  notes: ModelError[]
  /** option id -> price in units of the currency */
  prices: ReadonlyMap<string, number>
  root: string
  rules: Logic[]
  /** groups that became features */
  added: string[]
  /** number groups left out */
  numbers: string[]
}

type Kind = 'and' | 'or' | 'alt'

function featureLines(feature: OutlineFeature, depth: number, flags: string, writing: Writing): string[] {
  const { id, name, option, number } = feature
  if (number) writing.numbers.push(number.id)
  const groups = feature.groups.filter(({ id, features }) => {
    const [only] = features
    if (only?.option || !only?.number) return true
    writing.numbers.push(id)
    return false
  })
  const [first, more] = groups
  const kind = first && !more ? kindOf(first) : 'and'
  const hidden = option?.visibility === 'hidden' ? 'hidden="true" ' : ''
  const abstract = option ? '' : 'abstract="true" '
  const described = saysMore(name, id) ? [`<description>${escaped(inOneLine(name))}</description>`] : []
  const inside = [
    ...described.map(line => '\t'.repeat(depth + 1) + line),
    ...attributeLines(feature, depth + 1, writing),
    ...groups.flatMap(group =>
      kind === 'and' ? membersInAnd(group, feature, depth + 1, writing) : members(group, depth + 1, writing),
    ),
  ]
  return element(groups.length ? kind : 'feature', `${abstract}${hidden}${flags}name="${escaped(id)}"`, depth, inside)
}

function element(tag: string, attributes: string, depth: number, inside: string[]): string[] {
  const tabs = '\t'.repeat(depth)
  return inside.length ? [`${tabs}<${tag} ${attributes}>`, ...inside, `${tabs}</${tag}>`] : [`${tabs}<${tag} ${attributes}/>`]
}

function kindOf({ min, max, features }: OutlineGroup): Kind {
  if (min !== 1 || features.length < 2) return 'and'
  return max === 1 ? 'alt' : max === features.length ? 'or' : 'and'
}

function members({ features }: OutlineGroup, depth: number, writing: Writing): string[] {
  return features.flatMap(one => featureLines(one, depth, '', writing))
}

/** A group beside others: as a feature of its own, or as optional features and, where that allows too much, a rule. */
function membersInAnd(group: OutlineGroup, owner: OutlineFeature, depth: number, writing: Writing): string[] {
  const kind = kindOf(group)
  if (kind !== 'and') {
    writing.added.push(group.id)
    const described = saysMore(group.name, group.id) ? [`<description>${escaped(inOneLine(group.name))}</description>`] : []
    return element(kind, `abstract="true" mandatory="true" name="${escaped(group.id)}"`, depth, [
      ...described.map(line => '\t'.repeat(depth + 1) + line),
      ...members(group, depth + 1, writing),
    ])
  }
  const { id, min, max, features } = group
  if (min === features.length) return features.flatMap(one => featureLines(one, depth, 'mandatory="true" ', writing))
  const ids = features.map(one => one.id)
  const bounds = and([atLeast(ids, min), atMost(ids, max)])
  if (bounds.op !== 'true') addRule(id, '/groups', implies(chosen(owner.id), bounds), writing)
  return members(group, depth, writing)
}

function attributeLines({ id, option }: OutlineFeature, depth: number, { index, prices }: Writing): string[] {
  const tabs = '\t'.repeat(depth)
  const line = (name: string, unit: string, value: number) =>
    `${tabs}<attribute name="${escaped(name)}" type="double" unit="${escaped(unit)}" value="${value}"/>`
  const price = prices.get(id)
  return [
    ...(price === undefined ? [] : [line('Price', index.model.currency, price)]),
    // at most six digits after the point, and none of them with an exponent
    ...Object.entries(option?.attributes ?? {}).map(([name, value]) => line(name, index.attributes.get(name)?.unit ?? '', value)),
  ]
}

const MAX_PARTS = 5000

function addRule(id: string, path: string, logic: Logic, { index, root, rules, notes }: Writing): void {
  const expressible = replaceComparisons(logic, comparison => {
    if (exclusive(comparison)) return comparison
    const spelledOut = withoutArithmetic(comparison, index)
    if (spelledOut && isShort(spelledOut, MAX_PARTS)) return spelledOut
    noteRule(notes, path, id, '其中有数值、数量或过多的情况', 'it has numbers, pieces, or too many cases')
    return undefined
  })
  if (expressible.op === 'true') return
  if (expressible.op === 'false') {
    rules.push(and([chosen(root), not(chosen(root))]))
    return
  }
  for (const part of partsOf('and', expressible)) {
    if (nesting(part) <= MAX_NESTING) rules.push(part)
    else noteRule(notes, path, id, `嵌套超过 ${MAX_NESTING} 层`, `it is nested deeper than ${MAX_NESTING}`)
  }
}

function nesting(logic: Logic): number {
  const deepest = (parts: Logic[]) => parts.reduce((most, part) => Math.max(most, nesting(part)), 0)
  if (logic.op === 'and' || logic.op === 'or') return 1 + deepest(partsOf(logic.op, logic))
  if (logic.op === 'not') return 1 + nesting(logic.arg)
  return logic.op === 'implies' || logic.op === 'iff' ? 1 + deepest([logic.left, logic.right]) : 1
}

const TAGS = { and: 'conj', or: 'disj', not: 'not', implies: 'imp', iff: 'eq' } as const

function ruleLines(logic: Logic, depth: number): string[] {
  const tabs = '\t'.repeat(depth)
  const within = (tag: string, parts: readonly Logic[]) => [
    `${tabs}<${tag}>`,
    ...parts.flatMap(part => ruleLines(part, depth + 1)),
    `${tabs}</${tag}>`,
  ]
  switch (logic.op) {
    case 'chosen':
      return [`${tabs}<var>${escaped(logic.option)}</var>`]
    case 'true':
    case 'false':
      throw new Error('constants are simplified away')
    case 'and':
    case 'or':
      return within(TAGS[logic.op], partsOf(logic.op, logic))
    case 'not':
      return within('not', [logic.arg])
    case 'implies':
    case 'iff':
      return within(TAGS[logic.op], [logic.left, logic.right])
    default:
      return within('atmost1', exclusive(logic as Comparison)!.map(chosen))
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}
