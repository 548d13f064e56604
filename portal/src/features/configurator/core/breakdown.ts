import { type ModelIndex, type Price, type PriceLine, sectionOf } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'

/** The lines of a price under the step they come from; `step` is null for what belongs to none, the base price first. */
export interface PricePart {
  step: { id: string; name: LocalizedText } | null
  lines: PriceLine[]
  /** sum of the lines, minor units */
  amount: number
}

/** Groups a price by the steps of the configurator. The amounts of the parts add up to `net`. */
export function breakdownOf({ index }: { index: ModelIndex }, { lines }: Price): PricePart[] {
  const parts = new Map<string, PricePart>()
  for (const line of lines) {
    // A number that stands at zero costs nothing and says nothing.
    if (line.amount === 0 && line.quantity === 0) continue
    const group = line.option === undefined ? undefined : index.options.get(line.option)?.group
    const section = group ? (index.groups.get(sectionOf(index, group)) ?? group) : null
    // Before the first step and after the last: rules that belong to no option keep their side of the list.
    const key = section?.id ?? (parts.size === 0 || (parts.has('before') && parts.size === 1) ? 'before' : 'after')
    const part = parts.get(key) ?? { step: section ? { id: section.id, name: section.name } : null, lines: [], amount: 0 }
    part.lines.push(line)
    part.amount += line.amount
    parts.set(key, part)
  }
  return [...parts.values()]
}
