import { scaled, unscaled } from '../../decimal.ts'
import { gridOf, gridValues } from '../../model-index.ts'
import { BOOL } from './bool.ts'
import { evaluate, type Grounding, groundings } from './ground.ts'
import { FALSE, TRUE } from './logic.ts'
import { rangeOf } from './ranges.ts'
import { demandsOf } from './rules.ts'
import { type Feature, PRODUCT, type Rule, type Structure } from './syntax.ts'
import type { Part, Product, Thing } from './things.ts'
import { arithmetic, NotExpressed } from './values.ts'
import { pathsOf } from './walk.ts'

/** One way a part can be: everything in it is constant. */
export interface Variant {
  part: Part
  label: string
}

/** More variants than this are not listed, nor more ways looked at on the way. */
const MAX_VARIANTS = 500
const MAX_WAYS = 4_000
/** A number that may have more values than this is a question. */
const MAX_VALUES = 20

interface Way {
  things: Thing[]
  label: string
}

/**
 * Every way a part of a structure can be by the rules written for it and for what is inside it.
 * Undefined where there are too many, or where rules reach outside, or soft ones ask for one part more than for another.
 */
export function variantsOf(grounding: Omit<Grounding, 'made'>, structure: Structure): Variant[] | undefined {
  try {
    return listed(grounding, structure, [])
  } catch (error) {
    if (error instanceof NotExpressed) return undefined
    throw error
  }
}

function listed(grounding: Omit<Grounding, 'made'>, structure: Structure, around: Structure[]): Variant[] | undefined {
  if (around.includes(structure)) return undefined
  const rules = grounding.file.rules.filter(rule => rule.structure === structure.name)
  if (!rules.every(rule => staysInside(rule))) return undefined
  const given = new Map<string, Rule>()
  for (const rule of rules) {
    const name = givenBy(rule, structure)
    if (name !== undefined && !given.has(name)) given.set(name, rule)
  }
  const free = [...structure.features.values()].filter(({ name }) => !given.has(name))
  const open = new Set(rules)
  const known = new Set<string>()
  let variants: Variant[] = [{ part: constantPart(structure), label: '' }]
  for (const feature of free) {
    const ways = waysOf(grounding, feature, [...around, structure])
    if (!ways || variants.length * ways.length > MAX_WAYS) return undefined
    variants = variants.flatMap(variant => ways.map(way => withFeature(variant, feature.name, way)))
    known.add(feature.name)
    settle()
  }
  for (const [name, rule] of given) {
    variants = variants.flatMap(variant => withGiven(grounding, variant, structure.features.get(name)!, rule))
    known.add(name)
    settle()
  }
  return open.size > 0 || variants.length > MAX_VARIANTS ? undefined : variants

  /** Leaves out what the rules forbid of which all is known. */
  function settle(): void {
    for (const rule of open) {
      if (!pathsOf(rule).every(({ items }) => known.has(items[0]!.name) || !structure.features.has(items[0]!.name))) continue
      open.delete(rule)
      variants = variants.filter(({ part }) => keeps(grounding, part, rule))
    }
  }
}

/** Only hard rules that begin at the part itself. */
function staysInside(rule: Rule): boolean {
  const { kind } = rule.statement
  if (kind !== 'require' && kind !== 'imply' && kind !== 'combinations') return false
  return pathsOf(rule).every(({ items }) => !['root', 'parent', 'this'].includes(items[0]!.name))
}

/** The number that a rule without conditions gives. */
function givenBy({ statement, conditions }: Rule, { features }: Structure): string | undefined {
  if (statement.kind !== 'imply' || conditions.length > 0 || statement.path.items.length > 1) return undefined
  const feature = features.get(statement.path.items[0]!.name)
  return feature?.type.kind === 'number' && feature.min === 1 && feature.max === 1 ? feature.name : undefined
}

function waysOf(grounding: Omit<Grounding, 'made'>, feature: Feature, around: Structure[]): Way[] | undefined {
  const { name, type, min, max } = feature
  if (type.kind === 'ignored' || max === 0) return [{ things: [], label: '' }]
  if (max === null) return undefined
  if (type.kind === 'number') {
    if (min !== 1 || max !== 1) return undefined
    const grid = gridOf(rangeOf(type, feature, []))
    if (!((grid.max - grid.min) / grid.step < MAX_VALUES)) return undefined
    return gridValues(grid).map(value => ({ things: [constantNumber(value)], label: `${name} ${value}` }))
  }
  const enumeration = grounding.file.enumerations.get(type.name) ?? (/^bool$/i.test(type.name) ? BOOL : undefined)
  if (enumeration) {
    const kinds = [...enumeration.options.keys()].map((option): Way => {
      const value = { kind: 'text', text: option } as const
      return { things: [{ kind: 'value', present: TRUE, pieces: '1', enumeration, value }], label: option }
    })
    return collections(kinds, name, min, max)
  }
  const structure = type.name === PRODUCT ? undefined : grounding.file.structures.get(type.name)
  const variants = structure && listed(grounding, structure, around)
  return (
    variants &&
    collections(
      variants.map(({ part, label }) => ({ things: [part], label })),
      name,
      min,
      max,
    )
  )
}

