import { z } from 'zod'

/** Six digits of an authenticator app; people type a space in the middle. */
export const sixDigits = z
  .string()
  .max(20)
  .transform(text => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
const recoveryCode = z.string().min(8).max(40)

/** By what a person shows that he is who has signed in. */
export const proof = z.discriminatedUnion('method', [
  z.object({ method: z.literal('password'), password: z.string().min(1).max(1000) }),
  z.object({ method: z.literal('totp'), code: sixDigits }),
  z.object({ method: z.literal('recovery'), code: recoveryCode }),
])
export type Proof = z.output<typeof proof>
export type ProofMethod = Proof['method']

/** What stands beside a password: never the password itself. */
export const secondProof = z.discriminatedUnion('method', [proof.options[1], proof.options[2]])
export type SecondProof = z.output<typeof secondProof>

export const proofMethod = z.enum(['password', 'totp', 'recovery'])
