import type { LeadStatus } from './lead-status.ts'

declare module '#platform/core' {
  interface EventTypes {
    'inquiry.submitted': { inquiryId: string; configurationId: string; productId: string }
    'lead.opened': { leadId: string; inquiryId: string }
    'lead.status-changed': { leadId: string; from: LeadStatus; to: LeadStatus }
    'lead.assigned': { leadId: string; assigneeId: string | null }
    'lead.answered': { leadId: string }
    'answering.changed': { by: string }
  }
}
