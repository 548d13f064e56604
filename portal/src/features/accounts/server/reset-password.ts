import type { Platform } from '#platform/server'
import { accountLibrary, libraryRefusal } from './account-library.ts'
import { revokeAllApiKeys } from './api-keys.ts'
import { companyOf } from './companies.ts'
import { credentialChanged } from './credential-changed.ts'
import { demandGoodPassword } from './demand-good-password.ts'
import { linkExpired } from './failures.ts'
import { forgetDevices } from './known-devices.ts'
import { readToken, revokeTokens } from './one-time-token.ts'
import { viewAccount } from './people.ts'
import { forgetTries } from './throttle.ts'
import { markVerified } from './verify-email.ts'

interface Reset {
  token: string
  password: string
  address: string
}

/** Sets a password by the link of a reset or an invitation; every session of the account and every other link ends. */
export async function resetPassword(platform: Platform, { token, password, address }: Reset): Promise<{ email: string }> {
  const accountId = await readToken(platform, 'reset-password', token)
  if (!accountId) throw linkExpired()
  const { email, name, emailVerified } = await viewAccount(platform, accountId)
  const company = await companyOf(platform.database, accountId)
  await demandGoodPassword(platform, password, { email, name, companyName: company?.name })
  return platform.database.transaction(async () => {
    try {
      await accountLibrary(platform).api.resetPassword({ body: { token, newPassword: password } })
    } catch (error) {
      if (libraryRefusal(error) === 'INVALID_TOKEN') throw linkExpired()
      throw error
    }
    await revokeTokens(platform, accountId)
    await revokeAllApiKeys(platform, accountId)
    await markVerified(platform, accountId)
    // who sets his first password knows of it
    await credentialChanged(platform, 'password.changed', { accountId }, emailVerified ? undefined : null)
    await forgetDevices(platform, accountId)
    await forgetTries(platform, { action: 'sign-in', subject: email, address })
    return { email }
  })
}
