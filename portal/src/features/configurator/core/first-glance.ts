import { type Decision, type Group, indexModel, type Selection, type SpecLine } from '@fettle/engine'
import type { OutlineData } from './outline.ts'
import { type ConfiguratorStep, shownPlaces, stepsOf, visibleOptions } from './steps.ts'
import type { View } from './view.ts'

/** The default configuration as the catalogue keeps it. */
interface Standard {
  selection: Selection
  price: { net: number; currency: string } | null
  facts: readonly SpecLine[]
}

/** Options that stand on the page at first, and those by which the list of steps names each other step. */
const [inStep, inOtherSteps] = [40, 3]

/**
 * What is shown of a large model until the engine's thread has read all of it: every step by name, the beginning of the one on
 * show, and the standard. Costs nothing to make and little to send, however large the model is.
 */
export function firstGlance(
  { model, priced }: OutlineData,
  standard: Standard,
  decisions: readonly Decision[],
  stepId: string | null,
): { outline: OutlineData; view: View } {
  const steps = stepsOf({ index: indexModel(model) })
  const on = steps.find(({ id }) => id === stepId) ?? steps[0]
  const groups = steps.flatMap(step => beginning(step, standard.selection, step === on ? inStep : inOtherSteps))
  const shown = new Set(groups.flatMap(group => [group.id, ...visibleOptions(group).map(({ id }) => id)]))
  const ofShown = (values: Record<string, number>) => Object.fromEntries(Object.entries(values).filter(([id]) => shown.has(id)))
  const selection = { options: ofShown(standard.selection.options), numbers: ofShown(standard.selection.numbers) }
  const { net = 0, currency = model.currency } = standard.price ?? {}
  return {
    outline: { model: { ...model, groups }, priced },
    view: {
      decisions: [...decisions],
      selection,
      price: { status: standard.price ? 'priced' : 'on-request', currency, lines: [], net, tax: null, gross: net, onRequest: [] },
      difference: null,
      changed: [],
      canUndo: false,
      canRedo: false,
      standings: Object.fromEntries(Object.keys(selection.options).map(id => [id, 'standard' as const])),
      possible: { numbers: {}, pieces: {} },
      facts: [...standard.facts],
      whole: false,
    },
  }
}

function beginning(step: ConfiguratorStep, selection: Selection, most: number): Group[] {
  const groups: Group[] = []
  let room = most
  for (const { group } of shownPlaces(step, selection)) {
    if (room <= 0) break
    const part =
      group.kind === 'choose-one' || group.kind === 'choose-some' ? { ...group, options: group.options.slice(0, room) } : group
    groups.push(group.id === step.id ? part : { ...part, section: step.id })
    room -= Math.max(1, visibleOptions(part).length)
  }
  // The step's own group names it, even where nothing of its own is shown.
  return groups.some(({ id }) => id === step.id) ? groups : [step.group, ...groups]
}
