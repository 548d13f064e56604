export { LeadOffers, OfferEntry } from './console/lead-offers.tsx'
