import { type Compiled, type Group, optionsOf, type Selection, sectionOf } from '@fettle/engine'

/** One step of the configurator: a root group with every group shown in its section. */
export interface ConfiguratorStep {
  id: string
  group: Group
  /** all groups of the section in model order, whether they count now or not */
  groups: Group[]
}

/** The steps of a model, in model order. Groups without anything a visitor may see are left out. */
export function stepsOf({ model, index }: Compiled): ConfiguratorStep[] {
  const steps = new Map<string, ConfiguratorStep>()
  for (const group of model.groups) if (sectionOf(index, group) === group.id) steps.set(group.id, { id: group.id, group, groups: [] })
  for (const group of model.groups) if (isVisible(group)) steps.get(sectionOf(index, group))?.groups.push(group)
  return [...steps.values()].filter(step => step.groups.length > 0)
}

/** Groups of a step that count now: their parent option is chosen. Yes-no groups side by side stay in model order. */
export const shownGroups = (step: ConfiguratorStep, selection: Selection): Group[] =>
  step.groups.filter(group => group.parent === undefined || selection.options[group.parent] !== undefined)

export const visibleOptions = (group: Group) => optionsOf(group).filter(option => (option.visibility ?? 'public') === 'public')

const isVisible = (group: Group): boolean => group.kind === 'number' || visibleOptions(group).length > 0
