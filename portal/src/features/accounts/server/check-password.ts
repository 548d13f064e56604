import type { Platform } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { hashPassword, isPassword } from './password-hash.ts'

/** Whether this is the person's password. Costs one hash for nobody (null) and for who has none, too. */
export async function isPasswordOf(platform: Platform, accountId: string | null, password: string): Promise<boolean> {
  const hash = accountId && (await passwordHashOf(platform, accountId))
  if (hash) return isPassword({ hash, password })
  await hashPassword(password)
  return false
}

/** Whether the person can sign in by a password. */
export const hasPassword = async (platform: Platform, accountId: string): Promise<boolean> =>
  (await passwordHashOf(platform, accountId)) !== null

async function passwordHashOf(platform: Platform, accountId: string): Promise<string | null> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const credentials = await internalAdapter.findAccounts(accountId)
  return credentials.find(({ providerId }) => providerId === 'credential')?.password ?? null
}
