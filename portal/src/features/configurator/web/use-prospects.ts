import { type Decision, explain, repair } from '@fettle/engine'
import { useEffect, useState } from 'react'
import { type Configuring, priceDifference, type Reason, reasonOf, type Standing, standing } from '../core/index.ts'

/** What a visitor learns of an option beside its name. Computed after the page has painted, option by option. */
export interface Prospect {
  /** to the net price if it were taken; null: on request */
  difference?: number | null | undefined
  reason?: Reason
  repairs?: { remove: Decision[]; decisions: Decision[]; difference: number | null }[]
}

const explainBudget = { steps: 20_000 }

/** Prices, reasons and repairs of these options; entries appear as they are known. */
export function useProspects(configuring: Configuring, options: readonly string[]): ReadonlyMap<string, Prospect> {
  const [known, setKnown] = useState<{ of: Configuring; prospects: ReadonlyMap<string, Prospect> }>({ of: configuring, prospects: new Map() })
  const wanted = options.join('\n')
  useEffect(() => {
    const ids = wanted === '' ? [] : wanted.split('\n')
    const prospects = new Map<string, Prospect>()
    let next = 0
    let timer = 0
    // A few milliseconds at a time, so that clicks and scrolling come first.
    const work = () => {
      const until = performance.now() + 8
      while (next < ids.length && performance.now() < until) {
        const id = ids[next++]!
        prospects.set(id, prospectOf(configuring, id, standing(configuring, id)))
      }
      setKnown({ of: configuring, prospects: new Map(prospects) })
      if (next < ids.length) timer = window.setTimeout(work)
    }
    timer = window.setTimeout(work)
    return () => clearTimeout(timer)
  }, [configuring, wanted])
  return known.of === configuring ? known.prospects : stale(known.prospects)
}

/** While the new figures are computed the old price differences stay, so that nothing jumps; reasons do not. */
const stale = (prospects: ReadonlyMap<string, Prospect>): ReadonlyMap<string, Prospect> =>
  new Map([...prospects].map(([id, { difference }]) => [id, { difference }]))

function prospectOf(configuring: Configuring, option: string, stands: Standing): Prospect {
  const wish: Decision = { option, chosen: true }
  switch (stands) {
    case 'open':
      return { difference: priceDifference(configuring, wish) }
    case 'excluded': {
      const reason = reasonOf(configuring.compiled, explain(configuring.state, wish, explainBudget))
      const { repairs } = repair(configuring.state, wish, { by: 'fewest', limit: 3, ...explainBudget })
      return {
        reason,
        repairs: repairs.map(({ remove, decisions, priceDifference }) => ({ remove, decisions, difference: priceDifference })),
      }
    }
    case 'forced':
      return { reason: reasonOf(configuring.compiled, explain(configuring.state, { option, chosen: false }, explainBudget)) }
    case 'chosen':
    case 'standard':
      return {}
  }
}

