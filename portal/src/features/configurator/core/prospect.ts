import type { Configuring } from './configuring.ts'
import { outlook, priceDifference, standing, type WayTo, waysTo, whyNot } from './outlook.ts'
import { type Reason, reasonOf } from './reason.ts'

/** What a visitor learns of an option or number beside its name: more work than the rest, so it follows when the page stands. */
export interface Prospect {
  /** to the net price if it were taken; null: on request; undefined where it cannot be taken alone */
  difference?: number | null | undefined
  /** why it cannot be had, or must be; of a number: why not all of its range is possible */
  reason?: Reason
  ways?: WayTo[]
}

export function prospectOf(now: Configuring, id: string): Prospect {
  const group = now.compiled.index.groups.get(id)
  if (group?.kind === 'number') return numberProspect(now, group)
  switch (standing(now, id)) {
    case 'open':
      return { difference: priceDifference(now, { option: id, chosen: true }) }
    case 'excluded':
      return { reason: reasonOf(now.compiled, whyNot(now, { option: id, chosen: true }), id), ways: waysTo(now, id) }
    case 'forced':
      return { reason: reasonOf(now.compiled, whyNot(now, { option: id, chosen: false }), id) }
    case 'chosen':
    case 'standard':
      return {}
  }
}

function numberProspect(now: Configuring, { id, max }: { id: string; max: number }): Prospect {
  const { domains, alternatives } = outlook(now)
  const limit = (alternatives.numbers[id] ?? domains.numbers[id]?.values ?? []).at(-1)?.max
  if (limit === undefined || limit >= max || now.selection.numbers[id] === undefined) return {}
  const explanation = whyNot(now, { number: id, value: max })
  if (explanation.verdict !== 'impossible' || explanation.rules.every(rule => !rule.message)) return {}
  return { reason: reasonOf(now.compiled, explanation, id) }
}
