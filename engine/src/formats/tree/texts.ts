import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import type { Group } from '../../model.ts'
import { problem, shorten } from '../problem.ts'
import { type Expression, type FeatureTree, walk } from './feature-tree.ts'
import type { Context } from './formula-problems.ts'
import type { Logic } from './logic.ts'
import { type NamedFeature, type Names, resolve, uniqueId } from './names.ts'

/**
 * What a String feature can be in a model without free texts: one of the texts that constraints compare it with, or another one.
 * Its length counts only where a constraint asks for it. While the feature is not chosen its text is empty.
 */
export interface TextChoice {
  /** the group of its texts; absent where no text is listed */
  group?: string
  /** text -> its option */
  listed: ReadonlyMap<string, string>
  /** the option for any other text: the feature's own where no text is listed */
  other: string
  /** the number group of the length of another text */
  length?: string
  term: TextTerm
}

/** When something has which text. `open`: when it has one that is not listed; `length`: how long that one is. */
export interface TextTerm {
  cases: Map<string, Logic>
  open?: string
  length?: string
}

/** More texts than this altogether are not made options; what compares them is noted. */
const MAX_TEXTS = 10_000
const ASSUMED_LENGTH = 1000

/** The texts of all String features that constraints ask for: those compared with one another have the same texts. */
export function textsOf(tree: FeatureTree, names: Names): { texts: Map<NamedFeature, TextChoice>; notes: ModelError[] } {
  const asked = askedFor(tree, names)
  const many = asked.reduce((sum, { features, texts }) => sum + features.length * texts.size, 0)
  const texts = new Map<NamedFeature, TextChoice>()
  const notes: ModelError[] = []
  if (many > MAX_TEXTS) return { texts, notes }
  for (const { features, texts: listed, measured } of asked) {
    for (const named of features) {
      const id = (suffix: string) => uniqueId(`${named.option}${suffix}`, names.ids)
      const choice = {
        listed: new Map([...listed].map(text => [text, id(`='${shorten(text, 60)}'`)])),
        other: listed.size ? id('/other') : named.option,
        ...(listed.size && { group: id('/text') }),
        ...(measured.has(named) && { length: id('/length') }),
      }
      texts.set(named, { ...choice, term: termOf(named, choice) })
      if (choice.length) notes.push(assumedLength(named))
    }
  }
  return { texts, notes }
}

interface Asked {
  features: NamedFeature[]
  texts: Set<string>
  measured: Set<NamedFeature>
}

function askedFor(tree: FeatureTree, names: Names): Asked[] {
  const together = new Map<NamedFeature, Asked>()
  const askedOf = (named: NamedFeature): Asked => {
    const asked = together.get(named) ?? { features: [named], texts: new Set(), measured: new Set() }
    together.set(named, asked)
    return asked
  }
  const join = (a: Asked, b: Asked): void => {
    if (a === b) return
    const [into, from] = a.features.length + a.texts.size < b.features.length + b.texts.size ? [b, a] : [a, b]
    for (const named of from.features) {
      into.features.push(named)
      together.set(named, into)
    }
    for (const text of from.texts) into.texts.add(text)
    for (const named of from.measured) into.measured.add(named)
  }
  const stringFeature = (e: Expression | undefined): NamedFeature | undefined => {
    const found = e?.op === 'name' ? resolve(names, e.path) : undefined
    return found?.kind === 'feature' && found.named.feature.type === 'string' ? found.named : undefined
  }
  for (const { expression } of tree.constraints) {
    walk(expression, e => {
      if (e.op === 'call' && e.name === 'len') {
        const named = stringFeature(e.args[0])
        if (named) askedOf(named).measured.add(named)
      }
      if (e.op !== 'compare') return
      const [left, right] = [stringFeature(e.left), stringFeature(e.right)]
      if (left && right) join(askedOf(left), askedOf(right))
      for (const [named, side] of [
        [left, e.right],
        [right, e.left],
      ] as const) {
        const text = named && constantText(side, names)
        if (named && text !== undefined) askedOf(named).texts.add(text)
      }
    })
  }
  const order = (asked: Asked) => Math.min(...asked.features.map(named => named.order))
  return [...new Set(together.values())].sort((a, b) => order(a) - order(b))
}

