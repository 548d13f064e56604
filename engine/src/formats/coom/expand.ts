import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import type { Group, Option } from '../../model.ts'
import { fail, problem } from '../problem.ts'
import { text as both } from '../tree/groups.ts'
import { type Ids, uniqueId } from '../tree/names.ts'
import { attributesOf, type EnumerationAttributes } from './attributes.ts'
import { BOOL } from './bool.ts'
import type { Grounding } from './ground.ts'
import { TRUE } from './logic.ts'
import { rangeOf } from './ranges.ts'
import { type CoomFile, type Enumeration, type Feature, type FeatureType, PRODUCT, type Structure } from './syntax.ts'
import type { Part, Product, Thing } from './things.ts'
import { inPieces, type Variant, variantsOf } from './variants.ts'

/** Parts inside parts beyond this are refused: a structure that contains itself never ends. */
const MAX_DEPTH = 40
/** Things of a product beyond this are refused. */
const MAX_THINGS = 50_000
/** What `*` stands for where instances are told apart, unless the caller says otherwise, and where they are only counted. */
const OPEN = { instances: 10, pieces: 1000 }

interface Expansion {
  file: CoomFile
  /** what `*` stands for */
  open: { instances: number; pieces: number }
  unknown: Grounding['unknown']
  notes: ModelError[]
  ids: Ids
  enumerations: EnumerationAttributes
  product: Omit<Product, 'root' | 'attributes' | 'attributeId'>
  things: number
}

/** Where things stand. */
interface Place {
  /** before the names inside: '' or 'bikes[2].' */
  prefix: string
  present: string
  outer?: Part
  /** the option that all inside counts with; without one it always counts */
  parent?: string
  /** the group under whose step the groups inside are shown, once there is one */
  step?: { id?: string }
  depth: number
}

/**
 * Counts a product out. An instance that must be there is there with its part and asks nothing; one that may be there is an option,
 * possible only with the one before it. What has no inside of its own is not listed but counted: options of enumerations, and
 * parts without features.
 */
export function expand(
  file: CoomFile,
  instances: number | undefined,
  unknown: Grounding['unknown'],
  notes: ModelError[],
): Product {
  const expansion: Expansion = {
    file,
    unknown,
    open: { ...OPEN, ...(instances !== undefined && { instances, pieces: instances }) },
    notes,
    ids: new Map(),
    enumerations: attributesOf(file),
    product: { parts: new Map(), groups: [], chains: [], totals: [] },
    things: 0,
  }
  const declared = file.structures.get(PRODUCT)
  const root = declared && part(expansion, declared, { prefix: '', present: TRUE, depth: 0 }, declared.at)
  if (!root || expansion.product.groups.length === 0)
    return fail(
      'no-features',
      declared?.at ?? '1:1',
      '',
      ['文件中没有可配置的 product', '请写入 product { … }，其中至少有一项可选择'],
      ['The file has no product to configure', 'Write product { … } with at least one thing to choose'],
    )
  const { attributes, id } = expansion.enumerations
  return { ...expansion.product, root, attributes, attributeId: id }
}

function part(expansion: Expansion, structure: Structure, place: Place, at: string): Part {
  if (place.depth > MAX_DEPTH)
    fail(
      'too-deep',
      at,
      structure.name,
      [`部件嵌套超过 ${MAX_DEPTH} 层，它可能包含自身`, '请删除回到自身的部件，或减少层级'],
      [`Parts are nested deeper than ${MAX_DEPTH}; this one may contain itself`, 'Remove the way back, or use fewer levels'],
    )
  const made: Part = { kind: 'part', present: place.present, pieces: pieces(place.present), structure, features: new Map() }
  if (place.outer) made.outer = place.outer
  register(expansion, made, at)
  const inside = { ...place, outer: made, depth: place.depth + 1 }
  for (const feature of structure.features.values()) made.features.set(feature.name, thingsOf(expansion, feature, inside))
  return made
}

function thingsOf(expansion: Expansion, feature: Feature, place: Place): Thing[] {
  const { file, notes } = expansion
  const { type } = feature
  if (type.kind === 'ignored') {
    notes.push(notExpressed(feature.at, `${type.what} ${feature.name}`))
    return []
  }
  if (feature.max === 0) return []
  if (type.kind === 'number')
    return listed(expansion, feature, place, (id, inside) => number(expansion, type, feature, id, inside))
  const enumeration = file.enumerations.get(type.name) ?? (/^bool$/i.test(type.name) ? BOOL : undefined)
  if (enumeration) return enumerated(expansion, feature, enumeration, place)
  const structure = type.name === PRODUCT ? undefined : file.structures.get(type.name)
  if (!structure)
    return fail(
      'unknown-reference',
      feature.at,
      type.name,
      [`文件中没有名为“${type.name}”的结构或枚举`, '请补充其定义，或更正名称'],
      [`The file has no structure or enumeration named ${JSON.stringify(type.name)}`, 'Declare it, or correct the name'],
    )
  if (structure.features.size === 0 && feature.max !== 1) return counted(expansion, feature, structure, place)
  const variants = feature.max === 1 ? undefined : worthListing(expansion, feature, structure)
  if (variants) return inVariants(expansion, feature, variants, place)
  return listed(expansion, feature, place, (_, inside) => part(expansion, structure, inside, feature.at))
}

