import { keyedHash } from './cipher.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'

export interface RateLimit {
  /** requests that may come at once */
  burst: number
  /** requests per minute after that */
  perMinute: number
}

/** What is left after one request was counted. */
export interface Allowance {
  granted: boolean
  /** requests that may come at once now */
  left: number
  /** seconds until the whole burst is free again */
  fullIn: number
  /** seconds until one more is granted; 0 where one is */
  retryAfter: number
}

export interface RateLimits {
  /** Counts one request. kind: what is limited, 'sign-in'. who: 'account <id>' or 'address <network>' */
  take(kind: string, who: string, limit: RateLimit): Promise<Allowance>
}

/** What this process knows of one key. Requests it was granted in advance are spent without asking the database. */
interface Lease {
  left: number
  /** how many to ask for next: the more somebody sends, the fewer questions each request costs */
  wish: number
  /** ms; until then everybody knows the answer */
  refusedUntil: number
  /** of the shared allowance, when it was last asked: ms at which it is whole again */
  fullAt: number
  usedAt: number
  asking: Promise<void> | null
}

const mostKeys = 20_000
const forgottenAfterMs = 10 * 60_000
const patienceMs = 300
const awayMs = 2000

/**
 * Rate limits that all portal processes share (generic cell rate algorithm, one row per key in an unlogged table). A process borrows
 * up to a tenth of a burst at a time, so that a busy key costs a query now and then and a refused one none; all together may grant
 * that tenth too much per process. While the database is away each process counts for itself.
 */
export function createRateLimits(database: Database, secret: string, log: Log, clock: () => number = Date.now): RateLimits {
  const leases = new Map<string, Lease>()
  let awayUntil = 0
  let sweptAt = clock()

  async function borrow(key: string, lease: Lease, limit: RateLimit): Promise<void> {
    const secondsEach = 60 / limit.perMinute
    const wish = Math.min(lease.wish, Math.max(1, Math.floor(limit.burst / 10)))
    const { granted, wait } = await ask(key, wish, secondsEach, limit)
    const now = clock()
    lease.left += granted
    lease.wish = wish * 2
    lease.fullAt = now + wait * 1000
    if (granted === 0) lease.refusedUntil = now + Math.max(50, (wait + secondsEach - limit.burst * secondsEach) * 1000)
  }

  async function ask(key: string, wish: number, secondsEach: number, limit: RateLimit): Promise<Answer> {
    if (clock() >= awayUntil) {
      try {
        return await within(patienceMs, askDatabase(database, key, wish, secondsEach, limit.burst))
      } catch (error) {
        awayUntil = clock() + awayMs
        log.warn({ error }, 'rate limits are counted in this process alone: the database does not answer')
      }
    }
    return countAlone(leases.get(key)?.fullAt ?? 0, clock(), secondsEach, limit.burst)
  }

  function sweep(now: number): void {
    if (now - sweptAt < 60_000 && leases.size <= mostKeys) return
    for (const [key, lease] of leases) if (now - lease.usedAt > forgottenAfterMs) leases.delete(key)
    for (const key of leases.keys()) {
      if (leases.size <= mostKeys / 2) break
      leases.delete(key)
    }
    if (now - sweptAt < 60_000) return
    sweptAt = now
    database.pool.query('delete from rate_limit where full_at < extract(epoch from now())').catch(() => {}) // the next minute tries again
  }

  return {
    async take(kind, who, limit) {
      const key = keyedHash(secret, `rate limit ${kind}\n${who}`).toString('hex').slice(0, 32)
      const now = clock()
      const lease = leases.get(key) ?? { left: 0, wish: 1, refusedUntil: 0, fullAt: 0, usedAt: now, asking: null }
      leases.delete(key) // the latest stand last, the oldest are forgotten first
      leases.set(key, lease)
      lease.usedAt = now
      sweep(now)
      while (lease.left < 1 && clock() >= lease.refusedUntil) {
        lease.asking ??= borrow(key, lease, limit).finally(() => {
          lease.asking = null
        })
        await lease.asking
      }
      const granted = lease.left >= 1
      if (granted) lease.left--
      return describe(lease, limit, granted, clock())
    },
  }
}

interface Answer {
  granted: number
  /** seconds until the allowance is whole */
  wait: number
}

/** One statement: takes up to `wish` of what is left, or nothing, and tells when the allowance will be whole. */
async function askDatabase(database: Database, key: string, wish: number, secondsEach: number, burst: number): Promise<Answer> {
  const { rows } = await database.pool.query<Answer>({
    name: 'rate-limit',
    text: statement,
    values: [key, wish, secondsEach, burst],
  })
  return rows[0] ?? { granted: 0, wait: secondsEach * burst } // another process wrote the row this very moment
}

const now = 'extract(epoch from now())::float8'
const used = `(greatest(known.full_at, ${now}) - ${now})`
const given = `least($2::int, floor(($4::float8 * $3::float8 - ${used}) / $3::float8 + 1e-6)::int)`
const statement = `
  with taken as (
    insert into rate_limit as known (key, full_at, granted)
    values (decode($1, 'hex'), ${now} + $2::int * $3::float8, $2::int)
    on conflict (key) do update set granted = ${given}, full_at = ${now} + ${used} + ${given} * $3::float8
    where ${used} + $3::float8 <= $4::float8 * $3::float8 + 1e-6
    returning granted, full_at
  )
  select granted, full_at - ${now} as wait from taken
  union all
  select 0, greatest(full_at - ${now}, 0) from rate_limit where key = decode($1, 'hex') and not exists (select from taken)`

/** The same rule for one process, one request at a time. fullAt: ms */
function countAlone(fullAt: number, nowMs: number, secondsEach: number, burst: number): Answer {
  const wait = Math.max(0, (fullAt - nowMs) / 1000)
  const granted = wait + secondsEach <= burst * secondsEach + 1e-6
  return granted ? { granted: 1, wait: wait + secondsEach } : { granted: 0, wait }
}

function describe(lease: Lease, limit: RateLimit, granted: boolean, nowMs: number): Allowance {
  const secondsEach = 60 / limit.perMinute
  const used = Math.max(0, (lease.fullAt - nowMs) / 1000)
  return {
    granted,
    left: granted ? lease.left + Math.max(0, Math.floor(limit.burst - used / secondsEach)) : 0,
    fullIn: Math.ceil(used),
    retryAfter: granted ? 0 : Math.max(1, Math.ceil((lease.refusedUntil - nowMs) / 1000)),
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The part of an address that one subscriber has: an IPv4 address, or the /64 network of IPv6. IPv4 may come dressed as IPv6. */
export function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  if (!bare.includes(':')) return bare
  const [front = [], back = []] = bare.split('::').map(half => half.split(':').filter(Boolean))
  const whole = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return whole
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
