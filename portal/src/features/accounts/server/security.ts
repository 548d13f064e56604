import type { Language } from '#platform/core'
import type { Platform } from '#platform/server'
import type { SecurityView } from '../core/index.ts'
import { authenticatorSince } from './authenticator.ts'
import { hasPassword } from './check-password.ts'
import { phoneConfirmedAt } from './confirmed-phones.ts'
import { listPasskeys } from './passkeys.ts'
import { viewAccount } from './people.ts'
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
    phone: await viewPhone(platform, accountId),
    secondFactorRequired: await mustHaveSecondFactor(platform, accountId),
  }
}

async function viewPhone(platform: Platform, accountId: string): Promise<SecurityView['phone']> {
  const { kind, phone } = await viewAccount(platform, accountId)
  if (!platform.sms || kind === 'staff') return null
  return { number: phone, since: (await phoneConfirmedAt(platform, accountId))?.toISOString() ?? null }
}
