import './events.ts'

export {
  askAsVisitor,
  askForMyself,
  type ConsentView,
  confirmRequest,
  type Declarations,
  fetchExport,
  getDeclarations,
  getKeys,
  getMyPrivacy,
  getRequest,
  listRequests,
  type MyPrivacy,
  moveRequest,
  type PrivacyRequest,
  type StaffRequest,
  type StaffRequestDetail,
  withdrawConsent,
} from './api.ts'
export { type ConsentPurpose, consentText, consentTexts, currentConsent } from './consents.ts'
export { defaultNotice } from './default-notice.ts'
export {
  getNotice,
  getNoticeDraft,
  getNoticeVersion,
  mostChange,
  mostNotice,
  type Notice,
  type NoticeDraft,
  type NoticeIssue,
  publishNotice,
  saveNoticeDraft,
} from './notice-api.ts'
export {
  dueAfter,
  eraseAlone,
  mayMoveRequest,
  type RequestKind,
  type RequestState,
  requestKinds,
  requestStates,
  requestTransitions,
  weekdaysLeft,
} from './request-states.ts'
export { texts } from './texts.ts'
