import type { Account, Platform } from '#platform/server'
import { sessionEnd } from '../core/session-limits.ts'
import { accountLibrary, sessionCookie } from './account-library.ts'
import { withDatabaseErrors } from './ambient-dialect.ts'
import { viewAccount } from './people.ts'
import { limitsFor, noteSeen } from './sessions.ts'

/**
 * Who sends this request, by its session cookie; null where the cookie is missing, forged, or its session ended: signed out, unused
 * for too long, too old, or of somebody who has been deactivated.
 */
export async function resolveAccount(
  platform: Platform,
  headers: { get(name: string): string | null | undefined },
  address: string,
): Promise<Account | null> {
  const cookie = headers.get('cookie')
  if (!cookie?.includes(`${sessionCookie}=`)) return null
  const { api } = accountLibrary(platform)
  const found = await withDatabaseErrors(() => api.getSession({ headers: new Headers({ cookie }) }))
  if (!found || found.user.deactivatedAt) return null
  const { id: sessionId, createdAt, lastSeenAt = null } = found.session
  const { id, kind, name, email, roles, companyId, emailVerified } = await viewAccount(platform, found.user.id)
  if (sessionEnd({ createdAt, lastSeenAt }, limitsFor(platform, kind)) <= platform.now()) return null
  await noteSeen(platform, { sessionId, lastSeenAt, address })
  return { id, kind, name, email, roles, companyId, emailVerified, sessionId }
}
