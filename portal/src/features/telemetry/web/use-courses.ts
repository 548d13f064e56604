import { useEffect, useState } from 'react'
import type { History } from '../core/index.ts'
import type { Compared } from './compared.ts'
import type { Span } from './span.ts'
import type { ReadHistory } from './use-history.ts'

/** What is compared, by metric: its course now, and of what it is laid beside. */
export type ComparedHistories = ReadonlyMap<string, { now: History; beside: History | null }>

/** Reads what is compared in a span; null while nothing is known, and what was there stays until the new is. */
export function useCourses({ metrics, against }: Compared, { from, to }: Span, read: ReadHistory) {
  const [state, setState] = useState<{ histories: ComparedHistories | null; failed: boolean }>({ histories: null, failed: false })
  const [tries, setTries] = useState(0)
  const wanted = JSON.stringify([metrics, against])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` is what is compared; another try reads the same again
  useEffect(() => {
    let current = true
    const earlier = against?.kind === 'earlier' ? against.ms : 0
    const readOne = async (metric: string) => {
      const [now, beside] = await Promise.all([
        read(metric, { from, to }),
        against
          ? read(metric, { from: from - earlier, to: to - earlier }, against.kind === 'machine' ? against.id : undefined)
          : null,
      ])
      return [metric, { now, beside }] as const
    }
    Promise.all(metrics.map(readOne)).then(
      all => current && setState({ histories: new Map(all), failed: false }),
      () => current && setState({ histories: null, failed: true }),
    )
    return () => {
      current = false
    }
  }, [wanted, from, to, read, tries])
  return { ...state, again: () => setTries(count => count + 1) }
}
