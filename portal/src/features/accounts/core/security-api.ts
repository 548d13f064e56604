import { z } from 'zod'
import { endpoint } from '#platform/core'
import { account, newPassword, token } from './api.ts'
import { passkeyAnswer, proof, proofMethod, secondProof, sixDigits } from './proof.ts'

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

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  /** kept by a service that brings it to other devices too */
  synced: z.boolean(),
  createdAt: z.string(),
  usedAt: z.string().nullable(),
})
export type PasskeyView = z.output<typeof passkey>

/** What the browser is handed as it is: PublicKeyCredentialCreationOptionsJSON or …RequestOptionsJSON. */
const passkeyOptions = z.looseObject({ challenge: z.string(), excludeCredentials: z.array(z.unknown()).optional() })
export type PasskeyOptions = z.output<typeof passkeyOptions>
const passkeyName = z.string().trim().min(1).max(60)
const passkeyId = z.object({ passkeyId: z.uuid() })

const security = z.object({
  /** by what this person can confirm who he is, the most convenient first */
  methods: z.array(proofMethod),
  password: z.boolean(),
  /** null: no authenticator app */
  authenticator: z.object({ since: z.string(), recoveryCodes: z.number().int() }).nullable(),
  passkeys: z.array(passkey),
  /** sign-in providers this account may be linked to */
  providers: z.array(z.object({ id: z.string(), name: z.string(), linkedAt: z.string().nullable() })),
  /** the number, and when it was confirmed, from when on it signs in; null: not offered here, or not to staff */
  phone: z.object({ number: z.string().nullable(), since: z.string().nullable() }).nullable(),
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
  keys: 'refused',
  limit: 'sign-in',
  audit: { none: 'the entry account.signed-in names who came in, not the visitor who asked' },
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
  keys: 'refused',
  limit: 'sign-in',
  audit: { none: 'what it makes counts once it is confirmed' },
  body: z.object({ token }),
  result: newAuthenticator,
  problems: ['link-expired', 'second-factor-on'],
})

export const askForPasskeyInSecondStep = endpoint({
  id: 'accounts.askForPasskeyInSecondStep',
  method: 'POST',
  path: '/auth/second-step/passkey',
  idempotency: 'ignored',
  summary: 'What the browser needs to ask for a passkey as the second step',
  access: 'public',
  keys: 'refused',
  limit: 'sign-in',
  audit: { none: 'makes a challenge' },
  body: z.object({ token }),
  result: passkeyOptions,
  problems: ['link-expired'],
})

export const askForPasskeyToSignIn = endpoint({
  id: 'accounts.askForPasskeyToSignIn',
  method: 'POST',
  path: '/auth/passkey/options',
  idempotency: 'ignored',
  summary: 'What the browser needs to ask for a passkey of whoever has one here',
  access: 'public',
  keys: 'refused',
  audit: { none: 'makes a challenge' },
  result: passkeyOptions,
})

export const signInByPasskey = endpoint({
  id: 'accounts.signInByPasskey',
  method: 'POST',
  path: '/auth/passkey',
  idempotency: 'ignored',
  summary: 'Sign in by a passkey; sets the session cookie',
  access: 'public',
  keys: 'refused',
  limit: 'sign-in',
  audit: { none: 'the entry account.signed-in names who came in, not the visitor who asked' },
  body: z.object({ response: passkeyAnswer, remember: z.boolean().default(true) }),
  result: z.object({ account }),
  problems: ['passkey-refused', 'email-not-verified'],
})

export const askForPasskey = endpoint({
  id: 'accounts.askForPasskey',
  method: 'POST',
  path: '/me/passkeys/options',
  idempotency: 'ignored',
  summary: 'What the browser needs to ask for a passkey of the own account, as a proof',
  access: 'signed-in',
  audit: { none: 'makes a challenge' },
  result: passkeyOptions,
})

export const beginPasskey = endpoint({
  id: 'accounts.beginPasskey',
  method: 'POST',
  path: '/me/passkeys/begin',
  idempotency: 'ignored',
  summary: 'What the browser needs to make a passkey',
  access: 'signed-in',
  audit: { none: 'makes a challenge' },
  body: z.object({ proof }),
  result: passkeyOptions,
  problems: ['proof-refused', 'too-many-attempts', 'too-many-passkeys'],
})

export const addPasskey = endpoint({
  id: 'accounts.addPasskey',
  method: 'POST',
  path: '/me/passkeys',
  idempotency: 'ignored',
  summary: 'Keep the passkey the browser has made',
  access: 'signed-in',
  audit: 'passkey.added',
  body: z.object({ response: passkeyAnswer, name: passkeyName }),
  status: 201,
  result: passkey,
  problems: ['passkey-refused'],
})

