import { createHash, randomBytes } from 'node:crypto'
import type { Platform } from '#platform/server'
import type { AccountTables } from './tables.ts'

export const deviceCookie = 'fettle_device'
const trustedDays = 30
const forgottenDays = 180
const day = 24 * 60 * 60_000

/**
 * A browser in which the person has signed in before, as its cookie shows; null for any other.
 * trusted: is not asked for the second factor
 */
export async function knownDevice(
  platform: Platform,
  accountId: string,
  cookies: string,
): Promise<{ id: string; trusted: boolean } | null> {
  const token = tokenIn(cookies)
  if (!token) return null
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('known_device')
    .select('trusted_until')
    .where('person_id', '=', accountId)
    .where('token_hash', '=', hashOf(token))
    .where('seen_at', '>', daysAgo(platform, forgottenDays))
    .executeTakeFirst()
  return row ? { id: hashOf(token), trusted: row.trusted_until !== null && row.trusted_until > platform.now() } : null
}

/**
 * Keeps in mind that the person has signed in here; answers the cookie to set.
 * trust: do not ask for the second factor here for 30 days
 */
export async function rememberDevice(
  platform: Platform,
  { accountId, cookies, trust }: { accountId: string; cookies: string; trust: boolean },
): Promise<string> {
  const token = tokenIn(cookies) ?? randomBytes(24).toString('base64url')
  const now = platform.now()
  const seen = { seen_at: now, ...(trust ? { trusted_until: new Date(now.getTime() + trustedDays * day) } : {}) }
  await platform.database
    .db<AccountTables>()
    .insertInto('known_device')
    .values({ person_id: accountId, token_hash: hashOf(token), trusted_until: null, ...seen })
    .onConflict(known => known.columns(['person_id', 'token_hash']).doUpdateSet(seen))
    .execute()
  return `${deviceCookie}=${token}; Path=/; Max-Age=${(forgottenDays * day) / 1000}; HttpOnly; SameSite=Lax`
}

/** Asks every browser for the second factor again. */
export async function distrustDevices(platform: Platform, accountId: string): Promise<void> {
  await platform.database
    .db<AccountTables>()
    .updateTable('known_device')
    .set({ trusted_until: null })
    .where('person_id', '=', accountId)
    .execute()
}

/** Every browser is a stranger's again. */
export async function forgetDevices(platform: Platform, accountId: string): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('known_device').where('person_id', '=', accountId).execute()
}

export async function clearOldDevices(platform: Platform): Promise<void> {
  await platform.database
    .db<AccountTables>()
    .deleteFrom('known_device')
    .where('seen_at', '<', daysAgo(platform, forgottenDays))
    .execute()
}

const daysAgo = (platform: Platform, days: number): Date => new Date(platform.now().getTime() - days * day)

const tokenIn = (cookies: string): string | null =>
  new RegExp(`(?:^|;\\s*)${deviceCookie}=([\\w-]{32})(?:;|$)`).exec(cookies)?.[1] ?? null

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
