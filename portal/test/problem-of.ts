import { type Problem, ProblemError } from '#platform/core'

/** The problem a call is refused with. Throws where it is not refused, or for another reason. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw error ?? new Error('The call was expected to be refused')
  return error.problem
}
