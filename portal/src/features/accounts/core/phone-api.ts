import { z } from 'zod'
import { endpoint } from '#platform/core'
import { account, secondStep, token } from './api.ts'
import { typedPhone } from './phone.ts'
import { proof, sixDigits } from './proof.ts'

const customer = { customer: 'phone.use-own' } as const

/** What the page needs to send the code back. */
const askedCode = z.object({
  /** belongs to the code: it works with no other */
  token: z.string(),
  /** minutes the code works */
  minutes: z.number().int(),
  /** seconds until the next one may be asked for */
  again: z.number().int(),
})
export type AskedForCode = z.output<typeof askedCode>

export const askForPhoneCode = endpoint({
  id: 'accounts.askForPhoneCode',
  method: 'POST',
  path: '/auth/phone/code',
  idempotency: 'ignored',
  summary:
    'Ask for a code by text message to sign in; the answer is the same for every number, and one nobody has confirmed gets none',
  access: 'public',
  keys: 'refused',
  audit: { none: 'asks for a text message; what its code does is logged' },
  limit: 'sign-in',
  body: z.object({ phone: typedPhone }),
  status: 202,
  result: askedCode,
  problems: ['too-many-attempts'],
})

export const signInByPhone = endpoint({
  id: 'accounts.signInByPhone',
  method: 'POST',
  path: '/auth/phone',
  idempotency: 'ignored',
  summary: 'Sign in by the code of a text message; sets the session cookie, or answers the second step that is due',
  access: 'public',
  keys: 'refused',
  audit: { sometimes: 'account.signed-in' },
  limit: 'sign-in',
  body: z.object({ token, code: sixDigits, remember: z.boolean().default(true) }),
  /** one of the two */
  result: z.object({ account: account.nullable(), secondStep: secondStep.nullable() }),
  problems: ['code-refused', 'email-not-verified', 'too-many-attempts'],
})

export const askForPhoneProof = endpoint({
  id: 'accounts.askForPhoneProof',
  method: 'POST',
  path: '/me/phone/code',
  idempotency: 'ignored',
  summary: 'Ask for a code to the confirmed number of the own account, as a proof',
  access: customer,
  keys: 'refused',
  audit: { none: 'asks for a text message; what its code does is logged' },
  status: 202,
  result: askedCode,
  problems: ['too-many-attempts'],
})

export const beginPhone = endpoint({
  id: 'accounts.beginPhone',
  method: 'POST',
  path: '/me/phone/begin',
  idempotency: 'ignored',
  summary: 'Send a code to a number of one’s own; it signs in once the code has confirmed it',
  access: customer,
  keys: 'refused',
  audit: { none: 'what it begins counts once it is confirmed' },
  body: z.object({ phone: typedPhone, proof }),
  status: 202,
  result: askedCode,
  problems: ['proof-refused', 'too-many-attempts'],
})

export const confirmPhone = endpoint({
  id: 'accounts.confirmPhone',
  method: 'POST',
  path: '/me/phone',
  idempotency: 'ignored',
  summary: 'Confirm the number by the code that was sent to it; it takes the place of the one before',
  access: customer,
  keys: 'refused',
  audit: 'phone.confirmed',
  body: z.object({ token, phone: typedPhone, code: sixDigits }),
  problems: ['code-refused', 'too-many-attempts'],
})

export const removePhone = endpoint({
  id: 'accounts.removePhone',
  method: 'POST',
  path: '/me/phone/remove',
  idempotency: 'ignored',
  summary: 'Remove the confirmed number; it no longer signs in',
  access: customer,
  keys: 'refused',
  audit: 'phone.removed',
  body: z.object({ proof }),
  problems: ['proof-refused', 'too-many-attempts'],
})
