import { useEffect, useState } from 'react'
import type { ChartMark } from '../core/index.ts'
import type { Span } from './span.ts'

export type ReadMarks = (span: Span) => Promise<{ items: ChartMark[] }>

/** What happened in a span; where that cannot be read, charts stand without it. told: counts up when something has happened */
export function useMarks({ from, to }: Span, read: ReadMarks, told: number): ChartMark[] {
  const [marks, setMarks] = useState<ChartMark[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `told` says that the same would be answered otherwise
  useEffect(() => {
    let current = true
    read({ from, to }).then(
      ({ items }) => current && setMarks(items),
      () => {},
    )
    return () => {
      current = false
    }
  }, [from, to, read, told])
  return marks
}
