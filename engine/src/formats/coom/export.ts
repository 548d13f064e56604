import type { ModelError } from '../../api.ts'
import type { Logic } from '../../formula/ast.ts'
import type { Constraint, Group, LocalizedText, Model, NumberGroup, Option } from '../../model.ts'
import { gridOf, optionsOf } from '../../model-index.ts'
import type { Rulebook } from '../../rules.ts'
import { plain } from '../export/arithmetic.ts'
import { changed, type ExportResult, inOneLine, lost, lostEverywhere, saysMore, saysWhy, some } from '../export/lost.ts'
import { atLeast, atMost, rulesAsLogic } from '../export/rules.ts'
import { always, and, chosen, implies, or } from '../export/simplify.ts'
import { type Enumerated, quoted, requirements, type Wording, wordsOf } from './export-rules.ts'
import { wishes } from './export-wishes.ts'

/**
 * A model as COOM. A choose-one group that is always asked becomes an enumeration and a feature of its type; other options become features
 * of which there may be none, or so many as they come in pieces; number groups become numbers; the rest is required.
 * Read again, the file allows the same selections; an option `a` of an enumeration `g` comes back as `g = a`.
 */
export function exportCoom({ index, rules }: Rulebook): ExportResult {
  const { model } = index
  const notes = lostEverywhere(model, { names: true, prices: false, wishes: true })
  const wording = wordingOf(model, notes)
  const words = wordsOf(index, wording)
  notes.push(...lostInCoom(model, wording))
  const features = model.groups.flatMap(group => featureLines(group, wording))
  const structural = model.groups.flatMap(group => groupRules(group).map(logic => ({ id: group.id, path: '/groups', logic })))
  const statements = [
    ...structural.flatMap(rule => requirements(rule, wording, words)).map(demand),
    ...rulesAsLogic({ index, rules }).flatMap((rule, place) => {
      const explained = explanation(model.constraints[place]!)
      return requirements(rule, wording, words).flatMap(line => [...explained, demand(line)])
    }),
    ...wishes(rules, wording, words),
  ]
  const lines = [
    `product {${remark(model.name, model.id)}`,
    ...features.map(line => `\t${line}`),
    '}',
    ...(features.some(line => line.startsWith('0..')) ? [`structure ${quoted(wording.structure)} { }`] : []),
    ...[...wording.enumerations.values()].flatMap(one => enumerationLines(one, wording)),
    ...block('behavior {', statements),
  ]
  return { ok: true, text: `${lines.join('\n')}\n`, notes }
}

const demand = (condition: string) => `require ${condition}`

/** Stands before what it explains; nothing where there is nothing to say. */
function explanation(constraint: Constraint): string[] {
  const text = saysWhy(constraint) ? inOneLine(constraint.message!) : ''
  return text === '' ? [] : [`explanation ${JSON.stringify(text)}`]
}

function wordingOf({ groups, attributes }: Model, notes: ModelError[]): Wording {
  const enumerations = new Map<string, Enumerated>()
  const enumerationOf = new Map<string, Enumerated>()
  const features: string[] = []
  for (const group of groups) {
    if (group.kind === 'choose-one' && isEnumerated(group)) {
      const enumerated: Enumerated = { group, columns: [] }
      enumerations.set(group.id, enumerated)
      for (const { id } of group.options) enumerationOf.set(id, enumerated)
      features.push(group.id)
      for (const { id } of attributes) {
        const factors = group.options.map(option => option.attributes?.[id] ?? Number.NaN)
        if (factors.every(factor => plain(factor) !== undefined)) enumerated.columns.push({ name: id, factors })
      }
    } else if (group.kind === 'number') features.push(group.id)
    else features.push(...optionsOf(group).map(({ id }) => id))
  }
  const names = new Map(features.map(id => [id, id]))
  const start = names.has('root') ? 'this' : 'root'
  if (names.has(start)) {
    names.set(start, free(start, names))
    notes.push(changed('/groups', start, `名称改为“${names.get(start)}”`, `its name is ${JSON.stringify(names.get(start))}`))
  }
  return { notes, names, start, enumerations, enumerationOf, structure: free('Option', enumerations) }
}

/** What COOM has no place for where options belong to no enumeration. */
function lostInCoom({ groups, attributes }: Model, { enumerations }: Wording): ModelError[] {
  const notes: ModelError[] = []
  const isSaid = (attribute: string) =>
    groups.every(group => {
      if (enumerations.get(group.id)?.columns.some(({ name }) => name === attribute)) return true
      return optionsOf(group).every(option => option.attributes?.[attribute] === undefined)
    })
  const note = (path: string, ids: string[], zh: string, en: string) => {
    if (ids.length > 0) notes.push(lost(path, some(ids), zh, en))
  }
  const partly = attributes.map(({ id }) => id).filter(id => !isSaid(id))
  note(
    '/attributes',
    partly,
    '不属于枚举的选项的属性（约束中有其数值）',
    'attributes of options outside enumerations; rules have their values',
  )
  const nameless = groups.filter(({ id, kind, name }) => kind !== 'number' && !enumerations.has(id) && saysMore(name, id))
  note(
    '/groups',
    nameless.map(({ id }) => id),
    '非枚举选项组的名称',
    'names of groups that are no enumeration',
  )
  const hidden = groups.flatMap(optionsOf).filter(({ visibility }) => visibility === 'hidden')
  note(
    '/groups',
    hidden.map(({ id }) => id),
    '隐藏的标记',
    'that options are hidden',
  )
  return notes
}

