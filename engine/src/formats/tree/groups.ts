import type { Group, LocalizedText, Option } from '../../model.ts'
import type { Feature, FeatureGroup } from './feature-tree.ts'
import { type NamedFeature, type Names, uniqueId } from './names.ts'
import type { Range } from './ranges.ts'
import { type TextChoice, textGroups } from './texts.ts'

export interface Grouping {
  names: Names
  ranges: Map<NamedFeature, Range>
  texts: Map<NamedFeature, TextChoice>
  /** the option of a feature, with attributes and quantity */
  option: (named: NamedFeature) => Option
}

/**
 * The groups of a feature tree. What is always chosen (the root, and what is mandatory right below it) stands in one group;
 * the groups of those features become the steps. Everything deeper keeps its parent.
 */
export function groupsOf(root: Feature, grouping: Grouping): Group[] {
  const always = [root]
  const top = descend(root, always)
  const steps: Group[] = []
  for (const group of top.groups) {
    const { forced, loose } = split(group)
    for (const feature of forced) {
      always.push(feature)
      steps.push(...sameStep(below(feature, grouping, false), feature))
    }
    if (loose) steps.push(...groupWith(loose, top, grouping, false))
  }
  return withAlways(always, steps, grouping)
}

/** Past a chain of single mandatory features, which would be a step with one forced option. */
function descend(root: Feature, always: Feature[]): Feature {
  let top = root
  for (;;) {
    const [only, more] = top.groups
    if (!only || more || only.features.length !== 1) return top
    const { forced, loose } = split(only)
    const child = forced[0]
    if (loose || !child || child.groups.length === 0) return top
    always.push(child)
    top = child
  }
}

/** The always chosen features and their numbers; hidden where there is nothing to see in them. */
function withAlways(always: Feature[], steps: Group[], grouping: Grouping): Group[] {
  const named = always.map(feature => grouping.names.byName.get(feature.name)!)
  const options = named.map(one => {
    const option = grouping.option(one)
    const plain = (one.feature.groups.length > 0 || asks(one, grouping)) && !option.attributes && !option.quantity
    return plain || one === named[0]
      ? { ...option, visibility: plain ? ('hidden' as const) : (option.visibility ?? 'public') }
      : option
  })
  const seen = options.some(option => option.visibility !== 'hidden') || named.some(one => asks(one, grouping))
  const first = named[0]!.feature
  const group: Group = {
    id: uniqueId(`${first.name}/base`, grouping.names.ids),
    name: text(first.name),
    kind: 'choose-some',
    min: options.length,
    max: options.length,
    options,
    ...(!seen && steps[0] && { section: steps[0].section ?? steps[0].id }),
  }
  const numbers = named.flatMap(one =>
    valueGroups(one, grouping, false).map(value => (value.parent === undefined ? { ...value, section: group.id } : value)),
  )
  return seen ? [group, ...numbers, ...steps] : [...steps, group, ...numbers]
}

/** Groups of one always chosen feature are one step, that of the first. */
function sameStep(groups: Group[], feature: Feature): Group[] {
  const [first] = groups
  if (!first) return groups
  return groups.map((group, i) => {
    if (i === 0) return { ...group, name: text(feature.name) }
    return group.parent === undefined ? { ...group, section: first.id } : group
  })
}

function below(feature: Feature, grouping: Grouping, conditional: boolean): Group[] {
  return feature.groups.flatMap(group => {
    const { forced, loose } = split(group)
    const parts = forced.length ? [{ ...group, features: forced }] : []
    return [...parts, ...(loose ? [loose] : [])].flatMap(part => groupWith(part, feature, grouping, conditional))
  })
}

/** A group and everything below its options. */
function groupWith(group: FeatureGroup, owner: Feature, grouping: Grouping, conditional: boolean): Group[] {
  const parent = grouping.names.byName.get(owner.name)!
  const named = group.features.map(feature => grouping.names.byName.get(feature.name)!)
  const base = {
    id: uniqueId(`${parent.option}/${group.kind}`, grouping.names.ids),
    name: owner.groups.length === 1 ? text(owner.name) : kindName(owner.name, group),
    ...(conditional && { parent: parent.option }),
  }
  const options = named.map(grouping.option)
  return [
    choice(base, group, options),
    ...named.flatMap(one => [...valueGroups(one, grouping, true), ...below(one.feature, grouping, true)]),
  ]
}

function choice(base: { id: string; name: LocalizedText; parent?: string }, group: FeatureGroup, options: Option[]): Group {
  const n = options.length
  switch (group.kind) {
    case 'mandatory':
      return { ...base, kind: 'choose-some', min: n, max: n, options }
    case 'optional':
      return { ...base, kind: 'choose-some', min: 0, max: n, options }
    case 'or':
      return { ...base, kind: 'choose-some', min: 1, max: n, options }
    case 'alternative':
      return { ...base, kind: 'choose-one', options }
    case 'cardinality': {
      const max = Math.min(group.max ?? n, n)
      if (max === 1) return { ...base, kind: 'choose-one', ...(group.min === 0 && { optional: true }), options }
      return { ...base, kind: 'choose-some', min: group.min, max, options }
    }
    default:
      return group.kind satisfies never
  }
}

/** A mandatory feature that may have no instance at all is not mandatory. */
function split(group: FeatureGroup): { forced: Feature[]; loose?: FeatureGroup } {
  if (group.kind !== 'mandatory') return { forced: [], loose: group }
  const forced = group.features.filter(feature => feature.cardinality?.min !== 0)
  const rest = group.features.filter(feature => feature.cardinality?.min === 0)
  return rest.length ? { forced, loose: { ...group, kind: 'optional', features: rest } } : { forced }
}

/** Whether a feature is a question of its own: a number, or a text that constraints speak of. */
function asks(named: NamedFeature, { texts }: Grouping): boolean {
  const choice = texts.get(named)
  return named.number !== undefined || choice?.group !== undefined || choice?.length !== undefined
}

function valueGroups(named: NamedFeature, grouping: Grouping, conditional: boolean): Group[] {
  const choice = grouping.texts.get(named)
  if (choice) return textGroups(named, choice, conditional)
  const range = grouping.ranges.get(named)
  if (!range || !named.number) return []
  return [
    { id: named.number, name: text(named.feature.name), kind: 'number', ...range, ...(conditional && { parent: named.option }) },
  ]
}

function kindName(owner: string, group: FeatureGroup): LocalizedText {
  const bounds = group.max === null ? `${group.min}+` : group.min === group.max ? `${group.min}` : `${group.min}–${group.max}`
  const [zh, en] = {
    mandatory: ['标配', 'included'],
    optional: ['选配', 'optional'],
    or: ['至少选一项', 'at least one'],
    alternative: ['任选其一', 'one of'],
    cardinality: [`选 ${bounds} 项`, `choose ${bounds}`],
  }[group.kind] as [string, string]
  return { 'zh-CN': `${owner.trim()} · ${zh}`, en: `${owner.trim()} · ${en}` }
}

export function text(name: string): LocalizedText {
  const plain = name.trim() || name
  return { 'zh-CN': plain, en: plain }
}
