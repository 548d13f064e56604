export { Findings } from './findings.tsx'
export { Health } from './health.tsx'
