/** Ids and what people call the offer by; nothing of the customer. */
export interface OfferFacts {
  offerId: string
  versionId: string
  leadId: string
  number: string
  version: number
}

declare module '#platform/core' {
  interface EventTypes {
    'offer.drafted': OfferFacts
    /** by: the colleague who sent it */
    'offer.sent': OfferFacts & { by: string }
    'offer.asked': OfferFacts
    'offer.answered': OfferFacts & { by: string }
    'offer.countered': OfferFacts
    'offer.accepted': OfferFacts
    'offer.declined': OfferFacts
    'offer.withdrawn': OfferFacts & { by: string }
    'offer.expired': OfferFacts
  }
}
