import type { Account, Platform } from '#platform/server'
import { accountLibrary, sessionCookie } from './account-library.ts'
import { withDatabaseErrors } from './ambient-dialect.ts'
import { viewAccount } from './people.ts'

/** Who sends this request, by its session cookie; null where the cookie is missing, forged, or its session ended. */
export async function resolveAccount(
  platform: Platform,
  headers: { get(name: string): string | null | undefined },
): Promise<Account | null> {
  const cookie = headers.get('cookie')
  if (!cookie?.includes(`${sessionCookie}=`)) return null
  const { api } = accountLibrary(platform)
  const found = await withDatabaseErrors(() => api.getSession({ headers: new Headers({ cookie }) }))
  if (!found) return null
  const { id, kind, name, email, roles, companyId, emailVerified } = await viewAccount(platform, found.user.id)
  return { id, kind, name, email, roles, companyId, emailVerified, sessionId: found.session.id }
}
