import { notFound, type Platform } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { linkExpired } from './failures.ts'
import { redeemToken } from './one-time-token.ts'
import { viewAccount } from './people.ts'

/** Confirms the address a verification mail went to; answers it. */
export async function verifyEmail(platform: Platform, token: string): Promise<{ email: string }> {
  const accountId = await platform.database.transaction(async () => {
    const accountId = await redeemToken(platform, 'verify-email', token)
    if (accountId) await markVerified(platform, accountId)
    return accountId
  })
  if (!accountId) throw linkExpired()
  const { email } = await viewAccount(platform, accountId)
  return { email }
}

/** The person has read mail at his address; does nothing the second time. Needs the ambient transaction. */
export async function markVerified(platform: Platform, accountId: string): Promise<void> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const person = await internalAdapter.findUserById(accountId)
  if (!person) throw notFound({ 'zh-CN': '账户', en: 'account' })
  if (person.emailVerified) return
  await internalAdapter.updateUser(accountId, { emailVerified: true })
  await platform.audit.write({ action: 'account.email-confirmed', target: { kind: 'account', id: accountId } })
  const { kind, companyId } = await viewAccount(platform, accountId)
  if (kind === 'customer') await platform.record('customer.verified', { accountId, companyId })
}
