import { type Group, type ModelIndex, type Option, optionsOf, type Selection, sectionOf } from '@fettle/engine'

/** One step of the configurator: a root group with every group shown in its section. */
export interface ConfiguratorStep {
  id: string
  group: Group
  /** every group of the section with something to see, whether it counts now or not; what belongs to an option follows its group */
  places: Place[]
}

/** A group where it stands in its step. */
export interface Place {
  group: Group
  /** how many options of this step it lies under */
  depth: number
  /** the option it belongs to */
  under: Option | null
}

/** The steps of a model, in model order. Groups without anything a visitor may see are left out. */
export function stepsOf({ index }: { index: ModelIndex }): ConfiguratorStep[] {
  const bySection = new Map<string, Group[]>()
  for (const group of index.model.groups) {
    const section = sectionOf(index, group)
    bySection.set(section, [...(bySection.get(section) ?? []), group])
  }
  return index.model.groups
    .filter(group => bySection.has(group.id) && sectionOf(index, group) === group.id)
    .map(group => ({ id: group.id, group, places: placesOf(bySection.get(group.id)!, index) }))
    .filter(step => step.places.length > 0)
}

function placesOf(groups: readonly Group[], index: ModelIndex): Place[] {
  const owner = (group: Group) => (group.parent === undefined ? undefined : index.options.get(group.parent)?.group)
  const here = new Set(groups)
  const children = new Map<Group, Group[]>()
  const roots: Group[] = []
  for (const group of groups) {
    const above = owner(group)
    if (above && here.has(above)) children.set(above, [...(children.get(above) ?? []), group])
    else roots.push(group)
  }
  const places: Place[] = []
  const visit = (group: Group, depth: number) => {
    const under = group.parent === undefined ? null : (index.options.get(group.parent)?.option ?? null)
    if (isVisible(group)) places.push({ group, depth, under })
    for (const child of children.get(group) ?? []) visit(child, depth + (isVisible(group) ? 1 : 0))
  }
  for (const group of roots) visit(group, 0)
  return places
}

/** Places of a step that count now: the option they belong to is chosen. */
export const shownPlaces = (step: ConfiguratorStep, selection: Selection): Place[] =>
  step.places.filter(({ group }) => group.parent === undefined || selection.options[group.parent] !== undefined)

/** The step in which an option or a number is chosen. */
export const stepWith = (steps: readonly ConfiguratorStep[], part: string): number =>
  steps.findIndex(({ places }) =>
    places.some(({ group }) => group.id === part || visibleOptions(group).some(({ id }) => id === part)),
  )

export const visibleOptions = (group: Group): Option[] =>
  optionsOf(group).filter(option => (option.visibility ?? 'public') === 'public')

const isVisible = (group: Group): boolean => group.kind === 'number' || visibleOptions(group).length > 0
