import { type Language, normalizePhone } from '#platform/core'
import type { Platform } from '#platform/server'
import type { AccountView } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { viewAccount } from './people.ts'

interface Change {
  name?: string | undefined
  /** '' removes it */
  phone?: string | undefined
  language?: Language | undefined
}

/** Changes what a person may change of his own account; what is left out stays. */
export async function changeMe(platform: Platform, accountId: string, { name, phone, language }: Change): Promise<AccountView> {
  const { internalAdapter } = await accountLibrary(platform).$context
  await internalAdapter.updateUser(accountId, {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone: phone === '' ? null : normalizePhone(phone) }),
    ...(language === undefined ? {} : { language }),
  })
  return viewAccount(platform, accountId)
}
