import type { Platform } from '#platform/server'
import { accountLibrary, libraryRefusal } from './account-library.ts'
import { linkExpired } from './failures.ts'
import { mailPasswordChanged } from './mails.ts'
import { readToken, revokeTokens } from './one-time-token.ts'
import { viewAccount } from './people.ts'
import { demandGoodPassword } from './sign-up.ts'
import { forgetAttempts } from './throttle.ts'
import { markVerified } from './verify-email.ts'

interface Reset {
  token: string
  password: string
  address: string
}

/** Sets a password by the link of a reset or an invitation; every session of the account and every other link ends. */
export async function resetPassword(platform: Platform, { token, password, address }: Reset): Promise<{ email: string }> {
  return platform.database.transaction(async () => {
    const accountId = await readToken(platform, 'reset-password', token)
    if (!accountId) throw linkExpired()
    const { email, name, language, emailVerified } = await viewAccount(platform, accountId)
    demandGoodPassword(password, email)
    try {
      await accountLibrary(platform).api.resetPassword({ body: { token, newPassword: password } })
    } catch (error) {
      if (libraryRefusal(error) === 'INVALID_TOKEN') throw linkExpired()
      throw error
    }
    await revokeTokens(platform, accountId)
    await markVerified(platform, accountId)
    await platform.record('password.changed', { accountId })
    if (emailVerified) await mailPasswordChanged(platform, { to: email, name, language })
    await forgetAttempts(platform, { action: 'sign-in', email, address })
    return { email }
  })
}