/** A name that is not taken yet. */
function free(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`
  return name
}

/** The options true and false of an enumeration are those of Bool to a reader. */
function isEnumerated(group: Group): boolean {
  if (group.kind !== 'choose-one' || group.optional || group.parent !== undefined) return false
  return group.options.every(({ id, quantity }) => !quantity && id !== 'true' && id !== 'false')
}

function featureLines(group: Group, wording: Wording): string[] {
  const nameOf = (id: string) => quoted(wording.names.get(id)!)
  if (wording.enumerations.has(group.id)) return [`${nameOf(group.id)} ${nameOf(group.id)}${remark(group.name, group.id)}`]
  if (group.kind !== 'number')
    return optionsOf(group).map(
      option =>
        `0..${mostOf(option, wording)} ${quoted(wording.structure)} ${nameOf(option.id)}${remark(option.name, option.id)}`,
    )
  const { step, decimals } = gridOf(group)
  if (step !== 1) wording.notes.push(lost('/groups', group.id, '数值的步长', 'the step of numbers'))
  const digits = decimals > 0 ? `.${'#'.repeat(decimals)} ` : ''
  return [`num ${digits}${rangeOf(group).join('-')} ${nameOf(group.id)}${remark(group.name, group.id)}`]
}

function mostOf({ id, quantity }: Option, { notes }: Wording): number {
  if (!quantity) return 1
  const step = quantity.step ?? 1
  if (step > 1 && quantity.max > quantity.min) notes.push(lost('/groups', id, '数量的步长', 'the step of pieces'))
  return quantity.max
}

/** A number that does not count stands at 0, so that 0 is in its range. */
function rangeOf(group: NumberGroup): [number, number] {
  const { min, max, decimals } = gridOf(group)
  const [low, high] = [min / 10 ** decimals, max / 10 ** decimals]
  return group.parent === undefined ? [low, high] : [Math.min(0, low), Math.max(0, high)]
}

/** What a group asks for that its features do not say. */
function groupRules(group: Group): Logic[] {
  if (group.kind === 'number') return numberRules(group)
  if (isEnumerated(group)) return []
  const ids = optionsOf(group).map(({ id }) => id)
  const owner = group.parent === undefined ? always : chosen(group.parent)
  const [min, max] =
    group.kind === 'yes-no'
      ? [0, 1]
      : group.kind === 'choose-one'
        ? [group.optional ? 0 : 1, 1]
        : [group.min ?? 0, group.max ?? ids.length]
  const pieces = optionsOf(group).flatMap(({ id, quantity }): Logic[] =>
    quantity && quantity.min > 1
      ? [implies(chosen(id), { op: '>=', left: { op: 'quantity', option: id }, right: { op: 'literal', value: quantity.min } })]
      : [],
  )
  return [
    ...(owner.op === 'true' ? [] : ids.map(id => implies(chosen(id), owner))),
    implies(owner, atLeast(ids, min)),
    atMost(ids, max),
    ...pieces,
  ].filter(logic => logic.op !== 'true')
}

/** Within its range while it counts, and 0 while it does not. */
function numberRules(group: NumberGroup): Logic[] {
  if (group.parent === undefined) return []
  const { min, max, decimals } = gridOf(group)
  const number = { op: 'number', group: group.id } as const
  const literal = (value: number) => ({ op: 'literal', value: value / 10 ** decimals }) as const
  const counts = chosen(group.parent)
  const within: Logic[] = [
    { op: '>=', left: number, right: literal(min) },
    { op: '<=', left: number, right: literal(max) },
  ]
  return [implies(counts, and(within)), or([counts, { op: '==', left: number, right: literal(0) }])]
}

function enumerationLines({ group, columns }: Enumerated, { names }: Wording): string[] {
  const options = group.options.map(({ id, name }, i) => {
    const values = columns.map(({ factors }) => plain(factors[i]!)!)
    return `${quoted(id)}${values.length > 0 ? ` = (${values.join(', ')})` : ''}${remark(name, id)}`
  })
  return block(`enumeration ${quoted(names.get(group.id)!)} {`, [
    ...columns.map(({ name }) => `attribute num ${quoted(name)}`),
    ...options,
  ])
}

const block = (head: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [head, ...lines.map(line => `\t${line}`), '}'] : []

/** A name in a comment, where it says more than the id. */
const remark = (name: LocalizedText, id: string) => (saysMore(name, id) ? ` // ${inOneLine(name)}` : '')
