import { z } from 'zod'
import { proof, proofMethod } from '#features/accounts/core'
import { endpoint, languages, normalizeEmail } from '#platform/core'
import { requestKinds, requestStates } from './request-states.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const words = z.string().trim().max(2000).default('')
const kind = z.enum(requestKinds)
const state = z.enum(requestStates)
const email = z.string().trim().min(3).max(254).transform(normalizeEmail).pipe(z.email())
const requestId = z.object({ requestId: z.uuid() })

const request = z.object({
  id: z.string(),
  number: z.number().int(),
  kind,
  state,
  /** ISO 8601, UTC */
  receivedAt: z.string(),
  dueAt: z.string(),
  closedAt: z.string().nullable(),
})
export type PrivacyRequest = z.output<typeof request>

const ownRequest = request.extend({
  /** what was collected can be fetched */
  ready: z.boolean(),
  /** the last thing noted for the person, where the request was refused */
  answer: z.string().nullable(),
})

const consent = z.object({
  id: z.string(),
  purpose: z.string(),
  version: z.string(),
  /** as it was shown; null: a version this portal does not know */
  text: localizedText.nullable(),
  /** the version of the privacy notice that held; 0: the text that comes with the portal; null: not recorded then */
  notice: z.number().int().nullable(),
  givenAt: z.string(),
  withdrawnAt: z.string().nullable(),
})
export type ConsentView = z.output<typeof consent>

export const getDeclarations = endpoint({
  id: 'privacy.getDeclarations',
  method: 'GET',
  path: '/privacy/declarations',
  summary: 'What the portal holds of people, why, how protected, and for how long',
  access: 'public',
  result: z.object({
    items: z.array(
      z.object({
        about: localizedText,
        why: localizedText,
        kept: localizedText,
        fields: z.array(z.object({ what: localizedText, protection: z.enum(['plain', 'sealed', 'digest', 'hash']) })),
      }),
    ),
  }),
})
export type Declarations = z.output<typeof getDeclarations.result & object>

export const askAsVisitor = endpoint({
  id: 'privacy.askAsVisitor',
  method: 'POST',
  path: '/privacy/mailed-requests',
  summary:
    'Ask about the data held under an e-mail address. A mail brings the link that proves it; the answer is the same for every address',
  access: 'public',
  idempotency: 'ignored',
  audit: { none: 'nobody has shown yet that the address is his' },
  limit: 'sign-in',
  body: z.object({ kind, email, words }),
  status: 202,
  result: z.object({ status: z.literal('accepted') }),
})

export const confirmRequest = endpoint({
  id: 'privacy.confirmRequest',
  method: 'POST',
  path: '/privacy/mailed-requests/confirm',
  summary: 'Prove the address of a request by the token of the mail',
  access: 'public',
  audit: 'privacy.requested',
  body: z.object({ token: z.string().min(20).max(200) }),
  result: request,
  problems: ['request-link-expired'],
})

export const getMyPrivacy = endpoint({
  id: 'privacy.getMyPrivacy',
  method: 'GET',
  path: '/me/privacy',
  summary: 'What the own account consented to and asked for',
  access: 'signed-in',
  result: z.object({ consents: z.array(consent), requests: z.array(ownRequest), methods: z.array(proofMethod) }),
})
export type MyPrivacy = z.output<typeof getMyPrivacy.result & object>

export const askForMyself = endpoint({
  id: 'privacy.askForMyself',
  method: 'POST',
  path: '/me/privacy/requests',
  summary: 'Ask for access, an export, a correction or the erasure of the own data',
  access: 'signed-in',
  idempotency: 'ignored',
  audit: 'privacy.requested',
  body: z.object({ kind, words, proof }),
  status: 201,
  result: request,
  problems: ['proof-refused', 'too-many-attempts', 'request-open'],
})

export const fetchExport = endpoint({
  id: 'privacy.fetchExport',
  method: 'POST',
  path: '/me/privacy/requests/{requestId}/export',
  summary: 'What was collected for a request, as JSON or as a page to read',
  access: 'signed-in',
  idempotency: 'ignored',
  audit: 'privacy.exported',
  limit: 'export',
  params: requestId,
  body: z.object({ format: z.enum(['json', 'html']), proof }),
  result: z.object({ fileName: z.string(), contentType: z.string(), content: z.string() }),
  problems: ['proof-refused', 'too-many-attempts'],
})

export const withdrawConsent = endpoint({
  id: 'privacy.withdrawConsent',
  method: 'POST',
  path: '/me/privacy/consents/{consentId}/withdrawal',
  summary: 'Withdraw a consent; a request tells those concerned to stop',
  access: 'signed-in',
  idempotency: 'ignored',
  audit: 'privacy.consent-withdrawn',
  params: z.object({ consentId: z.uuid() }),
  result: consent,
})

const staffRequest = request.extend({
  /** null: erased */ email: z.string().nullable(),
  account: z.boolean(),
  weekdaysLeft: z.number().int(),
})
export type StaffRequest = z.output<typeof staffRequest>

const staffRequestDetail = staffRequest.extend({
  words: z.string(),
  language: z.enum(languages),
  revision: z.number().int(),
  moves: z.array(state),
  entries: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      state,
      note: z.string(),
      /** null: the person himself, or the portal */
      actor: z.object({ id: z.string(), name: z.string() }).nullable(),
    }),
  ),
})
export type StaffRequestDetail = z.output<typeof staffRequestDetail>

export const listRequests = endpoint({
  id: 'privacy.listRequests',
  method: 'GET',
  path: '/privacy/requests',
  summary: 'Requests of people about their data, the most urgent first',
  access: { staff: 'privacy.manage' },
  query: z.object({
    show: z.enum(['open', 'closed']).default('open'),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(staffRequest), nextCursor: z.string().nullable() }),
})

export const getRequest = endpoint({
  id: 'privacy.getRequest',
  method: 'GET',
  path: '/privacy/requests/{requestId}',
  summary: 'A request with what was done about it',
  access: { staff: 'privacy.manage' },
  params: requestId,
  concurrency: 'etag',
  result: staffRequestDetail,
})

export const moveRequest = endpoint({
  id: 'privacy.moveRequest',
  method: 'PATCH',
  path: '/privacy/requests/{requestId}',
  summary: 'Move a request on, with a note. An erasure is carried out when it is done; that is confirmed',
  access: { staff: 'privacy.manage' },
  params: requestId,
  concurrency: 'if-match',
  confirm: true,
  audit: 'privacy.request-moved',
  body: z.object({ state, note: words }),
  result: staffRequestDetail,
  problems: ['request-transition', 'staff-not-erased'],
})

export const getKeys = endpoint({
  id: 'privacy.getKeys',
  method: 'GET',
  path: '/privacy/keys',
  summary: 'The data key in use, and the rows that are still sealed under an older one',
  access: { staff: 'privacy.manage' },
  result: z.object({
    current: z.number().int(),
    columns: z.array(z.object({ table: z.string(), column: z.string(), left: z.number().int() })),
  }),
})
