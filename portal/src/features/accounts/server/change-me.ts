import { type Language, normalizePhone } from '#platform/core'
import type { Platform } from '#platform/server'
import type { AccountView } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { phoneConfirmedAt } from './confirmed-phones.ts'
import { phoneIsConfirmed } from './failures.ts'
import { viewAccount } from './people.ts'

interface Change {
  name?: string | undefined
  /** '' removes it */
  phone?: string | undefined
  language?: Language | undefined
}

/** Changes what a person may change of his own account; what is left out stays. A number that signs in is not changed here. */
export async function changeMe(platform: Platform, accountId: string, { name, phone, language }: Change): Promise<AccountView> {
  return platform.database.transaction(async () => {
    const { internalAdapter } = await accountLibrary(platform).$context
    const before = await viewAccount(platform, accountId)
    const number = phone === undefined ? before.phone : normalizePhone(phone)
    if (number !== before.phone && (await phoneConfirmedAt(platform, accountId))) throw phoneIsConfirmed()
    await internalAdapter.updateUser(accountId, {
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone: number }),
      ...(language === undefined ? {} : { language }),
    })
    const after = await viewAccount(platform, accountId)
    await platform.audit.write({
      action: 'account.changed',
      target: { kind: 'account', id: accountId },
      before: { language: before.language },
      after: { language: after.language },
      personal: [{ subjectId: accountId, values: { before: changeable(before), after: changeable(after) } }],
    })
    return after
  })
}

const changeable = ({ name, phone }: AccountView) => ({ name, phone })
