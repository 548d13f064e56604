export { agreement } from './agreement.ts'
export {
  acceptOffer,
  answerOffer,
  createOffer,
  declineOffer,
  followOffer,
  getMyOffer,
  getOffer,
  getSharedOffer,
  listMyOffers,
  listOffers,
  messageKinds,
  type OfferDetail,
  type OfferMessage,
  type OfferSummary,
  type OwnOffer,
  type OwnOfferDetail,
  previewOffer,
  type SharedOffer,
  saveOfferDraft,
  sendOffer,
  withdrawOffer,
  writeOnOffer,
} from './api.ts'
export type { OfferContent, OfferTerms } from './content.ts'
export { addDays, dayIn, endOfDay } from './days.ts'
export { discountLimitOf, rolesForDiscount } from './discount-limits.ts'
export type { OfferFacts } from './events.ts'
export { type LineKind, lineKinds, mostInstalments, mostLines, type OfferDiscount, type OfferLine } from './line.ts'
export { isOpen, mayBecome, mayFollow, type OfferStatus, offerStatuses, offerTransitions } from './offer-status.ts'
export { type Hindrance, hindrances } from './readiness.ts'
export { shownContent } from './shown-content.ts'
export { texts } from './texts.ts'
export { type OfferTotals, offerTotals } from './totals.ts'
export { parseMoney, parseNumber, typedMoney } from './typed-numbers.ts'
