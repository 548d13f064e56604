import { useCallback, useState } from 'react'
import { type Problem, ProblemError } from '#platform/core'

/** What stands under each field: 'body field path with dots' -> message and remedy. Fits `form.setErrors` of Mantine's form. */
export type FieldMessages = Record<string, string>

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

/** '/contact/email' -> 'contact.email', 'query/limit' -> 'limit'; message and remedy as one text. */
export function messagesByField(problem: Problem): FieldMessages {
  const entries = (problem.errors ?? []).map(({ field, message, remedy }) => {
    const path = field.replace(/^(query|path|header)\//, '/').replace(/^\//, '')
    const name = path
      .split('/')
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.')
    return [name, remedy ? `${message} ${remedy}` : message] as const
  })
  return Object.fromEntries(entries.reverse()) // of several complaints about a field the first counts
}
