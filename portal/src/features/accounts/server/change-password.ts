import type { Platform } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { isPasswordOf } from './check-password.ts'
import { companyOf } from './companies.ts'
import { credentialChanged } from './credential-changed.ts'
import { demandGoodPassword } from './demand-good-password.ts'
import { wrongPassword } from './failures.ts'
import { distrustDevices } from './known-devices.ts'
import { revokeTokens } from './one-time-token.ts'
import { hashPassword } from './password-hash.ts'
import { viewAccount } from './people.ts'
import { noteRefusedProof } from './prove.ts'
import type { AccountTables } from './tables.ts'
import { beginTry } from './throttle.ts'

interface Change {
  accountId: string
  /** the session that stays; all others end */
  sessionId: string
  current: string
  password: string
}

/** A new password for somebody who is signed in and knows the old one; every other session of his and every link sent to him ends. */
export async function changePassword(platform: Platform, { accountId, sessionId, current, password }: Change): Promise<void> {
  const attempt = await beginTry(platform, { action: 'prove', subject: accountId, address: null })
  if (!(await isPasswordOf(platform, accountId, current))) {
    await noteRefusedProof(platform, accountId, 'password')
    throw wrongPassword()
  }
  await attempt.succeeded()
  const { email, name } = await viewAccount(platform, accountId)
  const company = await companyOf(platform.database, accountId)
  await demandGoodPassword(platform, password, { email, name, companyName: company?.name })
  const hash = await hashPassword(password)
  await platform.database.transaction(async () => {
    const { internalAdapter } = await accountLibrary(platform).$context
    await internalAdapter.updatePassword(accountId, hash)
    await endOtherSessions(platform, accountId, sessionId)
    await revokeTokens(platform, accountId)
    await distrustDevices(platform, accountId)
    await credentialChanged(platform, 'password.changed', { accountId })
  })
}

async function endOtherSessions(platform: Platform, accountId: string, sessionId: string): Promise<void> {
  await platform.database
    .db<AccountTables>()
    .deleteFrom('session')
    .where('person_id', '=', accountId)
    .where('id', '!=', sessionId)
    .execute()
}
