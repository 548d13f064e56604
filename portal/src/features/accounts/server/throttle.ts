import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import { forgottenAfterSeconds, waitSeconds } from '../core/throttle.ts'
import { tooManyAttempts } from './failures.ts'
import type { AccountTables } from './tables.ts'

/** What is slowed down: one action on one account (its e-mail address) from one remote address. */
export interface Attempt {
  action: 'sign-in' | 'sign-up' | 'mail' | 'prove'
  email: string
  address: string
}

/** Throws too-many-attempts while the attempt has to wait. */
export async function demandPatience(platform: Platform, attempt: Attempt): Promise<void> {
  const seconds = waitSeconds(await readFailures(platform, keyOf(platform, attempt)), platform.now())
  if (seconds > 0) throw tooManyAttempts(seconds)
}

/**
 * Counts a failed try, or for mails every try. Called outside of transactions, for the failure that follows would roll
 * the count back; which is why the endpoints that count ignore an Idempotency-Key.
 */
export async function countAttempt(platform: Platform, attempt: Attempt): Promise<void> {
  const now = platform.now()
  const forgotten = new Date(now.getTime() - forgottenAfterSeconds * 1000)
  await sql`
    insert into sign_in_throttle as known (key, failures, last_failure_at) values (${keyOf(platform, attempt)}, 1, ${now})
    on conflict (key) do update set
      failures = case when known.last_failure_at <= ${forgotten} then 1 else known.failures + 1 end,
      last_failure_at = excluded.last_failure_at`.execute(platform.database.db<AccountTables>())
}

export async function forgetAttempts(platform: Platform, attempt: Attempt): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('sign_in_throttle').where('key', '=', keyOf(platform, attempt)).execute()
}

/** Throws away what waitSeconds would no longer count. */
export async function clearOldAttempts(platform: Platform): Promise<void> {
  const old = new Date(platform.now().getTime() - 24 * 60 * 60_000)
  await platform.database.db<AccountTables>().deleteFrom('sign_in_throttle').where('last_failure_at', '<', old).execute()
}

async function readFailures(platform: Platform, key: string) {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('sign_in_throttle')
    .select(['failures', 'last_failure_at'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row && { count: row.failures, last: row.last_failure_at }
}

const keyOf = (platform: Platform, { action, email, address }: Attempt): string =>
  createHmac('sha256', platform.config.sessionSecret).update(`${action}\n${email}\n${address}`).digest('base64url')
