import { z } from 'zod'
import { endpoint, languages, normalizeEmail, normalizePhone } from '#platform/core'
import { passwordLength } from './password.ts'
import { noPhone } from './phone.ts'
import { proofMethod } from './proof.ts'
import { companyRoles, staffRoles } from './roles.ts'

export const email = z.string().trim().min(3).max(254).transform(normalizeEmail).pipe(z.email())
export const personName = z.string().trim().min(1).max(100)
/** The rules of a new password are checked in the use case, so that the answer names the remedy. */
export const newPassword = z.string().max(1000).meta({ minLength: passwordLength.min, maxLength: passwordLength.max })
export const token = z.string().min(20).max(200)
const language = z.enum(languages)
const staffRole = z.enum(staffRoles)
const cursorQuery = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }

export const account = z.object({
  id: z.string(),
  kind: z.enum(['staff', 'customer']),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  emailVerified: z.boolean(),
  language,
  roles: z.array(z.string()),
  companyId: z.string().nullable(),
})
export type AccountView = z.output<typeof account>

export const secondStep = z.object({
  /** hands the first step on to the second; for ten minutes */
  token: z.string(),
  /** what the second step takes; empty: an authenticator app has to be set up first */
  methods: z.array(proofMethod),
})
export type SecondStep = z.output<typeof secondStep>

const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  role: z.enum(companyRoles),
  /** null: may sign in */
  deactivatedAt: z.string().nullable(),
})
const companySummary = z.object({
  id: z.string(),
  name: z.string(),
  /** a person alone */
  sole: z.boolean(),
  members: z.number().int(),
  createdAt: z.string(),
})
export const company = companySummary.omit({ members: true }).extend({ people: z.array(person), revision: z.number().int() })
export type CompanySummary = z.output<typeof companySummary>
export type CompanyView = z.output<typeof company>

const staffMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(staffRole),
  /** false: has not set a password yet */
  active: z.boolean(),
  /** has an authenticator app or a passkey */
  secondFactor: z.boolean(),
  /** how many API keys of his work */
  apiKeys: z.number().int(),
  /** null: may sign in */
  deactivatedAt: z.string().nullable(),
  /** until when the link works that sets his first password; null: he has one, or no link works */
  invitedUntil: z.string().nullable(),
  createdAt: z.string(),
  revision: z.string(),
})
export type StaffMember = z.output<typeof staffMember>

const accepted = z.object({ status: z.literal('accepted') })

export const signIn = endpoint({
  id: 'accounts.signIn',
  method: 'POST',
  path: '/auth/sign-in',
  idempotency: 'ignored',
  summary: 'Sign in by e-mail and password; sets the session cookie, or answers the second step that is due',
  access: 'public',
  keys: 'refused',
  audit: { sometimes: 'account.signed-in' },
  limit: 'sign-in',
  body: z.object({ email, password: z.string().min(1).max(1000), remember: z.boolean().default(true) }),
  /** one of the two */
  result: z.object({ account: account.nullable(), secondStep: secondStep.nullable() }),
  problems: ['sign-in-refused', 'email-not-verified', 'too-many-attempts'],
})

export const signOut = endpoint({
  id: 'accounts.signOut',
  method: 'POST',
  path: '/auth/sign-out',
  idempotency: 'ignored',
  summary: 'End this session; does nothing where nobody is signed in',
  access: 'public',
  keys: 'refused',
  audit: { none: 'ends a session of one’s own' },
})

export const signUp = endpoint({
  id: 'accounts.signUp',
  method: 'POST',
  path: '/auth/sign-up',
  idempotency: 'ignored',
  summary: 'A customer signs up; a mail asks to confirm the address. The answer is the same for a known address',
  access: 'public',
  keys: 'refused',
  audit: { sometimes: 'account.signed-up' },
  limit: 'sign-in',
  body: z.object({ name: personName, email, password: newPassword, companyName: z.string().trim().max(200).optional() }),
  status: 202,
  result: accepted,
  problems: ['too-many-attempts'],
})