/** One instance after the other. */
function listed(expansion: Expansion, feature: Feature, place: Place, make: (id: string, inside: Place) => Thing): Thing[] {
  const { product, ids } = expansion
  const max = bound(expansion, feature, 'instances')
  const single = feature.max === 1
  const things: Thing[] = []
  const optional: Option[] = []
  for (let i = 0; i < max; i++) {
    const id = uniqueId(`${place.prefix}${feature.name}${single ? '' : `[${i}]`}`, ids)
    const inside = { ...place, prefix: `${id}.` }
    if (i < feature.min) {
      things.push(make(id, place.parent === undefined ? { ...inside, step: place.step ?? {} } : inside))
      continue
    }
    // A number has the name itself: its being there is another question.
    const option = feature.type.kind === 'number' ? uniqueId(`${id}?`, ids) : id
    const before = optional.at(-1)
    if (before) product.chains.push({ id: option, before: before.id })
    optional.push({ id: option, name: both(id) })
    if (!before) {
      const name = `${place.prefix}${feature.name}`
      const head = { id: uniqueId(single ? `${name}??` : name, ids), name: both(name) }
      const group: Group = single
        ? { ...head, kind: 'yes-no', option: optional[0]! }
        : { ...head, kind: 'choose-some', options: optional }
      addGroup(expansion, group, place)
    }
    things.push(make(id, { ...inside, present: printName(option), parent: option }))
  }
  return things
}

/** Parts with nothing inside: a number says how many. */
function counted(expansion: Expansion, feature: Feature, structure: Structure, place: Place): Thing[] {
  const { min } = feature
  const max = bound(expansion, feature, 'pieces')
  const made: Part = {
    kind: 'part',
    present: place.present,
    pieces: `${min} * ${pieces(place.present)}`,
    structure,
    features: new Map(),
  }
  if (place.outer) made.outer = place.outer
  if (min < max) {
    const id = uniqueId(`${place.prefix}${feature.name}`, expansion.ids)
    addGroup(expansion, { id, name: both(id), kind: 'number', min, max }, place)
    made.pieces = printName(id)
    if (min === 0) made.present = `(${made.pieces} > 0)`
  }
  register(expansion, made, feature.at)
  return [made]
}

/** The variants of a part of which there may be several, where they are fewer questions than its instances would be. */
function worthListing({ file, enumerations, product, open, unknown }: Expansion, feature: Feature, structure: Structure) {
  const root: Part = { kind: 'part', present: TRUE, pieces: '1', structure, features: new Map() }
  const grounding = { file, product: { ...product, root, attributes: [], attributeId: enumerations.id }, unknown }
  const variants = variantsOf(grounding, structure)
  // Where no variant is possible, instances let the rules say why.
  if (!variants || variants.length === 0) return undefined
  const instances = feature.max ?? Number.POSITIVE_INFINITY
  return variants.length <= instances * questions(file, structure, open.instances, 0) ? variants : undefined
}

/** How many options one instance would have, about. */
function questions(file: CoomFile, structure: Structure, open: number, depth: number): number {
  let count = 1
  if (depth > MAX_DEPTH) return count
  for (const { type, max } of structure.features.values()) {
    if (type.kind !== 'named') count++
    else {
      const inner = file.structures.get(type.name)
      const each = inner ? (max ?? open) * questions(file, inner, open, depth + 1) : 0
      count += each + (file.enumerations.get(type.name)?.options.size ?? 1)
    }
  }
  return count
}

/** Parts with few variants: how many of each. */
function inVariants(expansion: Expansion, feature: Feature, variants: Variant[], place: Place): Thing[] {
  const { ids, product } = expansion
  const max = bound(expansion, feature, 'pieces')
  const id = uniqueId(`${place.prefix}${feature.name}`, ids)
  const options = variants.map(({ label }, i): Option => {
    const named = `${id} = ${label}`
    const own = uniqueId(named.length <= 180 ? named : `${id} = ${i + 1}`, ids)
    return { id: own, name: both(label === '' ? `${i + 1}` : label), quantity: { min: 1, max } }
  })
  addGroup(expansion, { id, name: both(id), kind: 'choose-some', ...(feature.min > 0 && { min: 1 }), options }, place)
  const written = options.map(option => printName(option.id))
  product.totals.push({ group: id, present: place.present, options: written, min: feature.min, max })
  return variants.map(({ part }, i) => {
    if (++expansion.things > MAX_THINGS) tooLarge(feature.at)
    return inPieces(part, written[i]!, written[i]!, place.outer)
  })
}

