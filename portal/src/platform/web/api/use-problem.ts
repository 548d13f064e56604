import { useCallback, useState } from 'react'
import { type Problem, ProblemError } from '#platform/core'
import { type FieldMessages, messagesByField } from './messages-by-field.ts'

export interface ProblemState {
  /** what failed as a whole; null: nothing, or only fields */
  problem: Problem | null
  fields: FieldMessages
  /** Runs a call and keeps its problem; undefined where there was one. Other errors go on. */
  attempt<T>(call: () => Promise<T>): Promise<T | undefined>
  clear(): void
}

/** A form's side of the API's problems: `errors[]` under their fields, the rest above the form. What was typed stays. */
export function useProblem(): ProblemState {
  const [problem, setProblem] = useState<Problem | null>(null)
  const clear = useCallback(() => setProblem(null), [])
  const attempt = useCallback(async <T>(call: () => Promise<T>): Promise<T | undefined> => {
    setProblem(null)
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setProblem(error.problem)
      return undefined
    }
  }, [])
  return { problem, fields: problem ? messagesByField(problem) : {}, attempt, clear }
}
