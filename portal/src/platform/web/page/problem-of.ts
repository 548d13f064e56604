import { isRouteErrorResponse } from 'react-router'
import { type Problem, ProblemError } from '#platform/core'

/** The problem in whatever a loader, an API call or an error boundary caught; null where it is none. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem
  if (isRouteErrorResponse(error) && isProblem(error.data)) return error.data
  const inner = (error as { type?: unknown; data?: unknown } | null)?.data
  return isProblem(inner) ? inner : null
}

const isProblem = (value: unknown): value is Problem =>
  value !== null &&
  typeof value === 'object' &&
  typeof (value as Problem).type === 'string' &&
  typeof (value as Problem).status === 'number'
