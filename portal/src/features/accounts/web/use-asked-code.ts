import { useEffect, useState } from 'react'
import type { Problem } from '#platform/core'
import { type FieldMessages, useProblem } from '#platform/web'
import type { AskedForCode } from '../core/index.ts'

export interface AskedCodeState {
  /** null: none was asked for yet */
  asked: AskedForCode | null
  /** seconds until the next may be asked for */
  left: number
  errors: FieldMessages
  problem: Problem | null
  /** what it throws is shown */
  ask(call: () => Promise<AskedForCode>): Promise<void>
  /** as if none had been asked for; the wait goes on */
  forget(): void
}

/** A code by text message that was asked for, and the wait until the next. */
export function useAskedCode(): AskedCodeState {
  const { problem, fields, attempt, clear } = useProblem()
  const [asked, setAsked] = useState<AskedForCode | null>(null)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return {
    asked,
    left,
    errors: fields,
    problem: problem && !problem.errors?.length ? problem : null,
    async ask(call) {
      clear()
      await attempt(async () => {
        const answer = await call()
        setAsked(answer)
        setLeft(answer.again)
      })
    },
    forget() {
      clear()
      setAsked(null)
    },
  }
}