/** From min to max of some kinds, in any mixture; undefined where there are too many. */
function collections(kinds: Way[], name: string, min: number, max: number): Way[] | undefined {
  let found: (Way & { count: number })[] = [{ things: [], label: '', count: 0 }]
  for (const kind of kinds) {
    const next: typeof found = []
    for (const before of found) {
      for (let n = 0; before.count + n <= max; n++) {
        if (next.length >= MAX_VARIANTS) return undefined
        const things = n === 0 ? before.things : [...before.things, ...kind.things.map(thing => inPieces(thing, TRUE, `${n}`))]
        const label = n === 0 ? before.label : joined(before.label, `${max > 1 ? `${n} × ` : ''}${kind.label}`)
        next.push({ things, label, count: before.count + n })
      }
    }
    found = next
  }
  const complete = found.filter(({ count }) => count >= min)
  return complete.map(({ things, label }) => ({ things, label: label === '' ? '' : `${name} ${label}`.trim() }))
}

function withFeature({ part, label }: Variant, name: string, way: Way): Variant {
  const made = { ...part, features: new Map(part.features).set(name, way.things) }
  return { part: made, label: joined(label, way.label) }
}

/** The variant with the number that the rule gives; none where it lies outside of its range. */
function withGiven(grounding: Omit<Grounding, 'made'>, variant: Variant, feature: Feature, rule: Rule): Variant[] {
  const { statement } = rule
  if (statement.kind !== 'imply' || feature.type.kind !== 'number') return []
  const [ground] = groundings(inside(grounding, variant.part), rule, [statement.formula], [])
  const value = ground && evaluate(rule, ground, statement.formula)
  const [only] = value?.cases ?? []
  if (value?.defined !== TRUE || only?.value.kind !== 'number') throw new NotExpressed(rule.at, feature.name)
  const number = Number(only.value.text)
  const grid = gridOf(rangeOf(feature.type, feature, []))
  const place = scaled(number, grid.decimals)
  if (place === undefined || place < grid.min || place > grid.max || (place - grid.min) % grid.step !== 0) return []
  return [withFeature(variant, feature.name, { things: [constantNumber(unscaled(place, grid.decimals))], label: '' })]
}

/** Whether a part of constants keeps a rule. */
function keeps(grounding: Omit<Grounding, 'made'>, part: Part, rule: Rule): boolean {
  for (const demand of demandsOf(inside(grounding, part), rule)) {
    if (demand.when === FALSE) continue
    if (demand.when !== TRUE || demand.kind !== 'formula' || (demand.formula !== TRUE && demand.formula !== FALSE))
      throw new NotExpressed(rule.at, rule.structure)
    if (demand.formula === FALSE) return false
  }
  return true
}

function inside(grounding: Omit<Grounding, 'made'>, part: Part): Grounding {
  const product: Product = { ...grounding.product, root: part, parts: new Map([[part.structure.name, [part]]]) }
  return { ...grounding, product, made: 0 }
}

/** The same thing while something else is there, so many times for each piece of that. */
export function inPieces(thing: Thing, present: string, pieces: string, outer?: Part): Thing {
  const made = { ...thing, present, pieces: arithmetic(thing.pieces, '*', pieces) }
  if (made.kind !== 'part') return made
  if (outer) made.outer = outer
  const features = new Map<string, Thing[]>()
  for (const [name, things] of made.features)
    features.set(
      name,
      things.map(one => inPieces(one, present, pieces, made)),
    )
  made.features = features
  return made
}

const constantPart = (structure: Structure): Part => ({
  kind: 'part',
  present: TRUE,
  pieces: '1',
  structure,
  features: new Map(),
})

function constantNumber(value: number): Thing {
  return { kind: 'value', present: TRUE, pieces: '1', value: { kind: 'number', text: String(value) } }
}

const joined = (before: string, after: string) => (before === '' || after === '' ? before + after : `${before}, ${after}`)