/** An enumeration: one choice, or its options in quantities. */
function enumerated(expansion: Expansion, feature: Feature, enumeration: Enumeration, place: Place): Thing[] {
  const { ids, enumerations, product } = expansion
  const { min } = feature
  const max = bound(expansion, feature, 'pieces')
  const id = uniqueId(`${place.prefix}${feature.name}`, ids)
  const head = { id, name: both(id) }
  const names = [...enumeration.options.keys()]
  if (enumeration === BOOL && min === 1 && max === 1) return [yesNo()]

  const options = names.map((name): Option => {
    const attributes = enumerations.of(enumeration, name)
    return {
      id: uniqueId(`${id} = ${name}`, ids),
      name: both(name),
      ...(attributes && { attributes }),
      ...(max > 1 && { quantity: { min: 1, max } }),
    }
  })
  const written = options.map(option => printName(option.id))
  if (max === 1) {
    addGroup(expansion, { ...head, kind: 'choose-one', ...(min === 0 && { optional: true }), options }, place)
    const present = min === 0 ? printName(id) : place.present
    const cases = names.map((value, i) => ({ when: written[i]!, value, cell: options[i]!.id }))
    return [register(expansion, { kind: 'choice', present, pieces: pieces(present), enumeration, id, cases }, feature.at)]
  }
  addGroup(expansion, { ...head, kind: 'choose-some', ...(min > 0 && { min: 1 }), options }, place)
  product.totals.push({ group: id, present: place.present, options: written, min, max })
  return names.map((value, i) => {
    const present = written[i]!
    const constant = { kind: 'text', text: value } as const
    return register(expansion, { kind: 'value', present, pieces: present, enumeration, value: constant, group: id }, feature.at)
  })

  function yesNo(): Thing {
    const option = uniqueId(`${id} = True`, ids)
    const when = printName(option)
    addGroup(expansion, { ...head, kind: 'yes-no', option: { id: option, name: both(id) } }, place)
    const cases = [
      { when, value: 'True', cell: true },
      { when: `!${when}`, value: 'False', cell: false },
    ]
    const { present } = place
    return register(expansion, { kind: 'choice', present, pieces: pieces(present), enumeration, id: option, cases }, feature.at)
  }
}

function number(
  expansion: Expansion,
  type: Extract<FeatureType, { kind: 'number' }>,
  feature: Feature,
  id: string,
  { present, ...place }: Place,
): Thing {
  const { unit, ...range } = rangeOf(type, feature, expansion.notes)
  addGroup(
    expansion,
    { id, name: both(id), kind: 'number', ...range, ...(unit !== undefined && { unit }) },
    { present, ...place },
  )
  return register(
    expansion,
    { kind: 'number', present, pieces: pieces(present), id, ...(unit !== undefined && { unit }) },
    feature.at,
  )
}

/** How many there may be, `*` bounded. */
function bound({ open, notes }: Expansion, { min, max, name, at }: Feature, what: 'instances' | 'pieces'): number {
  if (max !== null) return max
  const most = Math.max(min, open[what])
  if (!notes.some(note => note.code === 'bounded' && note.path === at))
    notes.push(
      problem(
        'bounded',
        at,
        `${name} ${min}..*`,
        [`“*”按最多 ${most} 个处理`, '如需更多，请写出上限'],
        [`"*" is taken as at most ${most}`, 'Write the upper bound if there may be more'],
      ),
    )
  return most
}

function addGroup({ product }: Expansion, group: Group, { parent, step }: Place): void {
  if (parent !== undefined) group.parent = parent
  else if (step?.id !== undefined) group.section = step.id
  else if (step) step.id = group.id
  product.groups.push(group)
}

function register<T extends Thing>(expansion: Expansion, thing: T, at: string): T {
  if (++expansion.things > MAX_THINGS) tooLarge(at)
  if (thing.kind === 'part') {
    const { parts } = expansion.product
    const { name } = thing.structure
    const alike = parts.get(name)
    if (alike) alike.push(thing)
    else parts.set(name, [thing])
  }
  return thing
}

function tooLarge(at: string): never {
  return fail(
    'too-large',
    at,
    '',
    [`产品展开后超过 ${MAX_THINGS} 个部件`, '请缩小数量的上限'],
    [`Counted out, the product has more than ${MAX_THINGS} things`, 'Lower the upper bounds of its cardinalities'],
  )
}

/** What is there once, as a number. */
function pieces(present: string): string {
  return present === TRUE ? '1' : present
}

/** A note that something of the file constrains nothing. */
export function notExpressed(at: string, what: string): ModelError {
  return problem(
    'not-expressed',
    at,
    what,
    ['这一处无法表达，不会形成约束', '请检查由此允许的配置，必要时改写'],
    [
      'This cannot be expressed and constrains nothing',
      'Check what it would have forbidden, and write it differently if it matters',
    ],
  )
}
