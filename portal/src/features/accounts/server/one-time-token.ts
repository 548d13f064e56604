import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import { invitationDays } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import type { AccountTables } from './tables.ts'

/** What a token lets its holder do, the reader of a mail as a rule, and for how long. The library itself redeems 'reset-password'. */
const minutes = {
  'verify-email': 24 * 60,
  'reset-password': 60,
  'set-up': 24 * 60,
  'join-company': invitationDays * 24 * 60,
  'second-step': 10,
  'passkey-add': 10,
  'passkey-use': 10,
  provider: 10,
} as const
export type Purpose = keyof typeof minutes

/** Makes a single-use token; only its hash is kept. `subject` is what redeeming it answers, a person's id as a rule. */
export async function issueToken(
  platform: Platform,
  purpose: Purpose,
  subject: string,
  validMinutes: number = minutes[purpose],
): Promise<string> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(platform.now().getTime() + validMinutes * 60_000)
  await internalAdapter.createVerificationValue({ identifier: `${purpose}:${token}`, value: subject, expiresAt })
  return token
}

/** The subject of a valid token, which is spent by this; null where it is unknown, spent or expired. */
export async function redeemToken(platform: Platform, purpose: Purpose, token: string): Promise<string | null> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const row = await internalAdapter.consumeVerificationValue(`${purpose}:${token}`)
  return row?.value ?? null
}

/** The subject of a valid token, which stays valid. */
export async function readToken(platform: Platform, purpose: Purpose, token: string): Promise<string | null> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const row = await internalAdapter.findVerificationValue(`${purpose}:${token}`)
  return row && row.expiresAt > platform.now() ? row.value : null
}

/** Throws away what has expired. */
export async function clearOldTokens(platform: Platform): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('one_time_token').where('expires_at', '<', platform.now()).execute()
}

/** Makes every link sent so far for this subject worthless. */
export async function revokeTokens({ database }: Pick<Platform, 'database'>, subject: string): Promise<void> {
  await database
    .db<AccountTables>()
    .deleteFrom('one_time_token')
    .where(sql<string>`split_part(value, ' ', 1)`, '=', subject) // a second step keeps the first one's kind behind it
    .execute()
}
