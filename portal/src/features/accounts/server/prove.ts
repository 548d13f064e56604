import type { Platform } from '#platform/server'
import type { Proof, ProofMethod } from '../core/index.ts'
import { authenticatorSince, takeAuthenticatorCode } from './authenticator.ts'
import { hasPassword, isPasswordOf } from './check-password.ts'
import { proofRefused } from './failures.ts'
import { countRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts'
import { beginTry } from './throttle.ts'

/**
 * Demands that whoever holds the session is the person himself. Throws proof-refused, or too-many-attempts after several
 * failures in a row, whatever the method; a method the person does not have is refused like a wrong value.
 * Call it outside of transactions: a failed try must stay counted when what it was for rolls back.
 */
export async function prove(platform: Platform, accountId: string, proof: Proof): Promise<void> {
  if (platform.database.inTransaction()) throw new Error('Prove before the transaction begins: failed tries must stay counted.')
  const attempt = await beginTry(platform, { action: 'prove', subject: accountId, address: null })
  const offered = await methodsOf(platform, accountId)
  if (!offered.includes(proof.method) || !(await checks[proof.method](platform, accountId, proof as never))) throw proofRefused()
  await attempt.succeeded()
}

/** How the person can prove himself, the most convenient first. Who has a second factor is not believed by his password alone. */
export async function methodsOf(platform: Platform, accountId: string): Promise<ProofMethod[]> {
  if (await authenticatorSince(platform, accountId))
    return (await countRecoveryCodes(platform, accountId)) > 0 ? ['totp', 'recovery'] : ['totp']
  return (await hasPassword(platform, accountId)) ? ['password'] : []
}

type Check<Method extends ProofMethod> = (
  platform: Platform,
  accountId: string,
  proof: Extract<Proof, { method: Method }>,
) => Promise<boolean>

const checks: { [Method in ProofMethod]: Check<Method> } = {
  password: (platform, accountId, { password }) => isPasswordOf(platform, accountId, password),
  totp: (platform, accountId, { code }) => takeAuthenticatorCode(platform, accountId, code),
  recovery: (platform, accountId, { code }) => takeRecoveryCode(platform, accountId, code),
}
