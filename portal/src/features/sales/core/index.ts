export { type AnsweringRule, getAnswering, saveAnswering, usualAnswering } from './answering-api.ts'
export {
  type Attachment,
  addLeadNote,
  answerLead,
  attachmentLimits,
  type CallBackTime,
  callBackTimes,
  changeLead,
  discardAttachment,
  exportAlone,
  exportLeads,
  getAttachment,
  getInquiry,
  getInquiryAttachment,
  getLead,
  type InquiryStatus,
  type LeadDetail,
  type LeadSummary,
  leadSorts,
  listAssignees,
  listLeads,
  listMyInquiries,
  type OwnInquiry,
  returnConfiguration,
  type Source,
  submitInquiry,
  uploadAttachment,
} from './api.ts'
export { contactConsent } from './consent.ts'
export type {} from './events.ts'
export { type LeadStatus, leadStatuses, leadTransitions, mayMove } from './lead-status.ts'
export { sourceWords } from './source-words.ts'
export { texts } from './texts.ts'
export { type WorkingTime, workingMinutes } from './working-time.ts'
