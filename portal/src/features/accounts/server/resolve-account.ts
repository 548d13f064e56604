import type { Account, Credentials, Platform } from '#platform/server'
import { sessionEnd } from '../core/session-limits.ts'
import { accountLibrary, sessionCookie } from './account-library.ts'
import { withDatabaseErrors } from './ambient-dialect.ts'
import { accountByKey } from './api-key-use.ts'
import { accountByEmbedToken, isEmbedToken } from './embed-token.ts'
import { viewAccount } from './people.ts'
import { endSessions, limitsFor, noteSeen } from './sessions.ts'

/**
 * Who sends this request: by an API key, or a token of one, where it shows one, by its session cookie otherwise. Throws key-refused for one
 * that does not hold.
 */
export function resolveAccount(platform: Platform, { headers, bearer, address }: Credentials): Promise<Account | null> {
  if (bearer === null) return accountBySession(platform, headers, address)
  return isEmbedToken(bearer)
    ? accountByEmbedToken(platform, bearer, headers.get('origin'))
    : accountByKey(platform, bearer, address)
}

/** Null where the cookie is missing, forged, or its session ended: signed out, unused for too long, too old, or of somebody deactivated. */
async function accountBySession(platform: Platform, headers: Credentials['headers'], address: string): Promise<Account | null> {
  const found = await sessionOf(platform, headers.get('cookie'))
  if (!found || found.user.deactivatedAt) return null
  const { id: sessionId, createdAt, lastSeenAt = null } = found.session
  const { id, kind, name, email, roles, companyId, emailVerified } = await viewAccount(platform, found.user.id)
  if (sessionEnd({ createdAt, lastSeenAt }, limitsFor(platform, kind)) <= platform.now()) return null
  await noteSeen(platform, { sessionId, lastSeenAt, address })
  return { id, kind, name, email, roles, companyId, emailVerified, via: { kind: 'session' }, sessionId }
}

/** Ends the session of these cookies, if there is one: a browser that signs in anew keeps none beside the new one. */
export async function endPresentSession(platform: Platform, cookies: string): Promise<void> {
  const found = await sessionOf(platform, cookies)
  if (found) await endSessions(platform, found.user.id, { only: found.session.id })
}

async function sessionOf(platform: Platform, cookie: string | null | undefined) {
  if (!cookie?.includes(`${sessionCookie}=`)) return null
  const { api } = accountLibrary(platform)
  return withDatabaseErrors(() => api.getSession({ headers: new Headers({ cookie }) }))
}
