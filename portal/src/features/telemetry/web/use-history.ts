import { useEffect, useState } from 'react'
import type { History } from '../core/index.ts'
import type { Span } from './span.ts'

/** of: another machine than that of the page */
export type ReadHistory = (metric: string, span: Span, of?: string) => Promise<History>

/** What is known of a metric in a span, read anew as the span moves; what was there stays until the new is. */
export function useHistory(metric: string, { from, to }: Span, read: ReadHistory) {
  const [state, setState] = useState<{ history: History | null; failed: boolean }>({ history: null, failed: false })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads the same again
  useEffect(() => {
    let current = true
    read(metric, { from, to }).then(
      history => current && setState({ history, failed: false }),
      () => current && setState(before => ({ history: before.history, failed: before.history === null })),
    )
    return () => {
      current = false
    }
  }, [metric, from, to, read, tries])
  return { ...state, again: () => setTries(count => count + 1) }
}
