import type { ServerFeature } from '#platform/server'
import { configuration } from './configuration.ts'
import { confirmInquiry } from './confirm-inquiry.ts'
import { followOffers } from './follow-offers.ts'
import { moveContacts } from './move-contacts.ts'
import { openLead } from './open-lead.ts'
import { personal } from './personal.ts'
import { salesProblems } from './problems.ts'
import { remindOfLeads } from './remind-of-leads.ts'
import { salesRoutes } from './routes.ts'
import { showJudgedFile } from './show-judged-file.ts'
import { tellOfConfiguration } from './tell-of-configuration.ts'

export { readAnswering } from './answering.ts'
export { inquiryWorth, type LeadFacts, leadFacts, leadOrigin } from './lead-facts.ts'
export { type LeadForOffer, leadForOffer, leadOfInquiry } from './lead-for-offer.ts'
export { withoutConfiguration } from './return-configuration.ts'
export { submitInquiry } from './submit-inquiry.ts'
export { submitSubject } from './submit-subject.ts'

/** From the visitor's inquiry to the answered lead. */
export const sales: ServerFeature = {
  name: 'sales',
  routes: salesRoutes,
  problems: salesProblems,
  personal,
  on: {
    'inquiry.submitted': [openLead, confirmInquiry],
    'inquiry.configured': [tellOfConfiguration],
    'colleague.joined': [moveContacts],
    'file.judged': [showJudgedFile],
    ...followOffers,
  },
  configuration,
  jobs: { 'sales.remind-of-leads': { handle: (_, { platform }) => remindOfLeads(platform) } },
  schedules: { 'sales.remind-of-leads': '*/10 * * * *' },
  topics: { leads: { staff: 'lead.read' }, 'lead-exports': { staff: 'lead.export' } },
}