export const renamePasskey = endpoint({
  id: 'accounts.renamePasskey',
  method: 'PUT',
  path: '/me/passkeys/{passkeyId}/name',
  summary: 'Give a passkey another name',
  access: 'signed-in',
  audit: { none: 'a word for its owner alone' },
  params: passkeyId,
  body: z.object({ name: passkeyName }),
})

export const removePasskey = endpoint({
  id: 'accounts.removePasskey',
  method: 'POST',
  path: '/me/passkeys/{passkeyId}/remove',
  idempotency: 'ignored',
  summary: 'Remove a passkey; ends every other session of the account',
  access: 'signed-in',
  audit: 'passkey.removed',
  params: passkeyId,
  body: z.object({ proof }),
  problems: ['proof-refused', 'too-many-attempts', 'second-factor-required'],
})

export const listProviders = endpoint({
  id: 'accounts.listProviders',
  method: 'GET',
  path: '/auth/providers',
  summary: 'Ways of signing in beside the password: providers of OpenID Connect, and whether codes come by text message',
  access: 'public',
  result: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), for: z.enum(['staff', 'customers']) })),
    /** a code by text message signs in */
    phone: z.boolean(),
  }),
})

const providerId = z.object({ providerId: z.string().regex(/^[a-z0-9-]{1,30}$/) })

export const startAtProvider = endpoint({
  id: 'accounts.startAtProvider',
  method: 'POST',
  path: '/auth/oidc/{providerId}/start',
  idempotency: 'ignored',
  summary: 'Begin to sign in by a provider; the browser goes on to the url, and what it brings back counts in this browser only',
  access: 'public',
  audit: { none: 'who came in is logged when the provider has answered' },
  limit: 'sign-in',
  params: providerId,
  /** next: the path to go to afterwards */
  body: z.object({ next: z.string().max(2000).nullable().default(null) }),
  result: z.object({ url: z.string() }),
  problems: ['provider-unreachable'],
})

export const linkProvider = endpoint({
  id: 'accounts.linkProvider',
  method: 'POST',
  path: '/me/providers/{providerId}/link',
  idempotency: 'ignored',
  summary: 'Begin to link the own account to a sign-in provider; the browser goes on to the url',
  access: 'signed-in',
  audit: { none: 'the link is logged when the provider has answered' },
  params: providerId,
  body: z.object({ proof }),
  result: z.object({ url: z.string() }),
  problems: ['proof-refused', 'too-many-attempts', 'provider-unreachable'],
})

export const unlinkProvider = endpoint({
  id: 'accounts.unlinkProvider',
  method: 'POST',
  path: '/me/providers/{providerId}/unlink',
  idempotency: 'ignored',
  summary: 'End the link to a sign-in provider, and every other session of the account',
  access: 'signed-in',
  audit: 'provider.unlinked',
  params: providerId,
  body: z.object({ proof }),
  problems: ['proof-refused', 'too-many-attempts', 'last-way-in'],
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
  audit: 'password.changed',
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
  audit: { none: 'what it makes counts once it is confirmed' },
  body: z.object({ proof }),
  result: newAuthenticator,
  problems: ['proof-refused', 'too-many-attempts', 'second-factor-on'],
})

export const confirmAuthenticator = endpoint({
  id: 'accounts.confirmAuthenticator',
  method: 'POST',
  path: '/me/authenticator/confirm',
  idempotency: 'ignored',
  summary: 'Confirm the authenticator app by its first code; answers the recovery codes, once, and ends every other session',
  access: 'signed-in',
  audit: 'second-factor.enabled',
  body: z.object({ code: sixDigits }),
  result: z.object({ recoveryCodes }),
})

export const turnAuthenticatorOff = endpoint({
  id: 'accounts.turnAuthenticatorOff',
  method: 'POST',
  path: '/me/authenticator/turn-off',
  idempotency: 'ignored',
  summary: 'Turn the authenticator app and its recovery codes off; ends every other session of the account',
  access: 'signed-in',
  audit: 'second-factor.disabled',
  body: z.object({ proof }),
  problems: ['proof-refused', 'too-many-attempts', 'second-factor-required'],
})

export const renewRecoveryCodes = endpoint({
  id: 'accounts.renewRecoveryCodes',
  method: 'POST',
  path: '/me/recovery-codes',
  idempotency: 'ignored',
  summary: 'A new set of recovery codes, shown once; the old ones end, and so does every other session of the account',
  access: 'signed-in',
  audit: 'recovery-codes.renewed',
  body: z.object({ proof }),
  result: z.object({ recoveryCodes }),
  problems: ['proof-refused', 'too-many-attempts', 'no-second-factor'],
})
