import { z } from 'zod'
import { endpoint } from '#platform/core'
import { confirmationStatuses } from './confirmation.ts'
import { proof } from './proof.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const who = z.object({ id: z.string(), name: z.string() })

export const reasonLength = { min: 3, max: 500 } as const

export const confirm = endpoint({
  id: 'accounts.confirm',
  method: 'POST',
  path: '/auth/confirmations',
  idempotency: 'ignored',
  summary:
    'Confirm by a fresh proof what the problem confirmation-needed named; answers a token that works once, for five minutes',
  access: 'signed-in',
  audit: { none: 'what it is used for is logged with its reason, and a proof that failed' },
  body: z.object({
    /** `confirmation.request` of the problem */
    request: z.string().min(20).max(8000),
    proof,
    /** kept in the audit log */
    reason: z.string().trim().min(reasonLength.min).max(reasonLength.max),
  }),
  status: 201,
  result: z.object({
    id: z.string(),
    /** for the header Confirmation, in this session only */
    token: z.string(),
    /** waiting: the token works once a second person has approved */
    status: z.enum(['ready', 'waiting', 'approved']),
    expiresAt: z.string(),
  }),
  problems: ['proof-refused', 'too-many-attempts', 'confirmation-outdated'],
})

const approval = z.object({
  id: z.string(),
  what: localizedText,
  reason: z.string(),
  askedBy: who,
  /** one's own: waits for somebody else */
  mine: z.boolean(),
  status: z.enum(confirmationStatuses),
  decidedBy: who.nullable(),
  askedAt: z.string(),
  /** until when it can be decided */
  until: z.string(),
})
export type Approval = z.output<typeof approval>

export const listApprovals = endpoint({
  id: 'accounts.listApprovals',
  method: 'GET',
  path: '/approvals',
  summary: 'What waits for a second person, of others and of oneself, with the last decisions; newest first',
  access: { staff: 'approval.read' },
  result: z.object({ items: z.array(approval) }),
})

export const decideApproval = endpoint({
  id: 'accounts.decideApproval',
  method: 'POST',
  path: '/approvals/{approvalId}/decision',
  summary: 'Approve or decline as the second person; whoever has the permission of what is asked, except who asked',
  access: { staff: 'approval.read' },
  confirm: true,
  audit: 'approval.decided',
  params: z.object({ approvalId: z.uuid() }),
  body: z.object({ decision: z.enum(['approve', 'decline']) }),
  result: approval,
  problems: ['already-decided'],
})