/** A text as written, or that of an attribute. */
function constantText(e: Expression, names: Names): string | undefined {
  if (e.op === 'string') return e.value
  const found = e.op === 'name' ? resolve(names, e.path) : undefined
  return found?.kind === 'attribute' && found.value.kind === 'string' ? found.value.value : undefined
}

export function isText(e: Expression, names: Names): boolean {
  if (e.op === 'string') return true
  if (e.op !== 'name') return false
  const found = resolve(names, e.path)
  return found.kind === 'feature'
    ? found.named.feature.type === 'string'
    : found.kind === 'attribute' && found.value.kind === 'string'
}

function termOf(named: NamedFeature, { listed, other, length }: Omit<TextChoice, 'term'>): TextTerm {
  const cases = new Map<string, Logic>([...listed].map(([text, option]) => [text, printName(option)]))
  const absent = `!${printName(named.option)}`
  const empty = cases.get('')
  cases.set('', empty === undefined ? absent : `(${absent} | ${empty})`)
  return { cases, open: printName(other), ...(length && { length: printName(length) }) }
}

/** undefined: no text, or one of too many. */
export function textOf(e: Expression, { names, texts }: Context): TextTerm | undefined {
  if (e.op === 'string') return { cases: new Map([[e.value, true]]) }
  const found = e.op === 'name' ? resolve(names, e.path) : undefined
  if (found?.kind === 'attribute' && found.value.kind === 'string') {
    const option = printName(found.named.option)
    return {
      cases:
        found.value.value === ''
          ? new Map([['', true]])
          : new Map<string, Logic>([
              [found.value.value, option],
              ['', `!${option}`],
            ]),
    }
  }
  return found?.kind === 'feature' ? texts.get(found.named)?.term : undefined
}

/** The length of the text of a String feature, as a formula; undefined where its texts were too many. */
export function lengthOf(named: NamedFeature, texts: ReadonlyMap<NamedFeature, TextChoice>): string | undefined {
  const choice = texts.get(named)
  if (!choice) return undefined
  const known = [...choice.listed].map(([text, option]) => `${text.length} * ${printName(option)}`)
  return `(${[...known, ...(choice.length ? [printName(choice.length)] : [])].join(' + ')})`
}

/** The questions of a String feature: which text, and how long another one is. */
export function textGroups(named: NamedFeature, choice: TextChoice, conditional: boolean): Group[] {
  const name = named.feature.name.trim() || named.feature.name
  const parent = conditional ? { parent: named.option } : {}
  const groups: Group[] = []
  if (choice.group)
    groups.push({
      id: choice.group,
      name: { 'zh-CN': name, en: name },
      kind: 'choose-one',
      ...parent,
      options: [
        ...[...choice.listed].map(([text, id]) => ({ id, name: { 'zh-CN': text || '空文本', en: text || 'empty text' } })),
        { id: choice.other, name: { 'zh-CN': '其他文本', en: 'another text' } },
      ],
    })
  if (choice.length)
    groups.push({
      id: choice.length,
      name: { 'zh-CN': `${name} · 长度`, en: `${name} · length` },
      kind: 'number',
      min: choice.listed.has('') ? 1 : 0,
      max: ASSUMED_LENGTH,
      ...(choice.group ? { parent: choice.other } : parent),
    })
  return groups
}

function assumedLength({ feature: { name, at } }: NamedFeature): ModelError {
  return problem(
    'assumed-range',
    at,
    name,
    [`“${name}”的文本长度没有上限，已假定为 ${ASSUMED_LENGTH}`, '请在模型中设置实际的上限'],
    [
      `The text of ${JSON.stringify(name)} has no longest length; ${ASSUMED_LENGTH} is assumed`,
      'Set the real limit in the model',
    ],
  )
}
