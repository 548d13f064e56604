import type { LocalizedText } from '#platform/core'
import { keyedHash, networkOf, type Platform } from '#platform/server'
import { type Brake, brakes, type Failures, unforgiven, waitSeconds } from '../core/throttle.ts'
import { tooManyAttempts } from './failures.ts'
import type { AccountTables } from './tables.ts'

/** A try that may be a guess. */
export interface Attempt {
  action: 'sign-in' | 'sign-up' | 'mail' | 'invite' | 'prove' | 'api-key'
  /** whom it is about: an e-mail address, an account's id */
  subject: string
  /** remote address; null where it does not matter who tries */
  address: string | null
  /** the browser's cookie, where the owner has signed in with it before: strangers who guess do not slow him down */
  knownDevice?: string | null
}

export interface Try {
  /** It was no guess: nothing is held against anybody. */
  succeeded(): Promise<void>
  /** It failed, which counts for the address too. */
  failed(): Promise<void>
}

/**
 * Counts the try before it is made, so that a hundred at once are not free, or throws too-many-attempts while one has to wait.
 * Call it outside of transactions: the failure that follows would roll the count back. Endpoints that count ignore an
 * Idempotency-Key for the same reason.
 */
export async function beginTry(platform: Platform, attempt: Attempt): Promise<Try> {
  const { tickets, place } = keysOf(platform, attempt)
  if (place) await demandPatience(platform, place)
  for (const ticket of tickets) await take(platform, ticket)
  return {
    async succeeded() {
      for (const { key, brake } of tickets) await (brake === brakes.person ? forget(platform, key) : giveBack(platform, key))
    },
    async failed() {
      if (place) await count(platform, place)
    },
  }
}

/**
 * Counts a failure of a place, or throws too-many-attempts while the place has to wait: for what is too long to be guessed and
 * tells of nobody. remedy: what to do instead of trying on
 */
export async function noteFailure(
  platform: Platform,
  { action, address, remedy }: { action: Attempt['action']; address: string; remedy: LocalizedText },
): Promise<void> {
  const place: Counter = { brake: brakes.address, key: keyOf(platform, [action, `from ${networkOf(address)}`]) }
  const seconds = waitSeconds(place.brake, await read(platform, place.key), platform.now())
  if (seconds > 0) throw tooManyAttempts(seconds, remedy)
  await count(platform, place)
}

/** Forgets what was held against one who has just set a new password by mail. */
export async function forgetTries(platform: Platform, attempt: Attempt): Promise<void> {
  for (const { key } of keysOf(platform, attempt).tickets) await forget(platform, key)
}

/** Throws away what no brake would count any more. */
export async function clearOldAttempts(platform: Platform): Promise<void> {
  const old = new Date(platform.now().getTime() - 24 * 60 * 60_000)
  await platform.database.db<AccountTables>().deleteFrom('sign_in_throttle').where('last_failure_at', '<', old).execute()
}

interface Counter {
  key: string
  brake: Brake
}

/** tickets: taken before the try. place: only failures count there, for many people may sign in from it at once */
function keysOf(
  platform: Platform,
  { action, subject, address, knownDevice }: Attempt,
): { tickets: Counter[]; place: Counter | null } {
  const counter = (brake: Brake, ...parts: string[]): Counter => ({ brake, key: keyOf(platform, [action, ...parts]) })
  if (knownDevice) return { tickets: [counter(brakes.person, subject, `device ${knownDevice}`)], place: null }
  if (address === null) return { tickets: [counter(brakes.person, subject, 'anywhere')], place: null }
  const network = networkOf(address)
  const everywhere = action === 'sign-up' ? [] : [counter(brakes.account, subject)]
  return { tickets: [counter(brakes.person, subject, network), ...everywhere], place: counter(brakes.address, `from ${network}`) }
}

async function demandPatience(platform: Platform, { key, brake }: Counter): Promise<void> {
  const seconds = waitSeconds(brake, await read(platform, key), platform.now())
  if (seconds > 0) throw tooManyAttempts(seconds)
}

/** Who reads a count that another has moved meanwhile reads again, until he has counted himself or has to wait. */
async function take(platform: Platform, counter: Counter): Promise<void> {
  for (;;) {
    const known = await read(platform, counter.key)
    const seconds = waitSeconds(counter.brake, known, platform.now())
    if (seconds > 0) throw tooManyAttempts(seconds)
    if (await write(platform, counter, known)) return
  }
}

async function count(platform: Platform, counter: Counter): Promise<void> {
  while (!(await write(platform, counter, await read(platform, counter.key))));
}

async function read(platform: Platform, key: string): Promise<Failures | undefined> {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('sign_in_throttle')
    .select(['failures', 'last_failure_at'])
    .where('key', '=', key)
    .executeTakeFirst()
  return row && { count: row.failures, last: row.last_failure_at }
}

/** Counts one more; false where somebody else was faster. */
async function write(platform: Platform, { key, brake }: Counter, known: Failures | undefined): Promise<boolean> {
  const now = platform.now()
  const next = { failures: unforgiven(brake, known, now) + 1, last_failure_at: now }
  const db = platform.database.db<AccountTables>()
  if (!known) {
    const made = await db
      .insertInto('sign_in_throttle')
      .values({ key, ...next })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await db
    .updateTable('sign_in_throttle')
    .set(next)
    .where('key', '=', key)
    .where('failures', '=', known.count)
    .where('last_failure_at', '=', known.last)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function forget(platform: Platform, key: string): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('sign_in_throttle').where('key', '=', key).execute()
}

async function giveBack(platform: Platform, key: string): Promise<void> {
  await platform.database
    .db<AccountTables>()
    .updateTable('sign_in_throttle')
    .set(({ eb }) => ({ failures: eb('failures', '-', 1) }))
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute()
}

const keyOf = (platform: Platform, parts: string[]): string =>
  keyedHash(platform.config.sessionSecret, parts.join('\n')).toString('base64url')
