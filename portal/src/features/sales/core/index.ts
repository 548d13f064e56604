export {
  addLeadNote,
  answerLead,
  changeLead,
  getInquiry,
  getLead,
  type LeadDetail,
  type LeadSummary,
  leadSorts,
  listAssignees,
  listLeads,
  type Source,
  submitInquiry,
} from './api.ts'
export { contactConsent } from './consent.ts'
export type {} from './events.ts'
export { type LeadStatus, leadStatuses, leadTransitions, mayMove } from './lead-status.ts'
export { texts } from './texts.ts'
