export { LeadOffers, OfferEntry } from './desk/lead-offers.tsx'
