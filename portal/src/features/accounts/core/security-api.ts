import { z } from 'zod'
import { endpoint } from '#platform/core'
import { account, newPassword, token } from './api.ts'
import { proof, proofMethod, secondProof, sixDigits } from './proof.ts'

const newAuthenticator = z.object({
  /** the secret, for typing it in */
  key: z.string(),
  /** otpauth:// */
  uri: z.string(),
  /** the address as a QR code, SVG */
  picture: z.string(),
})
export type NewAuthenticator = z.output<typeof newAuthenticator>

const recoveryCodes = z.array(z.string())

const security = z.object({
  /** by what this person can confirm who he is, the most convenient first */
  methods: z.array(proofMethod),
  password: z.boolean(),
  /** null: no authenticator app */
  authenticator: z.object({ since: z.string(), recoveryCodes: z.number().int() }).nullable(),
  /** this portal demands a second factor of this person */
  secondFactorRequired: z.boolean(),
})
export type SecurityView = z.output<typeof security>

export const takeSecondStep = endpoint({
  id: 'accounts.takeSecondStep',
  method: 'POST',
  path: '/auth/second-step',
  idempotency: 'ignored',
  summary: 'The second step of signing in; sets the session cookie. Answers recovery codes where the app was set up in this step',
  access: 'public',
  body: z.object({
    token,
    proof: secondProof,
    remember: z.boolean().default(true),
    /** do not ask for the second factor in this browser for 30 days */
    trustDevice: z.boolean().default(false),
  }),
  result: z.object({ account, recoveryCodes: recoveryCodes.nullable() }),
  problems: ['link-expired', 'proof-refused', 'too-many-attempts'],
})

export const beginInSecondStep = endpoint({
  id: 'accounts.beginInSecondStep',
  method: 'POST',
  path: '/auth/second-step/authenticator',
  idempotency: 'ignored',
  summary: 'The authenticator app of somebody who may not sign in without one and has none',
  access: 'public',
  body: z.object({ token }),
  result: newAuthenticator,
  problems: ['link-expired', 'second-factor-on'],
})

export const getSecurity = endpoint({
  id: 'accounts.getSecurity',
  method: 'GET',
  path: '/me/security',
  summary: 'By what the own account is protected',
  access: 'signed-in',
  result: security,
})

export const changePassword = endpoint({
  id: 'accounts.changePassword',
  method: 'POST',
  path: '/me/password',
  idempotency: 'ignored',
  summary: 'Set a new password; ends every other session of the account',
  access: 'signed-in',
  body: z.object({ current: z.string().min(1).max(1000), password: newPassword }),
  problems: ['too-many-attempts'],
})

export const beginAuthenticator = endpoint({
  id: 'accounts.beginAuthenticator',
  method: 'POST',
  path: '/me/authenticator',
  idempotency: 'ignored',
  summary: 'Make the secret of an authenticator app; it counts once a code has confirmed it',
  access: 'signed-in',
  body: z.object({ proof }),
  result: newAuthenticator,
  problems: ['proof-refused', 'too-many-attempts', 'second-factor-on'],
})

export const confirmAuthenticator = endpoint({
  id: 'accounts.confirmAuthenticator',
  method: 'POST',
  path: '/me/authenticator/confirm',
  idempotency: 'ignored',
  summary: 'Confirm the authenticator app by its first code; answers the recovery codes, once',
  access: 'signed-in',
  body: z.object({ code: sixDigits }),
  result: z.object({ recoveryCodes }),
})

export const turnAuthenticatorOff = endpoint({
  id: 'accounts.turnAuthenticatorOff',
  method: 'POST',
  path: '/me/authenticator/turn-off',
  idempotency: 'ignored',
  summary: 'Turn the authenticator app and its recovery codes off',
  access: 'signed-in',
  body: z.object({ proof }),
  problems: ['proof-refused', 'too-many-attempts', 'second-factor-required'],
})

export const renewRecoveryCodes = endpoint({
  id: 'accounts.renewRecoveryCodes',
  method: 'POST',
  path: '/me/recovery-codes',
  idempotency: 'ignored',
  summary: 'A new set of recovery codes, shown once; the old ones end',
  access: 'signed-in',
  body: z.object({ proof }),
  result: z.object({ recoveryCodes }),
  problems: ['proof-refused', 'too-many-attempts', 'no-second-factor'],
})
