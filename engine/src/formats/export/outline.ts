import type { Group, LocalizedText, NumberGroup, Option } from '../../model.ts'
import { type ModelIndex, optionsOf } from '../../model-index.ts'
import { fail } from '../problem.ts'
import { MAX_DEPTH } from '../tree/feature-tree.ts'

/** A model as one tree of features, the way UVL and FeatureIDE see it. */
export interface Outline {
  root: OutlineFeature
  /** whether the model has no option that is always chosen, so that the root stands for nothing of it */
  added: boolean
}

export interface OutlineFeature {
  /** the id of the option, or of the number group where that is a feature of its own */
  id: string
  name: LocalizedText
  option?: Option
  number?: NumberGroup
  groups: OutlineGroup[]
}

export interface OutlineGroup {
  id: string
  name: LocalizedText
  /** how many of its features are chosen where its owner is */
  min: number
  max: number
  features: OutlineFeature[]
}

/** Throws FormatError where options belong to options deeper than a reader takes. */
export function outlineOf(index: ModelIndex): Outline {
  const { model } = index
  const top = model.groups.filter(group => group.parent === undefined)
  const forced = top.filter(group => isForced(group))
  const possible = forced.filter(group => !optionsOf(group)[0]?.quantity)
  const base = possible.find(group => optionsOf(group)[0]?.visibility === 'hidden') ?? possible[0]
  const [first, ...others] = base ? optionsOf(base) : []
  const typed = typedOptions(index, new Set(forced.flatMap(group => optionsOf(group).map(({ id }) => id))))
  const numbers = new Set<Group>(typed.values())
  const named = new Set(base ? optionsOf(base).map(({ id }) => id) : [])
  const steps = new Map<string, Group[]>()
  for (const group of top) {
    if (group === base || numbers.has(group)) continue
    const under = ownerByName(group.id, named) ?? first?.id ?? ''
    steps.set(under, [...(steps.get(under) ?? []), group])
  }
  const feature = (option: Option, depth: number): OutlineFeature => {
    if (depth > MAX_DEPTH) tooDeep(option.id)
    const number = typed.get(option.id)
    const below = [...(index.children.get(option.id) ?? []), ...(steps.get(option.id) ?? [])]
    return {
      id: option.id,
      name: option.name,
      option,
      ...(number && { number }),
      groups: below.filter(group => group !== number).map(group => groupOf(group, depth)),
    }
  }
  const groupOf = (group: Group, depth: number): OutlineGroup => {
    const { id, name } = group
    if (group.kind === 'number') return { id, name, min: 1, max: 1, features: [{ id, name, number: group, groups: [] }] }
    const features = optionsOf(group).map(option => feature(option, depth + 1))
    switch (group.kind) {
      case 'choose-one':
        return { id, name, min: group.optional ? 0 : 1, max: 1, features }
      case 'choose-some':
        return { id, name, min: group.min ?? 0, max: Math.min(group.max ?? features.length, features.length), features }
      case 'yes-no':
        return { id, name, min: 0, max: 1, features }
    }
  }
  if (first && base) {
    const root = feature(first, 0)
    if (others.length > 0)
      root.groups.unshift({
        id: base.id,
        name: base.name,
        min: others.length,
        max: others.length,
        features: others.map(option => feature(option, 1)),
      })
    return { root, added: false }
  }
  const root: OutlineFeature = {
    id: freeId(model.id, index),
    name: model.name,
    groups: top.map(group => groupOf(group, 0)),
  }
  return { root, added: true }
}

/** Whether all options of a root group are always chosen. */
function isForced(group: Group): boolean {
  const count = optionsOf(group).length
  if (group.kind === 'choose-one') return count === 1 && !group.optional
  return group.kind === 'choose-some' && group.min === count
}

/** Importers name a group after the option it stood below, "Frame/alternative", also where that is always chosen. */
function ownerByName(group: string, certain: ReadonlySet<string>): string | undefined {
  const slash = group.lastIndexOf('/')
  const owner = group.slice(0, Math.max(slash, 0))
  return certain.has(owner) ? owner : undefined
}

/** Importers make an Integer or Real feature an option with a number group of its own, "Size/value". */
function typedOptions(index: ModelIndex, certain: ReadonlySet<string>): Map<string, NumberGroup> {
  const typed = new Map<string, NumberGroup>()
  for (const group of index.model.groups) {
    if (group.kind !== 'number' || !group.id.endsWith('/value')) continue
    const owner = group.id.slice(0, -'/value'.length)
    const entry = index.options.get(owner)
    const belongs = group.parent === undefined ? certain.has(owner) : group.parent === owner
    if (entry && belongs && !entry.option.quantity) typed.set(owner, group)
  }
  return typed
}

/** An id that no option and no group has. */
export function freeId(wanted: string, index: ModelIndex): string {
  let id = wanted
  for (let n = 2; index.options.has(id) || index.groups.has(id); n++) id = `${wanted}-${n}`
  return id
}

function tooDeep(option: string): never {
  return fail(
    'too-deep',
    '/groups',
    option,
    [`选项组嵌套超过 ${MAX_DEPTH} 层`, '请减少层级'],
    [`Groups belong to options deeper than ${MAX_DEPTH} levels`, 'Use fewer levels'],
  )
}
