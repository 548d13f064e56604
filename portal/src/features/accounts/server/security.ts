import type { Language } from '#platform/core'
import type { Platform } from '#platform/server'
import type { SecurityView } from '../core/index.ts'
import { authenticatorSince } from './authenticator.ts'
import { hasPassword } from './check-password.ts'
import { listPasskeys } from './passkeys.ts'
import { methodsOf } from './prove.ts'
import { linkedProviders } from './providers.ts'
import { countRecoveryCodes } from './recovery-codes.ts'
import { mustHaveSecondFactor } from './second-factor-rule.ts'

/** By what an account is protected, for its owner. */
export async function viewSecurity(platform: Platform, accountId: string, language: Language): Promise<SecurityView> {
  const since = await authenticatorSince(platform, accountId)
  return {
    methods: await methodsOf(platform, accountId),
    password: await hasPassword(platform, accountId),
    authenticator: since && { since: since.toISOString(), recoveryCodes: await countRecoveryCodes(platform, accountId) },
    passkeys: await listPasskeys(platform, accountId),
    providers: await linkedProviders(platform, accountId, language),
    secondFactorRequired: await mustHaveSecondFactor(platform, accountId),
  }
}
