import type { ModelError } from '../../api.ts'
import type { Logic } from '../../formula/ast.ts'
import type { NumberGroup } from '../../model.ts'
import { gridOf, type ModelIndex } from '../../model-index.ts'
import type { Rulebook } from '../../rules.ts'
import { comparisonText, nesting, plain, type Words } from '../export/arithmetic.ts'
import { isShort, replaceComparisons, withoutArithmetic } from '../export/boolean.ts'
import { changed, type ExportResult, inOneLine, lost, lostEverywhere, noteRule, saysMore, some } from '../export/lost.ts'
import { type Outline, type OutlineFeature, type OutlineGroup, outlineOf } from '../export/outline.ts'
import { pricesOf } from '../export/prices.ts'
import { type Comparison, exclusive, rulesAsLogic } from '../export/rules.ts'
import { and, chosen, implies, not, or, partsOf } from '../export/simplify.ts'
import { MAX_NESTING } from '../tree/feature-tree.ts'
import { HINT_OF_ONE } from '../tree/hints.ts'

/**
 * A model as UVL. Options become features of their id, number groups Integer or Real features with their range, groups what they are;
 * names stand in comments. Read again, the file allows the same selections; a number group comes back as "id/value".
 */
export function exportUvl({ index, rules }: Rulebook): ExportResult {
  const { model } = index
  const outline = outlineOf(index)
  const notes = lostEverywhere(model, { names: true, prices: true })
  const naming = {
    index,
    notes,
    written: writtenNames(index, outline, notes),
    numbers: numberFeatures(outline),
    prices: pricesOf(model, notes),
    counted: new Set<string>(),
  }
  const writing: Writing = { ...naming, words: wordsOf(naming) }
  const constraints = rulesAsLogic({ index, rules }).flatMap(rule => constraintLine(rule, writing))
  const lines = [`namespace ${quoted(model.id)}`, '', 'features', ...featureLines(outline.root, 1, writing, outline)]
  if (constraints.length > 0) lines.push('constraints', ...constraints.map(line => `\t${line}`))
  return { ok: true, text: `${lines.join('\n')}\n`, notes }
}

interface Writing {
  index: ModelIndex
  notes: ModelError[]
  /** id -> the name as the file writes it */
  written: ReadonlyMap<string, string>
  /** number group id -> the feature that has its value */
  numbers: ReadonlyMap<string, string>
  /** option id -> price in units of the currency */
  prices: ReadonlyMap<string, number>
  /** options whose feature carries a 1 that formulas add up */
  counted: Set<string>
  words: Words
}

/** Names that are names without quotes; anything else is quoted, which every name may be. */
const BARE = /^[a-zA-Z][a-zA-Z0-9_]*$/
const KEYWORDS = new Set(
  'include features imports namespace as constraint constraints cardinality String Boolean Integer Real len sum avg min max floor ceil Type Arithmetic or alternative optional mandatory true false'.split(
    ' ',
  ),
)

function quoted(name: string): string {
  return BARE.test(name) && !KEYWORDS.has(name) ? name : `"${name.replaceAll('"', "'")}"`
}

