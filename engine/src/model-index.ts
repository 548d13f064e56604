import { decimalsOf, scaled, unscaled } from './decimal.ts'
import type { Attribute, Group, Interface, Model, NumberGroup, Option } from './model.ts'

/** A model by its ids. Every map is in model order. Where an id is given twice the first wins: `validate` reports it. */
export interface ModelIndex {
  model: Model
  groups: ReadonlyMap<string, Group>
  options: ReadonlyMap<string, OptionEntry>
  attributes: ReadonlyMap<string, Attribute>
  interfaces: ReadonlyMap<string, Interface>
  /** option id -> groups that belong to it */
  children: ReadonlyMap<string, readonly Group[]>
  /** attribute id -> the options that carry it, with their value */
  carriers: ReadonlyMap<string, readonly Carrier[]>
  /** interface id -> the options that offer it, with the number per piece */
  offers: ReadonlyMap<string, readonly Carrier[]>
  takes: ReadonlyMap<string, readonly Carrier[]>
  /** number group id -> its values as scaled integers */
  grids: ReadonlyMap<string, Grid>
}

export interface OptionEntry {
  option: Option
  group: Group
  /** place among all options of the model, from 0 */
  order: number
}

export interface Carrier {
  option: string
  value: number
}

/** Values min, min + step … up to max, all times 10^decimals. `max` lies on the grid. */
export interface Grid {
  min: number
  max: number
  step: number
  decimals: number
}

/** Looks a model of the right shape up by ids. Does not check references. */
export function indexModel(model: Model): ModelIndex {
  const groups = firstById(model.groups)
  const options = new Map<string, OptionEntry>()
  const children = new Map<string, Group[]>()
  const carriers = new Map<string, Carrier[]>(model.attributes.map(attribute => [attribute.id, []]))
  const offers = new Map<string, Carrier[]>((model.interfaces ?? []).map(one => [one.id, []]))
  const takes = new Map<string, Carrier[]>((model.interfaces ?? []).map(one => [one.id, []]))
  const grids = new Map<string, Grid>()

  for (const group of model.groups) {
    if (group.parent !== undefined) append(children, group.parent, group)
    if (group.kind === 'number' && !grids.has(group.id)) grids.set(group.id, gridOf(group))
    for (const option of optionsOf(group)) {
      if (options.has(option.id)) continue
      options.set(option.id, { option, group, order: options.size })
      spread(carriers, option.id, option.attributes)
      spread(offers, option.id, option.offers)
      spread(takes, option.id, option.takes)
    }
  }
  const attributes = firstById(model.attributes)
  const interfaces = firstById(model.interfaces ?? [])
  return { model, groups, options, attributes, interfaces, children, carriers, offers, takes, grids }
}

/** The options of a group; none for a number group. */
export function optionsOf(group: Group): readonly Option[] {
  switch (group.kind) {
    case 'choose-one':
    case 'choose-some':
      return group.options
    case 'yes-no':
      return [group.option]
    case 'number':
      return []
  }
}

/** The grid of a number group. Decimals are those of the step and of the minimum, whichever has more. */
export function gridOf(group: Pick<NumberGroup, 'min' | 'max' | 'step'>): Grid {
  const step = group.step ?? 1
  const decimals = Math.max(decimalsOf(step), decimalsOf(group.min))
  const min = scaled(group.min, decimals) ?? Number.NaN
  const width = scaled(step, decimals) ?? Number.NaN
  const finest = Math.max(decimals, decimalsOf(group.max))
  const limit = Math.floor((scaled(group.max, finest) ?? Number.NaN) / 10 ** (finest - decimals))
  return { min, max: min + Math.floor((limit - min) / width) * width, step: width, decimals }
}

/** Whether a value lies on the grid. */
export function onGrid(grid: Grid, value: number): boolean {
  const place = scaled(value, grid.decimals)
  return place !== undefined && place >= grid.min && place <= grid.max && (place - grid.min) % grid.step === 0
}

/** Every value of the grid, ascending. Only for grids known to be small. */
export function gridValues(grid: Grid): number[] {
  const values: number[] = []
  for (let place = grid.min; place <= grid.max; place += grid.step) values.push(unscaled(place, grid.decimals))
  return values
}

/** The pieces an option may come in while chosen. */
export function quantityGrid(option: Option): Grid {
  return gridOf(option.quantity ?? { min: 1, max: 1 })
}

/** The root group under whose step a group is shown. */
export function sectionOf(index: ModelIndex, group: Group): string {
  const seen = new Set<string>()
  for (let at = group; ; ) {
    if (at.section !== undefined) return at.section
    const above = at.parent === undefined ? undefined : index.options.get(at.parent)?.group
    if (above === undefined || seen.has(at.id)) return at.id
    seen.add(at.id)
    at = above
  }
}

function firstById<T extends { id: string }>(things: readonly T[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const thing of things) if (!map.has(thing.id)) map.set(thing.id, thing)
  return map
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function spread(map: Map<string, Carrier[]>, option: string, values: Record<string, number> | undefined): void {
  if (values) for (const [key, value] of Object.entries(values)) map.get(key)?.push({ option, value })
}
