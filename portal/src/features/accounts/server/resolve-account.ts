import type { Account, Credentials, Platform } from '#platform/server'
import { sessionEnd } from '../core/session-limits.ts'
import { accountByKey } from './api-key-use.ts'
import { accountByEmbedToken, isEmbedToken } from './embed-token.ts'
import { findSession } from './people.ts'
import { sessionToken } from './session-cookie.ts'
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
  if (!found || found.deactivatedAt) return null
  const { sessionId, createdAt, lastSeenAt, expiresAt } = found
  const { id, kind, name, email, roles, companyId, emailVerified } = found.account
  const now = platform.now()
  if (expiresAt <= now || sessionEnd({ createdAt, lastSeenAt }, limitsFor(platform, kind)) <= now) return null
  await noteSeen(platform, { sessionId, lastSeenAt, address })
  return { id, kind, name, email, roles, companyId, emailVerified, via: { kind: 'session' }, sessionId }
}

/** Ends the session of these cookies, if there is one: a browser that signs in anew keeps none beside the new one. */
export async function endPresentSession(platform: Platform, cookies: string): Promise<void> {
  const found = await sessionOf(platform, cookies)
  if (found) await endSessions(platform, found.account.id, { only: found.sessionId })
}

async function sessionOf(platform: Platform, cookie: string | null | undefined) {
  const token = cookie ? sessionToken(cookie, platform.config.sessionSecret) : null
  return token === null ? null : findSession(platform, token)
}
