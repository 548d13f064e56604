import { type Compiled, complete, price, type Selection, spec, start } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'

/** What the catalogue says of a model version: its names, and its default configuration with price and data. Plain JSON. */
export interface Presentation {
  modelId: string
  name: LocalizedText
  description: LocalizedText | null
  untranslated: boolean
  options: number
  constraints: number
  selection: Selection
  startingPrice: { net: number; currency: string } | null
  spec: ReturnType<typeof spec>
}

/** Made once, when a version is published, and kept beside it: to list products no model needs to be compiled. */
export function presentationOf(compiled: Compiled): Presentation {
  const { model } = compiled
  const { selection } = complete(start(compiled), { goal: 'defaults' })
  if (!selection) throw new Error(`Model ${model.id} has no default configuration within the budget`)
  const standard = price(compiled, selection)
  return {
    modelId: model.id,
    name: model.name,
    description: model.description ?? null,
    untranslated: model.untranslated ?? false,
    options: model.groups.reduce(
      (sum, group) => sum + ('options' in group ? group.options.length : group.kind === 'yes-no' ? 1 : 0),
      0,
    ),
    constraints: model.constraints.length,
    selection,
    startingPrice: standard.status === 'priced' ? { net: standard.net, currency: standard.currency } : null,
    spec: spec(compiled, selection),
  }
}
