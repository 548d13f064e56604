import type { Platform } from '#platform/server'
import type { AccountView, SecondProof, SecondStep } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { alreadyOn, authenticatorSince, beginAuthenticator } from './authenticator.ts'
import { isDeactivated } from './deactivate.ts'
import { linkExpired, signInRefused } from './failures.ts'
import { knownDevice, rememberDevice } from './known-devices.ts'
import { issueToken, readToken, redeemToken } from './one-time-token.ts'
import { askForPasskey } from './passkeys.ts'
import { viewAccount } from './people.ts'
import { methodsOf, prove } from './prove.ts'
import { endPresentSession } from './resolve-account.ts'
import { confirmSecondFactor } from './second-factor.ts'
import { hasSecondFactor, mustHaveSecondFactor } from './second-factor-rule.ts'

/** The browser somebody signs in with. */
export interface Visitor {
  /** remote address, for slowing down guesses */
  address: string
  userAgent: string
  /** the request's Cookie header */
  cookies: string
}

interface Entry {
  accountId: string
  /** by what he has shown who he is: ['password', 'totp'], ['oidc:works'] */
  by: readonly string[]
  /** false: the cookie ends with the browser */
  remember: boolean
  visitor: Visitor
}

export interface Entered {
  /** null where a second step is due */
  account: AccountView | null
  secondStep: SecondStep | null
  cookies: string[]
}

/** What every way of signing in comes to, once its first proof holds: a session, or the second step that is due. */
export async function enter(platform: Platform, entry: Entry): Promise<Entered> {
  if (await isDeactivated(platform, entry.accountId)) throw signInRefused()
  const secondStep = await secondStepOf(platform, entry)
  if (secondStep) return { account: null, secondStep, cookies: [] }
  return { ...(await openSession(platform, entry)), secondStep: null }
}

interface SecondEntry {
  token: string
  proof: SecondProof
  remember: boolean
  /** do not ask for the second factor in this browser for 30 days */
  trustDevice: boolean
  visitor: Visitor
}

/**
 * The second step of signing in. Who had to set an authenticator app up on the way proves it by its first code and is
 * answered his recovery codes.
 */
export async function takeSecondStep(
  platform: Platform,
  { token, proof, remember, trustDevice, visitor }: SecondEntry,
): Promise<{ account: AccountView; recoveryCodes: string[] | null; cookies: string[] }> {
  const { accountId, by } = await readSecondStep(platform, token)
  const mayBegin = proof.method === 'totp' && !(await hasSecondFactor(platform, accountId))
  const recoveryCodes = mayBegin ? await confirmSecondFactor(platform, accountId, proof.code) : null
  if (!recoveryCodes) await prove(platform, accountId, proof)
  if (!(await redeemToken(platform, 'second-step', token))) throw linkExpired()
  return {
    ...(await openSession(platform, { accountId, by: [...by, proof.method], remember, visitor }, trustDevice)),
    recoveryCodes,
  }
}

/** What the browser needs to ask for a passkey as the second step. */
export async function askForPasskeyInSecondStep(platform: Platform, token: string, origin: string) {
  const { accountId } = await readSecondStep(platform, token)
  return { ...(await askForPasskey(platform, origin, accountId)) }
}

/** The authenticator app of a person who may not sign in without one and has none. */
export async function beginInSecondStep(platform: Platform, token: string) {
  const { accountId } = await readSecondStep(platform, token)
  if (await hasSecondFactor(platform, accountId)) throw alreadyOn()
  return beginAuthenticator(platform, accountId)
}

async function secondStepOf(platform: Platform, { accountId, by, visitor }: Entry): Promise<SecondStep | null> {
  const app = await authenticatorSince(platform, accountId)
  if (!app && !(await mustHaveSecondFactor(platform, accountId))) return null
  const methods = (await methodsOf(platform, accountId)).filter(method => method !== 'password' && method !== 'phone')
  if (methods.length > 0 && (await knownDevice(platform, accountId, visitor.cookies))?.trusted) return null
  return { token: await issueToken(platform, 'second-step', [accountId, ...by].join(' ')), methods }
}

async function readSecondStep(platform: Platform, token: string): Promise<{ accountId: string; by: string[] }> {
  const kept = await readToken(platform, 'second-step', token)
  if (!kept) throw linkExpired()
  const [accountId, ...by] = kept.split(' ')
  return { accountId: accountId!, by }
}

/** A session and its cookies. The caller has seen all the proofs there have to be. trust: do not ask for the second factor here for a while */
export async function openSession(platform: Platform, { accountId, by, remember, visitor }: Entry, trust = false) {
  await endPresentSession(platform, visitor.cookies)
  const { headers } = await accountLibrary(platform).api.openSession({
    body: { personId: accountId, remember },
    headers: new Headers({ 'user-agent': visitor.userAgent.slice(0, 300) }),
    returnHeaders: true,
  })
  await platform.audit.acting({ ...platform.audit.current(), actor: { kind: 'account', id: accountId } }, () =>
    platform.audit.write({ action: 'account.signed-in', target: { kind: 'account', id: accountId }, facts: { by } }),
  )
  const device = await rememberDevice(platform, { accountId, cookies: visitor.cookies, trust })
  const cookies = [...headers.getSetCookie(), device]
  return { account: await viewAccount(platform, accountId), cookies }
}
