import { startTransition, useEffect, useMemo, useState } from 'react'
import {
  type Configuring,
  priceDifference,
  type Reason,
  reasonOf,
  type Standing,
  standing,
  type WayTo,
  waysTo,
  whyNot,
} from '../core/index.ts'

/** What a visitor learns of an option beside its name. Computed after the page has painted, option by option. */
export interface Prospect {
  /** to the net price if it were taken; null: on request */
  difference?: number | null | undefined
  reason?: Reason
  ways?: WayTo[]
}

export type Prospects = ReadonlyMap<string, Prospect>

/** Milliseconds of work at a time, so that clicks and scrolling come first. */
const slice = 8

/** Prices, reasons and ways to these options; entries appear as they are known. */
export function useProspects(configuring: Configuring, options: readonly string[]): Prospects {
  const [known, setKnown] = useState<{ of: Configuring; prospects: Prospects }>({ of: configuring, prospects: new Map() })
  const wanted = options.join('\n')
  useEffect(() => {
    const prospects = new Map<string, Prospect>()
    const ids = wanted === '' ? [] : wanted.split('\n')
    let next = 0
    let timer = 0
    const work = () => {
      const until = performance.now() + slice
      while (next < ids.length && performance.now() < until) {
        const id = ids[next++]!
        prospects.set(id, prospectOf(configuring, id, standing(configuring, id)))
      }
      const soFar = new Map(prospects)
      startTransition(() => setKnown({ of: configuring, prospects: soFar }))
      if (next < ids.length) timer = window.setTimeout(work)
    }
    timer = window.setTimeout(work)
    return () => clearTimeout(timer)
  }, [configuring, wanted])
  const before = useMemo(() => stale(known.prospects), [known])
  return known.of === configuring ? known.prospects : before
}

/** While the new figures are computed the old price differences stay, so that nothing jumps; reasons do not. */
const stale = (prospects: Prospects): Prospects => new Map([...prospects].map(([id, { difference }]) => [id, { difference }]))

function prospectOf(configuring: Configuring, option: string, stands: Standing): Prospect {
  switch (stands) {
    case 'open':
      return { difference: priceDifference(configuring, { option, chosen: true }) }
    case 'excluded':
      return {
        reason: reasonOf(configuring.compiled, whyNot(configuring, { option, chosen: true }), option),
        ways: waysTo(configuring, option),
      }
    case 'forced':
      return { reason: reasonOf(configuring.compiled, whyNot(configuring, { option, chosen: false }), option) }
    case 'chosen':
    case 'standard':
      return {}
  }
}
