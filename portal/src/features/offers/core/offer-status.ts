/**
 * Of one version. draft: sales edits it. sent: the customer has it. countered: he has proposed something else, and may still accept.
 * expired: its last day is over. withdrawn: taken back by sales, or a draft that was given up. superseded: a newer version was sent.
 */
export const offerStatuses = ['draft', 'sent', 'countered', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'] as const
export type OfferStatus = (typeof offerStatuses)[number]

/** From each status of a version the ones it may move to. What was agreed, refused or taken back stays as it is: a newer version follows it. */
export const offerTransitions: Record<OfferStatus, readonly OfferStatus[]> = {
  draft: ['sent', 'withdrawn'],
  sent: ['countered', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
  countered: ['accepted', 'declined', 'expired', 'withdrawn', 'superseded'],
  accepted: [],
  declined: [],
  expired: ['superseded'],
  withdrawn: [],
  superseded: [],
}

export const mayBecome = (from: OfferStatus, to: OfferStatus): boolean => offerTransitions[from].includes(to)

/** Whether the customer can still answer it. */
export const isOpen = (status: OfferStatus): boolean => mayBecome(status, 'accepted')

/** Whether another version may follow. What was accepted is an agreement: a change to it is another offer. */
export const mayFollow = (status: OfferStatus): boolean => status !== 'draft' && status !== 'accepted'
