import { z } from 'zod'
import { endpoint, languages } from '#platform/core'
import { account, company, email, newPassword, personName, token } from './api.ts'
import { standings } from './invitation.ts'
import { companyRoles } from './roles.ts'
import { somebody } from './session-api.ts'

const role = z.enum(companyRoles)
const companyParams = z.object({ companyId: z.uuid() })
const invitationParams = z.object({ invitationId: z.uuid() })
/** Staff who look after companies, and the administrators of one for their own. */
const manage = { staff: 'company.manage', customer: 'company.manage-own' } as const

const invitation = z.object({
  id: z.string(),
  email: z.string(),
  /** as who invites knows him; null: not said */
  name: z.string().nullable(),
  role,
  invitedBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** its link no longer works; sending it again makes another */
  expired: z.boolean(),
})
export type InvitationView = z.output<typeof invitation>

export const changeCompany = endpoint({
  id: 'accounts.changeCompany',
  method: 'PATCH',
  path: '/companies/{companyId}',
  summary: 'Rename a company. A company of one becomes a firm by its name, and can invite colleagues from then on',
  access: manage,
  audit: 'company.renamed',
  params: companyParams,
  body: z.object({ name: z.string().trim().min(1).max(200) }),
  concurrency: 'if-match',
  result: company,
})

export const listInvitations = endpoint({
  id: 'accounts.listInvitations',
  method: 'GET',
  path: '/companies/{companyId}/invitations',
  summary: 'Invitations nobody has accepted yet, the expired ones too, newest first',
  access: { staff: 'company.read', customer: 'company.manage-own' },
  params: companyParams,
  result: z.object({ items: z.array(invitation) }),
})

export const inviteColleague = endpoint({
  id: 'accounts.inviteColleague',
  method: 'POST',
  path: '/companies/{companyId}/invitations',
  summary:
    'Invite somebody into the company by mail; the answer is the same whether the address has an account elsewhere. An administrator needs a second confirmation',
  access: manage,
  audit: 'colleague.invited',
  params: companyParams,
  body: z.object({ email, name: personName.optional(), role: role.default('company-member'), language: z.enum(languages) }),
  confirm: true,
  status: 201,
  result: invitation,
  problems: ['already-member', 'already-invited', 'too-many-invitations', 'company-of-one', 'too-many-attempts', 'out-of-reach'],
})

export const resendInvitation = endpoint({
  id: 'accounts.resendInvitation',
  method: 'POST',
  path: '/invitations/{invitationId}/mail',
  idempotency: 'ignored',
  summary: 'Send an invitation again; its earlier link ends, and the new one works for a week',
  access: manage,
  audit: 'colleague.invited-again',
  params: invitationParams,
  result: invitation,
  problems: ['too-many-attempts'],
})

export const withdrawInvitation = endpoint({
  id: 'accounts.withdrawInvitation',
  method: 'DELETE',
  path: '/invitations/{invitationId}',
  summary: 'Withdraw an invitation; its link works no more',
  access: manage,
  audit: 'colleague.invitation-withdrawn',
  params: invitationParams,
})

export const changeCompanyRole = endpoint({
  ...somebody,
  id: 'accounts.changeCompanyRole',
  method: 'PUT',
  path: '/people/{accountId}/company-role',
  summary: 'Make somebody an administrator of his company, or no longer; in effect with his next request',
  confirm: true,
  audit: { sometimes: 'company.role-changed' },
  body: z.object({ role }),
  problems: ['out-of-reach', 'last-company-admin'],
})

export const removeFromCompany = endpoint({
  ...somebody,
  id: 'accounts.removeFromCompany',
  method: 'DELETE',
  path: '/people/{accountId}/company',
  summary:
    'Take somebody out of his company: his sessions end, he goes on as a company of one, and what he saved stays with the company',
  confirm: true,
  audit: 'colleague.removed',
  problems: ['out-of-reach', 'last-company-admin', 'company-of-one'],
})

export const readInvitation = endpoint({
  id: 'accounts.readInvitation',
  method: 'GET',
  path: '/auth/invitations/{token}',
  summary: 'An invitation by the token of its mail, and how whoever is signed in stands to it; reading does not spend it',
  access: 'public',
  keys: 'refused',
  limit: 'sign-in',
  params: z.object({ token }),
  result: z.object({
    company: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    role,
    invitedBy: z.string(),
    expiresAt: z.string(),
    standing: z.enum(standings),
  }),
  problems: ['link-expired'],
})

export const joinAsNewcomer = endpoint({
  id: 'accounts.joinAsNewcomer',
  method: 'POST',
  path: '/auth/join',
  idempotency: 'ignored',
  summary: 'Accept an invitation without an account: sets name and password, confirms the address, and signs in',
  access: 'public',
  keys: 'refused',
  audit: 'colleague.joined',
  limit: 'sign-in',
  body: z.object({ token, name: personName, password: newPassword }),
  result: z.object({ account }),
  problems: ['link-expired', 'cannot-join'],
})

export const joinCompany = endpoint({
  id: 'accounts.joinCompany',
  method: 'POST',
  path: '/me/company',
  idempotency: 'ignored',
  summary:
    'Accept an invitation as whom one is signed in: moves from the company of one, with all that was saved and asked in it',
  access: { customer: 'company.read-own' },
  keys: 'refused',
  audit: 'colleague.joined',
  body: z.object({ token }),
  result: company,
  problems: ['link-expired', 'cannot-join'],
})