/** Every feature's name; quotation marks cannot stand in one, and some tools take no point. */
function writtenNames(index: ModelIndex, { root }: Outline, notes: ModelError[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set([root.id, ...index.options.keys(), ...index.groups.keys()])
  const renamed: string[] = []
  const pointed: string[] = []
  const visit = ({ id, groups }: OutlineFeature) => {
    let name = id
    if (id.includes('"')) {
      const single = id.replaceAll('"', "'")
      name = single
      for (let n = 2; taken.has(name); n++) name = `${single}-${n}`
      taken.add(name)
      renamed.push(id)
    }
    if (id.includes('.')) pointed.push(id)
    names.set(id, quoted(name))
    for (const group of groups) group.features.forEach(visit)
  }
  visit(root)
  if (renamed.length)
    notes.push(changed('/groups', some(renamed), '标识中的双引号改为单引号', 'single quotes for double ones in ids'))
  if (pointed.length)
    notes.push(changed('/groups', some(pointed), '标识中有“.”，部分工具无法读取', 'ids with a point, which some tools refuse'))
  return names
}

function numberFeatures({ root }: Outline): Map<string, string> {
  const numbers = new Map<string, string>()
  const visit = ({ id, number, groups }: OutlineFeature) => {
    if (number) numbers.set(number.id, id)
    for (const group of groups) group.features.forEach(visit)
  }
  visit(root)
  return numbers
}

function featureLines(feature: OutlineFeature, depth: number, writing: Writing, { root, added }: Outline): string[] {
  const { id, number } = feature
  const type = number ? `${gridOf(number).decimals === 0 ? 'Integer' : 'Real'} ` : ''
  const cardinality = piecesOf(feature, writing)
  const attributes = attributesOf(feature, writing)
  if (feature === root && added) attributes.unshift('abstract')
  if (feature === root) attributes.push(`fettle {currency '${writing.index.model.currency}'}`)
  const said = saysMore(feature.name, id) ? ` // ${inOneLine(feature.name)}` : ''
  const line = `${type}${writing.written.get(id)}${cardinality}${attributes.length ? ` {${attributes.join(', ')}}` : ''}${said}`
  return [
    '\t'.repeat(depth) + line,
    ...feature.groups.flatMap(group => [
      `${'\t'.repeat(depth + 1)}${kindOf(group)}${calledOf(group)}`,
      ...group.features.flatMap(one => featureLines(one, depth + 2, writing, { root, added })),
    ]),
  ]
}

/** The name of a group, unless its only feature is called the same. */
function calledOf({ name, features }: OutlineGroup): string {
  const called = inOneLine(name)
  return features.length === 1 && inOneLine(features[0]!.name) === called ? '' : ` // ${called}`
}

function kindOf({ min, max, features }: OutlineGroup): string {
  const n = features.length
  if (min === n) return 'mandatory'
  if (min === 0 && max === n) return 'optional'
  if (min === 1 && max === 1) return 'alternative'
  if (min === 1 && max === n) return 'or'
  return min === max ? `[${min}]` : `[${min}..${max}]`
}

function piecesOf({ id, option, number, groups }: OutlineFeature, { notes }: Writing): string {
  const quantity = option?.quantity
  if (!quantity || (quantity.min === 1 && quantity.max === 1)) return ''
  if (groups.length > 0 || number)
    notes.push(
      changed(
        '/groups',
        id,
        '各件的下级选择相同，而 UVL 各件可不同',
        'pieces share the choices below them, and in UVL they need not',
      ),
    )
  const step = quantity.step ?? 1
  const max = quantity.max - ((quantity.max - quantity.min) % step)
  if (step > 1 && max > quantity.min) notes.push(lost('/groups', id, '数量的步长', 'the step of pieces'))
  return ` cardinality [${quantity.min === max ? max : `${quantity.min}..${max}`}]`
}

function attributesOf(
  { id, option, number, groups }: OutlineFeature,
  { index, prices, written, counted, notes }: Writing,
): string[] {
  const attributes = Object.entries(option?.attributes ?? {}).flatMap(([attribute, value]) => {
    const text = plain(value)
    if (text === undefined)
      notes.push(lost('/groups', id, `属性“${attribute}”的数值`, `the value of ${JSON.stringify(attribute)}`))
    return text !== undefined && index.attributes.has(attribute) ? [`${quoted(attribute)} ${text}`] : []
  })
  const price = option && prices.get(option.id)
  if (price !== undefined) attributes.push(`Price ${plain(price)}`)
  const hints = [
    ...(counted.has(id) ? ['one 1'] : []),
    ...(option?.quantity && (groups.length > 0 || number) ? ['alike'] : []),
    ...(number ? stepOf(number) : []),
    ...(option?.visibility === 'hidden' ? ['hidden'] : []),
  ]
  if (hints.length > 0) attributes.push(`fettle {${hints.join(', ')}}`)
  if (number) attributes.push(`constraint ${rangeText(number, written.get(id)!)}`)
  return attributes
}

/** An Integer feature has whole numbers, a Real one all: another grid is a hint for our own reader. */
function stepOf(number: NumberGroup): string[] {
  const { step, decimals } = gridOf(number)
  return decimals === 0 && step === 1 ? [] : [`step ${plain(step / 10 ** decimals)}`]
}

function rangeText(number: NumberGroup, name: string): string {
  const { min, max, decimals } = gridOf(number)
  const [low, high] = [min, max].map(value => plain(value / 10 ** decimals)!)
  return `${name} => ${name} >= ${low} & ${name} <= ${high}`
}

function constraintLine({ id, path, logic }: { id: string; path: string; logic: Logic }, writing: Writing): string[] {
  const { notes } = writing
  const before = notes.length
  const expressible = replaceComparisons(logic, comparison => {
    if (exclusive(comparison)) return pairwise(exclusive(comparison)!, comparison, writing)
    if (comparisonText(comparison, writing.words) !== undefined) return comparison
    const spelledOut = withoutArithmetic(comparison, writing.index)
    if (spelledOut && isShort(spelledOut, 2000)) return spelledOut
    noteRule(notes, path, id, '无法写成 UVL 的算式', 'arithmetic that UVL has not')
    return undefined
  })
  if (expressible.op === 'true') return []
  const depth = nesting(expressible)
  if (depth > MAX_NESTING) {
    notes.length = before
    noteRule(notes, path, id, `嵌套超过 ${MAX_NESTING} 层`, `it is nested deeper than ${MAX_NESTING}`)
    return []
  }
  return partsOf('and', expressible).map(part => logicText(part, 0, writing))
}

/** At most one: few options exclude each other, of many the sum is at most 1. */
function pairwise(options: string[], comparison: Comparison, writing: Writing): Logic {
  if (options.length > 20 && comparisonText(comparison, writing.words) !== undefined) return comparison
  return and(options.slice(0, -1).map((option, i) => implies(chosen(option), not(or(options.slice(i + 1).map(chosen))))))
}

const strength = { iff: 1, implies: 2, or: 3, and: 4, not: 5, comparison: 6 }

function logicText(logic: Logic, place: number, writing: Writing): string {
  const within = (own: number, text: string) => (own < place ? `(${text})` : text)
  switch (logic.op) {
    case 'true':
    case 'false': {
      const root = [...writing.written.values()][0]!
      return logic.op === 'true' ? within(strength.or, `${root} | !${root}`) : within(strength.and, `${root} & !${root}`)
    }
    case 'chosen':
      return writing.written.get(logic.option)!
    case 'not':
      return within(strength.not, `!${logicText(logic.arg, strength.comparison + 1, writing)}`)
    case 'and':
    case 'or': {
      const own = strength[logic.op]
      const parts = partsOf(logic.op, logic).map(part => logicText(part, own + 1, writing))
      return within(own, parts.join(logic.op === 'and' ? ' & ' : ' | '))
    }
    case 'implies':
    case 'iff': {
      const own = strength[logic.op]
      const sides = [logic.left, logic.right].map(side => logicText(side, own + 1, writing))
      return within(own, sides.join(logic.op === 'implies' ? ' => ' : ' <=> '))
    }
    default:
      return within(strength.comparison, comparisonText(logic, writing.words)!)
  }
}

function wordsOf(writing: Omit<Writing, 'words'>): Words {
  const { index, written, numbers, counted } = writing
  /** UVL adds attributes, not features: a feature that is counted carries a 1. */
  const onePiece = (option: string) => {
    counted.add(option)
    return `${written.get(option)}.${HINT_OF_ONE}`
  }
  return {
    index,
    number: group => written.get(numbers.get(group)!)!,
    summands(terms, of) {
      if (!of || !('attribute' in of))
        return terms.map(({ option, factor }) => (factor === 1 ? '' : `${factor} * `) + onePiece(option))
      const all = terms.length > 0 && index.carriers.get(of.attribute)?.length === terms.length
      if (all) return [`sum(${quoted(of.attribute)})`]
      return terms.map(({ option }) => `${written.get(option)}.${quoted(of.attribute)}`)
    },
    mayDivideBy: () => true,
    equal: '==',
  }
}
