import { useCallback, useEffect, useRef, useState } from 'react'
import { ProblemError } from '#platform/core'
import { TokenMissing } from './token-keeper.ts'

/** What is known. gone: nothing of it is the reader's. refused: the site has no token that holds. at: milliseconds since 1970 */
export type Read<Value> = { status: 'loading' | 'gone' | 'refused' | 'failed' } | { status: 'shown'; value: Value; at: number }

/** ms after which it is tried again, where the portal does not answer */
const retryMs = 15_000

/**
 * Reads something, and again when asked to. Who asks meanwhile has heard of something that the answer under way may not know of yet: it is read
 * once more after that. What is shown stays while the portal is away.
 */
export function useRead<Value>(ask: () => Promise<Value>): [Read<Value>, () => Promise<Value>] {
  const [read, setRead] = useState<Read<Value>>({ status: 'loading' })
  const asked = useRef<{ ask: unknown; answer: Promise<Value>; next: Promise<Value> | null } | null>(null)
  const wanted = useRef(ask)
  const again = useCallback((): Promise<Value> => {
    const now = asked.current
    if (now?.ask === ask) {
      now.next ??= now.answer.then(again, again)
      return now.next
    }
    const see = (next: (before: Read<Value>) => Read<Value>) => {
      if (asked.current === mine) asked.current = null
      if (wanted.current === ask) setRead(next) // else something else is asked for meanwhile
    }
    const answer = ask().then(
      value => {
        see(() => ({ status: 'shown', value, at: Date.now() }))
        return value
      },
      (error: unknown) => {
        see(before => failed(before, error))
        throw error
      },
    )
    const mine = { ask, answer, next: null }
    asked.current = mine
    return answer
  }, [ask])
  useEffect(() => {
    wanted.current = ask
    again().catch(() => {}) // the state says so
  }, [ask, again])
  const { status } = read
  useEffect(() => {
    if (status !== 'failed') return
    const timer = setInterval(() => again().catch(() => {}), retryMs)
    return () => clearInterval(timer)
  }, [status, again])
  return [read, again]
}

function failed<Value>(before: Read<Value>, error: unknown): Read<Value> {
  const status = error instanceof ProblemError ? error.problem.status : 0
  if (status === 404) return { status: 'gone' }
  if (status === 401 || status === 403 || error instanceof TokenMissing) return { status: 'refused' }
  return before.status === 'shown' ? before : { status: 'failed' }
}
