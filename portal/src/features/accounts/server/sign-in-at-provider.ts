import { randomBytes } from 'node:crypto'
import { normalizeEmail } from '#platform/core'
import type { OidcProvider, Platform } from '#platform/server'
import type { StaffRole } from '../core/index.ts'
import { type Entered, enter, openSession, type Visitor } from './enter.ts'
import { type Attempt, authorizationUrl, type Claims, claimsOf } from './oidc-client.ts'
import { issueToken, redeemToken } from './one-time-token.ts'
import { findByEmail, lockEmail, viewAccount, writeCustomer, writeStaff } from './people.ts'
import { findLinked, link } from './providers.ts'
import { markVerified } from './verify-email.ts'

/** Why a provider's word does not let somebody in; the sign-in page has words for each. */
export type Refusal =
  | 'expired' // another browser, an old page, or the answer used twice
  | 'provider' // it said no, or could not be reached, or what it said does not hold
  | 'email' // it knows no verified address
  | 'not-allowed' // by domain or group
  | 'unknown-staff' // nobody made an account for this colleague
  | 'sign-in-first' // there is an account of that address: its owner links it himself
  | 'other-account' // somebody else has linked this one

export class ProviderRefusal extends Error {
  readonly reason: Refusal
  constructor(reason: Refusal) {
    super(reason)
    this.name = 'ProviderRefusal'
    this.reason = reason
  }
}

/** What is kept while somebody is at the provider. */
interface Journey extends Omit<Attempt, 'state'> {
  provider: string
  /** where to go afterwards */
  next: string | null
  /** the account that is to be linked; null: to sign in */
  linkTo: string | null
}

interface Start {
  provider: OidcProvider
  origin: string
  next: string | null
  linkTo: string | null
}

/** Sends somebody to a provider. `state` belongs into a cookie: the answer counts in that browser only. */
export async function startAtProvider(
  platform: Platform,
  { provider, origin, next, linkTo }: Start,
): Promise<{ url: string; state: string }> {
  const journey: Journey = {
    provider: provider.id,
    nonce: randomBytes(24).toString('base64url'),
    codeVerifier: randomBytes(32).toString('base64url'),
    redirectUri: `${origin}/api/v1/auth/oidc/${provider.id}/callback`,
    next,
    linkTo,
  }
  const state = await issueToken(platform, 'provider', JSON.stringify(journey))
  const url = await authorizationUrl(platform, provider, { ...journey, state }).catch(error => {
    platform.log.warn({ provider: provider.id, error: (error as Error).message }, 'a sign-in provider could not be asked')
    throw new ProviderRefusal('provider')
  })
  return { url: url.href, state }
}

interface Return {
  provider: OidcProvider
  /** the callback's query, with its `?` */
  query: string
  /** from the cookie; null where it has none */
  state: string | null
  /** who is signed in in this browser */
  accountId: string | null
  language: 'zh-CN' | 'en'
  visitor: Visitor
}

/** Somebody comes back from a provider: signs him in, links his account, or throws ProviderRefusal. */
export async function returnFromProvider(
  platform: Platform,
  { provider, query, state, accountId, language, visitor }: Return,
): Promise<{ next: string | null; linked: boolean; entered: Entered | null }> {
  if (!state || new URLSearchParams(query).get('state') !== state) throw new ProviderRefusal('expired')
  const kept = await redeemToken(platform, 'provider', state)
  const journey = kept ? (JSON.parse(kept) as Journey) : null
  if (journey?.provider !== provider.id || (journey.linkTo && journey.linkTo !== accountId)) throw new ProviderRefusal('expired')
  const claims = await claimsOf(platform, provider, { ...journey, state }, query).catch(error => {
    platform.log.warn(
      { provider: provider.id, error: (error as Error).message },
      'the answer of a sign-in provider does not hold',
    )
    throw new ProviderRefusal('provider')
  })
  demandAllowed(provider, claims)
  if (journey.linkTo) {
    await linkTo(platform, provider, claims, journey.linkTo)
    return { next: journey.next, linked: true, entered: null }
  }
  const person = await platform.database.transaction(() => personOf(platform, provider, claims, language))
  const entry = { accountId: person, by: [`oidc:${provider.id}`], remember: true, visitor }
  const entered = claims.twoFactors ? { ...(await openSession(platform, entry)), secondStep: null } : await enter(platform, entry)
  return { next: journey.next, linked: false, entered }
}

/** The administrator's rule, asked at every sign-in: who leaves the group is out. */
function demandAllowed({ emailDomains, groups }: OidcProvider, claims: Claims): void {
  const domain = claims.email?.split('@').at(-1)?.toLowerCase()
  if (emailDomains && !(domain && emailDomains.includes(domain))) throw new ProviderRefusal('not-allowed')
  if (groups && !groups.some(group => claims.groups.includes(group))) throw new ProviderRefusal('not-allowed')
}

async function linkTo(platform: Platform, provider: OidcProvider, { subject }: Claims, accountId: string): Promise<void> {
  const { kind } = await viewAccount(platform, accountId)
  if ((kind === 'staff') !== (provider.for === 'staff')) throw new ProviderRefusal('not-allowed')
  const known = await findLinked(platform, provider, subject)
  if (known && known !== accountId) throw new ProviderRefusal('other-account')
  if (!known) await platform.database.transaction(() => link(platform, provider, { accountId, subject }))
}

/**
 * Whom the provider speaks of. An account is never taken over by an e-mail address alone: only a link its owner has made counts,
 * or, for staff, the rule of the administrator that this provider speaks for these domains.
 */
async function personOf(platform: Platform, provider: OidcProvider, claims: Claims, language: 'zh-CN' | 'en'): Promise<string> {
  const linked = await findLinked(platform, provider, claims.subject)
  if (linked) return linked
  if (claims.email === null) throw new ProviderRefusal('email')
  const email = normalizeEmail(claims.email)
  await lockEmail(platform, email)
  const known = await findByEmail(platform, email)
  if (known && !(provider.for === 'staff' && known.kind === 'staff' && provider.emailDomains))
    throw new ProviderRefusal('sign-in-first')
  const accountId = known?.id ?? (await newPerson(platform, provider, { ...claims, email }, language))
  await markVerified(platform, accountId)
  await link(platform, provider, { accountId, subject: claims.subject })
  return accountId
}

async function newPerson(
  platform: Platform,
  provider: OidcProvider,
  { email, name, groups }: Claims & { email: string },
  language: 'zh-CN' | 'en',
): Promise<string> {
  const person = { email, name: name ?? email.split('@')[0]!, language, password: null }
  if (provider.for === 'staff') {
    const roles = rolesIn(provider, groups)
    if (roles.length === 0) throw new ProviderRefusal('unknown-staff')
    const accountId = await writeStaff(platform, { ...person, roles, grantedBy: null })
    await platform.record('staff.invited', { accountId, invitedBy: null, roles })
    return accountId
  }
  const { accountId, companyId } = await writeCustomer(platform, { ...person, companyName: undefined })
  await platform.record('customer.signed-up', { accountId, companyId })
  return accountId
}

const rolesIn = ({ roles }: OidcProvider, groups: string[]): StaffRole[] =>
  [...new Set(Object.entries(roles).flatMap(([group, role]) => (groups.includes(group) ? [role] : [])))].sort()