export const verifyEmail = endpoint({
  id: 'accounts.verifyEmail',
  method: 'POST',
  path: '/auth/verify',
  summary: 'Confirm an e-mail address by the token of the mail',
  access: 'public',
  keys: 'refused',
  audit: { sometimes: 'account.email-confirmed' },
  limit: 'sign-in',
  body: z.object({ token }),
  result: z.object({ email: z.string() }),
  problems: ['link-expired'],
})

export const resendVerification = endpoint({
  id: 'accounts.resendVerification',
  method: 'POST',
  path: '/auth/verify/resend',
  idempotency: 'ignored',
  summary: 'Send the confirmation mail again; the answer is the same for every address',
  access: 'public',
  keys: 'refused',
  audit: { none: 'asks for a mail; what its link does is logged' },
  limit: 'sign-in',
  body: z.object({ email }),
  status: 202,
  result: accepted,
  problems: ['too-many-attempts'],
})

export const forgotPassword = endpoint({
  id: 'accounts.forgotPassword',
  method: 'POST',
  path: '/auth/forgot',
  idempotency: 'ignored',
  summary: 'Send a link to set a new password; the answer is the same for every address',
  access: 'public',
  keys: 'refused',
  audit: { none: 'asks for a mail; what its link does is logged' },
  limit: 'sign-in',
  body: z.object({ email }),
  status: 202,
  result: accepted,
  problems: ['too-many-attempts'],
})

export const resetPassword = endpoint({
  id: 'accounts.resetPassword',
  method: 'POST',
  path: '/auth/reset',
  summary: 'Set a password by the token of a mail (reset or invitation); ends all sessions of the account',
  access: 'public',
  keys: 'refused',
  audit: 'password.changed',
  limit: 'sign-in',
  body: z.object({ token, password: newPassword }),
  result: z.object({ email: z.string() }),
  problems: ['link-expired'],
})

export const setUp = endpoint({
  id: 'accounts.setUp',
  method: 'POST',
  path: '/auth/set-up',
  summary: 'Create the first administrator by the token printed at start',
  access: 'public',
  keys: 'refused',
  audit: 'account.set-up',
  limit: 'sign-in',
  body: z.object({ token, name: personName, email, password: newPassword }),
  status: 201,
  result: z.object({ email: z.string() }),
  problems: ['link-expired'],
})

export const listDemoAccounts = endpoint({
  id: 'accounts.listDemoAccounts',
  method: 'GET',
  path: '/auth/demo-accounts',
  summary: 'Accounts of the demo with their password; empty outside demo mode',
  access: 'public',
  result: z.object({ items: z.array(z.object({ email: z.string(), password: z.string(), roles: z.array(z.string()) })) }),
})

export const getMe = endpoint({
  id: 'accounts.getMe',
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in; null where nobody is',
  access: 'public',
  result: z.object({ account: account.nullable() }),
})

export const changeMe = endpoint({
  id: 'accounts.changeMe',
  method: 'PATCH',
  path: '/me',
  summary: 'Change name, phone number or language of the own account',
  access: 'signed-in',
  audit: 'account.changed',
  body: z.object({
    name: personName.optional(),
    /** '' removes it */
    phone: z
      .string()
      .trim()
      .max(30)
      .refine(text => text === '' || normalizePhone(text) !== null, { params: noPhone })
      .optional(),
    language: language.optional(),
  }),
  result: z.object({ account }),
  problems: ['phone-confirmed'],
})

export const getMyCompany = endpoint({
  id: 'accounts.getMyCompany',
  method: 'GET',
  path: '/me/company',
  summary: 'The own company and its people',
  access: { customer: 'company.read-own' },
  concurrency: 'etag',
  result: company,
})

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const side = z.enum(['staff', 'customer'])

export const listRoles = endpoint({
  id: 'accounts.listRoles',
  method: 'GET',
  path: '/roles',
  summary: 'The table of rights: every role with its rank, every permission with the roles that have it',
  access: { staff: 'staff.manage' },
  result: z.object({
    /** the higher rank acts on the lower */
    roles: z.array(z.object({ id: z.string(), side, rank: z.number().int(), name: localizedText })),
    permissions: z.array(z.object({ id: z.string(), side, allows: localizedText, roles: z.array(z.string()) })),
  }),
})

