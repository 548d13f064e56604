/** RFC 9457 problem details as this portal sends them. Texts are already in the reader's language. */
export interface Problem {
  /** stable URI reference: '/problems/validation' */
  type: string
  title: string
  status: number
  detail: string
  /** what to do about it */
  remedy?: string
  requestId: string
  errors?: FieldError[]
  /** facts of the problem type, by name */
  [extension: string]: unknown
}

export interface FieldError {
  /** JSON pointer into the body, or 'query/limit', 'path/leadId', 'header/if-match' */
  field: string
  /** stable name of what is wrong, where the kind of error is worth telling apart: 'contradiction' */
  code?: string
  /** the value as it came, shortened; never of a secret field */
  value?: string
  message: string
  remedy?: string
}

/** A problem answer, thrown by the API client. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.type}: ${problem.detail}`)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
