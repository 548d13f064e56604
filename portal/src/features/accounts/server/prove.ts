import type { Platform } from '#platform/server'
import type { Proof, ProofMethod } from '../core/index.ts'
import { authenticatorSince, takeAuthenticatorCode } from './authenticator.ts'
import { hasPassword, isPasswordOf } from './check-password.ts'
import { phoneConfirmedAt } from './confirmed-phones.ts'
import { proofRefused } from './failures.ts'
import { isPasskeyOf, listPasskeys } from './passkeys.ts'
import { takeCode } from './phone-codes.ts'
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
  if (!offered.includes(proof.method) || !(await checks[proof.method](platform, accountId, proof as never))) {
    await noteRefusedProof(platform, accountId, proof.method)
    throw proofRefused()
  }
  await attempt.succeeded()
}

/** Call it outside of transactions. */
export const noteRefusedProof = (platform: Platform, accountId: string, by: ProofMethod): Promise<void> =>
  platform.audit.refuse({ action: 'account.proved', target: { kind: 'account', id: accountId }, facts: { by: [by] } })

/**
 * How the person can prove himself, the most convenient first. Who has an authenticator app is not believed by his password alone,
 * nor by a code on his phone.
 */
export async function methodsOf(platform: Platform, accountId: string): Promise<ProofMethod[]> {
  const methods: ProofMethod[] = (await listPasskeys(platform, accountId)).length > 0 ? ['passkey'] : []
  if (await authenticatorSince(platform, accountId)) {
    methods.push('totp')
    if ((await countRecoveryCodes(platform, accountId)) > 0) methods.push('recovery')
    return methods
  }
  if (await hasPassword(platform, accountId)) methods.push('password')
  if (platform.sms && (await phoneConfirmedAt(platform, accountId))) methods.push('phone')
  return methods
}

type Check<Method extends ProofMethod> = (
  platform: Platform,
  accountId: string,
  proof: Extract<Proof, { method: Method }>,
) => Promise<boolean>

const checks: { [Method in ProofMethod]: Check<Method> } = {
  password: (platform, accountId, { password }) => isPasswordOf(platform, accountId, password),
  totp: (platform, accountId, { code }) => takeAuthenticatorCode(platform, accountId, code),
  passkey: (platform, accountId, { response }) => isPasskeyOf(platform, accountId, response),
  recovery: (platform, accountId, { code }) => takeRecoveryCode(platform, accountId, code),
  phone: async (platform, accountId, { token, code }) => (await takeCode(platform, 'prove', { token, code, accountId })) !== null,
}
