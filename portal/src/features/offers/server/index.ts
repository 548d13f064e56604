import type { ServerFeature } from '#platform/server'
import { expireOffers, remindCustomers } from './expire-offers.ts'
import { confirmAcceptance, mailAnswer, mailOffer } from './mail-customer.ts'
import { moveOffers } from './move-offers.ts'
import { mountOfferPdf } from './pdf-routes.ts'
import { personal } from './personal.ts'
import { offerProblems } from './problems.ts'
import { offerRoutes } from './routes.ts'
import { tellSalesOf } from './tell-sales.ts'

export { sendOffer } from './change-offer.ts'
export { createOffer } from './create-offer.ts'
export { offerWorth } from './offer-rows.ts'

/** Offers to customers, from the draft to what becomes of them. */
export const offers: ServerFeature = {
  name: 'offers',
  routes: offerRoutes,
  mount: mountOfferPdf,
  problems: offerProblems,
  personal,
  on: {
    'offer.sent': [mailOffer],
    'offer.answered': [mailAnswer],
    'offer.asked': [tellSalesOf.asked],
    'offer.countered': [tellSalesOf.countered],
    'offer.accepted': [confirmAcceptance, tellSalesOf.accepted],
    'offer.declined': [tellSalesOf.declined],
    'offer.expired': [tellSalesOf.expired],
    'colleague.joined': [moveOffers],
  },
  jobs: {
    'offers.expire': { handle: (_, { platform }) => expireOffers(platform) },
    'offers.remind-customers': { handle: (_, { platform }) => remindCustomers(platform) },
  },
  schedules: { 'offers.expire': '5 * * * *', 'offers.remind-customers': '20 * * * *' },
  topics: { offers: { staff: 'offer.read' } },
}
