import { z } from 'zod'

/** Six digits of an authenticator app or a text message; people type a space in the middle. */
export const sixDigits = z
  .string()
  .max(20)
  .transform(text => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
const recoveryCode = z.string().min(8).max(40)

const base64 = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)

/** What a browser answers to a passkey's options, of making one or of using one (WebAuthn level 3, JSON form). */
export const passkeyAnswer = z.object({
  id: base64.min(1),
  rawId: base64,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({
    clientDataJSON: base64,
    attestationObject: base64.optional(),
    authenticatorData: base64.optional(),
    signature: base64.optional(),
    userHandle: base64.optional(),
    transports: z.array(z.string().max(40)).max(20).optional(),
  }),
})
export type PasskeyAnswer = z.output<typeof passkeyAnswer>

/** By what a person shows that he is who has signed in. */
export const proof = z.discriminatedUnion('method', [
  z.object({ method: z.literal('password'), password: z.string().min(1).max(1000) }),
  z.object({ method: z.literal('totp'), code: sixDigits }),
  z.object({ method: z.literal('recovery'), code: recoveryCode }),
  z.object({ method: z.literal('passkey'), response: passkeyAnswer }),
  /** a code by text message and the token that belongs to it */
  z.object({ method: z.literal('phone'), token: z.string().min(20).max(200), code: sixDigits }),
])
export type Proof = z.output<typeof proof>
export type ProofMethod = Proof['method']

/** What stands beside a password or a code by text message: never one of these. */
export const secondProof = z.discriminatedUnion('method', [proof.options[1], proof.options[2], proof.options[3]])
export type SecondProof = z.output<typeof secondProof>

export const proofMethod = z.enum(['password', 'totp', 'recovery', 'passkey', 'phone'])
