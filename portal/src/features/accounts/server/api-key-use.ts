import type { Account, Platform } from '#platform/server'
import { permissionsOfKey } from '../core/index.ts'
import { isKeyShaped } from './api-key-token.ts'
import { digestOfKey } from './api-keys.ts'
import { keyRefused } from './failures.ts'
import { viewAccount } from './people.ts'
import type { AccountTables } from './tables.ts'
import { noteFailure } from './throttle.ts'

/**
 * Who comes by this key: its owner, with the scopes that he still holds. Throws key-refused for a key that is none, has expired, or
 * whose owner was deactivated or has left the company it was made in. Who tries many that do not hold waits, as at signing in; a key
 * that holds never does, whoever else guesses from the same address.
 */
export async function accountByKey(platform: Platform, token: string, address: string): Promise<Account> {
  const key = isKeyShaped(token) ? await findKey(platform, token) : undefined
  const owner = key && (await viewAccount(platform, key.person_id))
  if (!owner || owner.companyId !== key.company_id) {
    const refusal = keyRefused()
    await noteFailure(platform, { action: 'api-key', address, remedy: refusal.remedy! })
    throw refusal
  }
  await noteUsed(platform, key, address)
  const { id, kind, name, email, roles, companyId, emailVerified } = owner
  const via = { kind: 'api-key', scopes: permissionsOfKey(key.scopes, roles) } as const
  return { id, kind, name, email, roles, companyId, emailVerified, via, sessionId: key.id }
}

const findKey = (platform: Platform, token: string) =>
  platform.database
    .db<AccountTables>()
    .selectFrom('api_key')
    .innerJoin('person', 'person.id', 'api_key.person_id')
    .select(['api_key.id', 'api_key.person_id', 'api_key.company_id', 'api_key.scopes', 'api_key.used_at'])
    .where('digest', '=', digestOfKey(platform, token))
    .where('expires_at', '>', platform.now())
    .where('person.deactivated_at', 'is', null)
    .executeTakeFirst()

const usedAgainMs = 60_000

/** Notes that a key is in use, at most once a minute. */
async function noteUsed(
  platform: Platform,
  { id, used_at }: Pick<AccountTables['api_key'], 'id' | 'used_at'>,
  address: string,
): Promise<void> {
  const now = platform.now()
  if (used_at && now.getTime() - used_at.getTime() < usedAgainMs) return
  await platform.database
    .db<AccountTables>()
    .updateTable('api_key')
    .set({ used_at: now, used_from: await platform.vault.seal(address, 'api_key.used_from') })
    .where('id', '=', id)
    .execute()
}
