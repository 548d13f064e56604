export { api, newIdempotencyKey } from './browser-api.ts'
export { type FieldMessages, messagesByField } from './messages-by-field.ts'
export { useLive } from './use-live.ts'
export { type ProblemState, useProblem } from './use-problem.ts'
