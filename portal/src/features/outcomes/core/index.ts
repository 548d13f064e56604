export { getMyOutcomes, getOutcomes, type OutcomeRow, type Outcomes, outcome } from './api.ts'
export { faultsOf } from './faults.ts'
export { type FigureWords, figureWords } from './figure-words.ts'
export { type Fault, fewestVerdicts, longestLead, type Outcome, outcomeOf, type Warning } from './outcome.ts'
