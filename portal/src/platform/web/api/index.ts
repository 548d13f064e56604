export { api, newIdempotencyKey } from './browser-api.ts'
export { useLive } from './use-live.ts'
export { type FieldMessages, messagesByField, type ProblemState, useProblem } from './use-problem.ts'
