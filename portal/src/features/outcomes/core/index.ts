export { getMyOutcomes, getOutcomes, type OutcomeRow, type Outcomes } from './api.ts'
export { type Fault, fewestVerdicts, longestLead, type Outcome, outcomeOf, type Warning } from './outcome.ts'
