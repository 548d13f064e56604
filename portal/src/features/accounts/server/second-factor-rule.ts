import type { Platform } from '#platform/server'
import { authenticatorSince } from './authenticator.ts'
import { viewAccount } from './people.ts'
import type { AccountTables } from './tables.ts'

/** Whether the portal's configuration demands a second factor of this person. */
export async function mustHaveSecondFactor(platform: Platform, accountId: string): Promise<boolean> {
  if (platform.config.staffSecondFactor !== 'required') return false
  return (await viewAccount(platform, accountId)).kind === 'staff'
}

/** Whether this person can do a second step: by his app or a passkey. */
export async function hasSecondFactor(platform: Platform, accountId: string): Promise<boolean> {
  return (await authenticatorSince(platform, accountId)) !== null || (await hasPasskey(platform, accountId))
}

/** Whether what was just taken away was the last of what he must have. */
export const mustKeepAFactor = async (platform: Platform, accountId: string): Promise<boolean> =>
  (await mustHaveSecondFactor(platform, accountId)) && !(await hasSecondFactor(platform, accountId))

/** Whether the person has a passkey. */
export async function hasPasskey(platform: Platform, accountId: string): Promise<boolean> {
  const db = platform.database.db<AccountTables>()
  return Boolean(await db.selectFrom('passkey').select('id').where('person_id', '=', accountId).executeTakeFirst())
}
