import { type Compiled, complete, price, type Selection, spec, start } from '@fettle/engine'

/** What the catalogue says of a model: its default configuration, the price and data of that. */
export interface Presentation {
  selection: Selection
  startingPrice: { net: number; currency: string } | null
  spec: ReturnType<typeof spec>
}

const made = new WeakMap<Compiled, Presentation>()

/** The default configuration of a compiled model, priced. Made once per compiled model. */
export function present(compiled: Compiled): Presentation {
  const known = made.get(compiled)
  if (known) return known
  const { selection } = complete(start(compiled), { goal: 'defaults' })
  if (!selection) throw new Error(`Model ${compiled.model.id} has no default configuration within the budget`)
  const net = price(compiled, selection)
  const presentation = {
    selection,
    startingPrice: net.status === 'priced' ? { net: net.net, currency: net.currency } : null,
    spec: spec(compiled, selection),
  }
  made.set(compiled, presentation)
  return presentation
}
