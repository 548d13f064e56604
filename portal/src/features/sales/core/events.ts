import type { LeadStatus } from './lead-status.ts'

declare module '#platform/core' {
  interface EventTypes {
    /** null: it is about something that is no configuration */
    'inquiry.submitted': { inquiryId: string; configurationId: string | null; productId: string | null }
    /** sales worked out another configuration for whoever asked */
    'inquiry.configured': { inquiryId: string; leadId: string; configurationId: string }
    'lead.opened': { leadId: string; inquiryId: string }
    'lead.status-changed': { leadId: string; from: LeadStatus; to: LeadStatus }
    'lead.assigned': { leadId: string; assigneeId: string | null }
    'lead.answered': { leadId: string }
    'answering.changed': { by: string }
  }
}