export const listStaff = endpoint({
  id: 'accounts.listStaff',
  method: 'GET',
  path: '/staff',
  summary: 'Staff accounts in the order of their creation',
  access: { staff: 'staff.manage' },
  query: z.object(cursorQuery),
  result: z.object({ items: z.array(staffMember), nextCursor: z.string().nullable() }),
})

export const getStaffMember = endpoint({
  id: 'accounts.getStaffMember',
  method: 'GET',
  path: '/staff/{accountId}',
  summary: 'A staff account',
  access: { staff: 'staff.manage' },
  params: z.object({ accountId: z.uuid() }),
  concurrency: 'etag',
  result: staffMember,
})

export const inviteStaff = endpoint({
  id: 'accounts.inviteStaff',
  method: 'POST',
  path: '/staff',
  summary: 'Create a staff account; a mail brings the link to set its password. An administrator needs a second confirmation',
  access: { staff: 'staff.manage' },
  body: z.object({
    name: personName,
    email,
    roles: z.array(staffRole).min(1).max(staffRoles.length),
    language: language.default('zh-CN'),
  }),
  confirm: true,
  audit: 'staff.invited',
  status: 201,
  result: staffMember,
  problems: ['email-taken'],
})

export const resendStaffInvitation = endpoint({
  id: 'accounts.resendStaffInvitation',
  method: 'POST',
  path: '/staff/{accountId}/invitation/mail',
  idempotency: 'ignored',
  summary: 'Mail a colleague who has not set a password yet another link; earlier ones end',
  access: { staff: 'staff.manage' },
  audit: 'staff.invited-again',
  params: z.object({ accountId: z.uuid() }),
  result: staffMember,
  problems: ['out-of-reach', 'invitation-settled', 'too-many-attempts'],
})

export const withdrawStaffInvitation = endpoint({
  id: 'accounts.withdrawStaffInvitation',
  method: 'DELETE',
  path: '/staff/{accountId}/invitation',
  summary:
    'Withdraw the invitation of a colleague who has not set a password yet; his account goes. Of an administrator: confirmed',
  access: { staff: 'staff.manage' },
  confirm: true,
  audit: 'staff.invitation-withdrawn',
  params: z.object({ accountId: z.uuid() }),
  problems: ['out-of-reach', 'invitation-settled'],
})

export const changeStaff = endpoint({
  id: 'accounts.changeStaff',
  method: 'PATCH',
  path: '/staff/{accountId}',
  summary: 'Give and take roles',
  access: { staff: 'staff.manage' },
  params: z.object({ accountId: z.uuid() }),
  body: z.object({ roles: z.array(staffRole).min(1).max(staffRoles.length) }),
  concurrency: 'if-match',
  confirm: true,
  audit: 'staff.roles-changed',
  result: staffMember,
  problems: ['last-admin', 'out-of-reach'],
})

export const resetSecondFactor = endpoint({
  id: 'accounts.resetSecondFactor',
  method: 'POST',
  path: '/staff/{accountId}/second-factor/reset',
  summary: 'Take the authenticator app, recovery codes and passkeys of a colleague away, who has lost them; his sessions end',
  access: { staff: 'staff.manage' },
  params: z.object({ accountId: z.uuid() }),
  confirm: true,
  audit: 'second-factor.reset',
  result: staffMember,
  problems: ['no-second-factor', 'out-of-reach'],
})

export const listCompanies = endpoint({
  id: 'accounts.listCompanies',
  method: 'GET',
  path: '/companies',
  summary: 'Companies, newest first; q is part of the name of a company or person, or a whole e-mail address or phone number',
  access: { staff: 'company.read' },
  query: z.object({ ...cursorQuery, q: z.string().trim().max(200).optional() }),
  result: z.object({ items: z.array(companySummary), nextCursor: z.string().nullable() }),
})

export const getCompany = endpoint({
  id: 'accounts.getCompany',
  method: 'GET',
  path: '/companies/{companyId}',
  summary: 'A company and its people',
  access: { staff: 'company.read' },
  params: z.object({ companyId: z.uuid() }),
  concurrency: 'etag',
  result: company,
})
