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
  const found = isKeyShaped(token) ? await findKey(platform, { digest: digestOfKey(platform, token) }) : null
  if (!found) {
    const refusal = keyRefused()
    await noteFailure(platform, { action: 'api-key', address, remedy: refusal.remedy! })
    throw refusal
  }
  await noteUsed(platform, found, address)
  return { ...found.owner, via: { kind: 'api-key', scopes: found.scopes }, sessionId: found.id }
}

interface FoundKey {
  id: string
  /** those that its owner still holds */
  scopes: readonly string[]
  expiresAt: Date
  usedAt: Date | null
  owner: Omit<Account, 'via' | 'sessionId'>
}

/** A key that works, with whose it is; null where it has ended, or its owner is gone. */
export async function findKey(platform: Platform, by: { digest: string } | { id: string }): Promise<FoundKey | null> {
  const [column, value] = 'digest' in by ? (['digest', by.digest] as const) : (['api_key.id', by.id] as const)
  const key = await platform.database
    .db<AccountTables>()
    .selectFrom('api_key')
    .innerJoin('person', 'person.id', 'api_key.person_id')
    .select(['api_key.id', 'api_key.person_id', 'api_key.company_id', 'api_key.scopes', 'api_key.used_at', 'api_key.expires_at'])
    .where(column, '=', value)
    .where('expires_at', '>', platform.now())
    .where('person.deactivated_at', 'is', null)
    .executeTakeFirst()
  if (!key) return null
  const { id, kind, name, email, roles, companyId, emailVerified } = await viewAccount(platform, key.person_id)
  if (companyId !== key.company_id) return null
  return {
    ...{ id: key.id, scopes: permissionsOfKey(key.scopes, roles), expiresAt: key.expires_at, usedAt: key.used_at },
    owner: { id, kind, name, email, roles, companyId, emailVerified },
  }
}

const usedAgainMs = 60_000

/** Notes that a key is in use, at most once a minute. */
async function noteUsed(platform: Platform, { id, usedAt }: FoundKey, address: string): Promise<void> {
  const now = platform.now()
  if (usedAt && now.getTime() - usedAt.getTime() < usedAgainMs) return
  await platform.database
    .db<AccountTables>()
    .updateTable('api_key')
    .set({ used_at: now, used_from: await platform.vault.seal(address, 'api_key.used_from') })
    .where('id', '=', id)
    .execute()
}
