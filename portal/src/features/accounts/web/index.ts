export { ProblemNotice } from './fields.tsx'
export { ProofForm } from './proof-form.tsx'
export { useConfirmed } from './use-confirmed.tsx'
export { type Typed, useEntry } from './use-entry.ts'
