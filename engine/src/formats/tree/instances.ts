import { MAX_FEATURES } from '../limits.ts'
import { type Feature, type FeatureGroup, type FeatureTree, walk } from './feature-tree.ts'
import { hint } from './hints.ts'

/** More instances than this are not written out. */
const MAX_INSTANCES = 20

/**
 * Writes out the instances of features that have choices of their own: "Bay#2" is an option below "Bay", "Bay#3" one below "Bay#2", each
 * with a copy of all that is below "Bay". So there are no gaps, and as many as were wanted. Features that a constraint names stay as they
 * are, since it does not say which instance it means; so do those with too many or without a limit.
 */
export function withInstances(tree: FeatureTree): FeatureTree {
  if (!hasSeveral(tree.root)) return tree
  const named = namesInConstraints(tree)
  const taken = new Set<string>()
  const collect = (feature: Feature) => {
    taken.add(feature.name)
    for (const group of feature.groups) group.features.forEach(collect)
  }
  collect(tree.root)
  let features = taken.size

  const expanded = (feature: Feature): Feature => {
    const below: Feature = {
      ...feature,
      groups: feature.groups.map(group => ({ ...group, features: group.features.map(expanded) })),
    }
    const { cardinality } = feature
    if (!cardinality || cardinality.max === null || !hasChoices(below) || feature === tree.root) return below
    const { min, max } = cardinality
    if (max < 2 || max > MAX_INSTANCES || isNamed(below)) return below
    const more = sizeOf(below) * (max - 1)
    if (features + more > MAX_FEATURES) return below
    features += more
    let next: Feature | undefined
    const { cardinality: _, ...one } = below
    for (let i = max; i >= 2; i--) next = instance(copyOf(one, i), next, i + 1 <= min)
    return { ...instance(below, next, 2 <= min), cardinality: { min: Math.min(min, 1), max: 1 } }
  }
  const isNamed = ({ name, groups }: Feature): boolean => named.has(name) || groups.some(group => group.features.some(isNamed))
  const fresh = (name: string, i: number): string => {
    let mark = '#'
    while (taken.has(`${name}${mark}${i}`)) mark += '#'
    taken.add(`${name}${mark}${i}`)
    return `${name}${mark}${i}`
  }
  const copyOf = (feature: Feature, i: number): Feature => ({
    ...feature,
    name: fresh(feature.name, i),
    groups: feature.groups.map(group => ({ ...group, features: group.features.map(one => copyOf(one, i)) })),
  })
  return { ...tree, root: expanded(tree.root) }
}

/** Whether there is a feature with instances at all. */
function hasSeveral({ cardinality, groups }: Feature): boolean {
  return cardinality !== undefined || groups.some(group => group.features.some(hasSeveral))
}

/** Whether instances may differ: by a choice, a number or a text of their own. */
export function hasChoices(feature: Feature): boolean {
  return (feature.groups.length > 0 || feature.type !== 'boolean') && !hint(feature, 'alike')
}

function instance(feature: Feature, next: Feature | undefined, needed: boolean): Feature {
  if (!next) return feature
  const group: FeatureGroup = { kind: needed ? 'mandatory' : 'optional', at: feature.at, min: 0, max: null, features: [next] }
  return { ...feature, groups: [...feature.groups, group] }
}

function sizeOf({ groups }: Feature): number {
  return 1 + groups.reduce((sum, group) => sum + group.features.reduce((inner, one) => inner + sizeOf(one), 0), 0)
}

/** Every name a constraint may mean: a path, its beginnings, and both without the namespace. */
function namesInConstraints({ constraints, namespace }: FeatureTree): Set<string> {
  const names = new Set<string>()
  for (const { expression } of constraints) {
    walk(expression, e => {
      if (e.op !== 'name') return
      for (let end = e.path.length; end > 0; end--) {
        const name = e.path.slice(0, end).join('.')
        names.add(name)
        if (namespace !== undefined && name.startsWith(`${namespace}.`)) names.add(name.slice(namespace.length + 1))
      }
    })
  }
  return names
}
