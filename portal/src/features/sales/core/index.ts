export { type AnsweringRule, getAnswering, saveAnswering, usualAnswering } from './answering-api.ts'
export { contactConsent } from './consent.ts'
export type {} from './events.ts'
export {
  attachmentLimits,
  discardAttachment,
  getAttachment,
  getInquiry,
  getInquiryAttachment,
  type InquiryStatus,
  listMyInquiries,
  type OwnInquiry,
  submitInquiry,
  uploadAttachment,
} from './inquiry-api.ts'
export { type Attachment, type CallBackTime, callBackTimes, type Source } from './inquiry-parts.ts'
export {
  addLeadNote,
  answerLead,
  changeLead,
  exportAlone,
  exportLeads,
  getLead,
  type LeadDetail,
  type LeadSummary,
  leadSorts,
  listAssignees,
  listLeads,
  returnConfiguration,
} from './lead-api.ts'
export { type LeadStatus, leadStatuses, leadTransitions, mayMove } from './lead-status.ts'
export { sourceWords } from './source-words.ts'
export type { InquirySubject } from './subject.ts'
export { texts } from './texts.ts'
export { type WorkingTime, workingMinutes } from './working-time.ts'
