import type { ModelError } from '../../api.ts'
import { problem, shorten } from '../problem.ts'
import type { AttributeValue, Feature, FeatureTree } from './feature-tree.ts'

/** Every name of a feature tree and the id it gets in the model. */
export interface Names {
  /** in file order, parents before children */
  features: NamedFeature[]
  byName: Map<string, NamedFeature>
  /** attribute name as written -> who carries it */
  attributes: Map<string, NamedAttribute>
  namespace: string | undefined
  /** what names from files that are not read start with */
  imports: readonly string[]
  ids: Ids
}

export interface NamedFeature {
  feature: Feature
  option: string
  /** the number group of an Integer or Real feature */
  number?: string
  parent?: NamedFeature
  /** position in file order of the last feature below it */
  last: number
  order: number
}

export interface NamedAttribute {
  id: string
  carriers: Map<NamedFeature, AttributeValue>
  numeric: boolean
}

/** Feature names are ids where they may be; a name that a JavaScript object already has gets a trailing underscore. */
export function nameTree(tree: FeatureTree): { names: Names; errors: ModelError[] } {
  const names: Names = {
    features: [],
    byName: new Map(),
    attributes: new Map(),
    namespace: tree.namespace,
    imports: tree.imports ?? [],
    ids: new Map(),
  }
  const errors: ModelError[] = []
  visit(tree.root, undefined, names, errors)
  for (const named of names.features) named.option = uniqueId(named.feature.name, names.ids)
  for (const named of names.features) {
    if (named.feature.type === 'integer' || named.feature.type === 'real')
      named.number = uniqueId(`${named.option}/value`, names.ids)
  }
  nameAttributes(names)
  return { names, errors }
}

function visit(feature: Feature, parent: NamedFeature | undefined, names: Names, errors: ModelError[]): void {
  const named: NamedFeature = { feature, option: '', order: names.features.length, last: 0, ...(parent && { parent }) }
  const earlier = names.byName.get(feature.name)
  if (earlier)
    errors.push(
      problem(
        'duplicate-id',
        feature.at,
        feature.name,
        [`特征“${feature.name}”重复，第一次出现在 ${earlier.feature.at}`, '请为其中一个改名'],
        [`The feature ${JSON.stringify(feature.name)} exists already at ${earlier.feature.at}`, 'Rename one of them'],
      ),
    )
  else names.byName.set(feature.name, named)
  names.features.push(named)
  for (const group of feature.groups) for (const child of group.features) visit(child, named, names, errors)
  named.last = names.features.length - 1
}

function nameAttributes(names: Names): void {
  const ids: Ids = new Map()
  for (const named of names.features) {
    for (const [written, value] of named.feature.attributes) {
      const key = attributeName(written)
      let attribute = names.attributes.get(key)
      if (!attribute) {
        const plain = key.replace(/[^\p{L}\p{N}_]+/gu, '_')
        attribute = { id: uniqueId(/^\p{L}/u.test(plain) ? plain : `a_${plain}`, ids), carriers: new Map(), numeric: false }
        names.attributes.set(key, attribute)
      }
      attribute.carriers.set(named, value)
      if (value.kind === 'number') attribute.numeric = true
    }
  }
}

/** Price {value 5, recursive true} is the attribute Price. */
function attributeName(written: string): string {
  return written.endsWith('.value') ? written.slice(0, -'.value'.length) : written
}

export type Resolved =
  | { kind: 'feature'; named: NamedFeature }
  | { kind: 'attribute'; named: NamedFeature; name: string; attribute: NamedAttribute; value: AttributeValue }
  | { kind: 'nothing' }

/** feature, feature.attribute, either after the namespace. */
export function resolve(names: Names, path: string[]): Resolved {
  const whole = names.byName.get(path.join('.'))
  if (whole) return { kind: 'feature', named: whole }
  for (let cut = path.length - 1; cut > 0; cut--) {
    const named = names.byName.get(path.slice(0, cut).join('.'))
    const name = attributeName(path.slice(cut).join('.'))
    const attribute = names.attributes.get(name)
    const value = named && attribute?.carriers.get(named)
    if (named && attribute && value) return { kind: 'attribute', named, name, attribute, value }
  }
  const prefix = names.namespace?.split('.') ?? []
  if (prefix.length && prefix.length < path.length && prefix.every((part, i) => part === path[i]))
    return resolve({ ...names, namespace: undefined }, path.slice(prefix.length))
  return { kind: 'nothing' }
}

/** The attribute a bare name means inside sum(). */
export function globalAttribute(names: Names, path: string[]): NamedAttribute | undefined {
  return names.attributes.get(attributeName(path.join('.')))
}

/** Ids given so far, each with the next number to try for another of the name: many alike stay cheap. */
export type Ids = Map<string, number>

/** An id may have 200 characters; what a number group or a second one of the name adds must fit. */
const MAX_ID = 160

const reserved = new Set(Object.getOwnPropertyNames(Object.prototype))

export function uniqueId(wanted: string, ids: Ids): string {
  const legal = shorten(/^[\w-]*$/.test(wanted) ? wanted : wanted.replace(/\p{Cc}/gu, '_'), MAX_ID)
  const base = reserved.has(legal) ? `${legal}_` : legal
  let id = base
  let next = ids.get(base)
  if (next !== undefined) {
    do id = `${base}-${next++}`
    while (ids.has(id))
    ids.set(base, next)
  }
  ids.set(id, 2)
  return id
}
