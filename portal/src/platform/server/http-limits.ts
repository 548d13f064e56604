import type { Context } from 'hono'
import type { AnyEndpoint } from '#platform/core'
import type { Account } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import type { Platform } from './platform.ts'
import { createRateLimits, networkOf, type RateLimit } from './rate-limits.ts'

/**
 * How much one address may ask for, by kind of request; an account that is signed in has its own allowance, for several people may share
 * an address. docs/guides/limits.md lists the same. Kept pages and files cost next to nothing and are not counted.
 */
export const rateLimitKinds = {
  /** everything that is not a kept page or a file, before it is known who asks */
  any: { address: { burst: 600, perMinute: 3000 } },
  'sign-in': { address: { burst: 20, perMinute: 20 } },
  'public-write': { address: { burst: 30, perMinute: 30 }, account: { burst: 60, perMinute: 60 } },
  write: { address: { burst: 30, perMinute: 30 }, account: { burst: 120, perMinute: 120 } },
  read: { address: { burst: 300, perMinute: 600 }, account: { burst: 600, perMinute: 1200 } },
  /** rendered for this visitor: costs tens of milliseconds of everybody's time */
  page: { address: { burst: 100, perMinute: 150 }, account: { burst: 200, perMinute: 300 } },
  /** PDF, pictures, exports, imports: seconds of work */
  export: { address: { burst: 20, perMinute: 20 }, account: { burst: 30, perMinute: 30 } },
  /** files, of which each is looked into: an inquiry takes five */
  upload: { address: { burst: 20, perMinute: 10 }, account: { burst: 40, perMinute: 20 } },
  /** what pages tell by themselves, to be counted: many people may share an address, and no inquiry may wait for it */
  fact: { address: { burst: 120, perMinute: 120 } },
} as const satisfies Record<string, { address: RateLimit; account?: RateLimit }>

/** What an address may ask for under attack, where nobody is signed in. `any` stays: it counts those who are, too. */
const underAttack: { readonly [Kind in RateLimitKind]?: RateLimit } = {
  'sign-in': { burst: 10, perMinute: 6 },
  'public-write': { burst: 5, perMinute: 5 },
  read: { burst: 60, perMinute: 120 },
  page: { burst: 20, perMinute: 30 },
  export: { burst: 3, perMinute: 3 },
  upload: { burst: 5, perMinute: 5 },
  fact: { burst: 20, perMinute: 20 },
}

export type RateLimitKind = keyof typeof rateLimitKinds

/** Limits that differ from the table, for address and account alike; null: none at all (tests). */
export type RateLimitOptions = Partial<Record<RateLimitKind, RateLimit>> | null

export interface Limiter {
  /** Throws the 429 failure where the sender has used up his share. A page's own calls of the API were counted with the page. */
  count(c: Context<HttpEnv>, kind: RateLimitKind): Promise<void>
}

export function createLimiter(platform: Platform, options: RateLimitOptions = {}): Limiter {
  const { attackMode } = platform
  const note = (kind: RateLimitKind, stranger: boolean) => {
    if (kind === 'sign-in') attackMode.note('sign-in')
    else if (stranger && kind !== 'any' && kind !== 'fact') attackMode.note('costly')
  }
  if (options === null) return { count: async () => {} }
  const strangers = (kind: RateLimitKind, usual: RateLimit) => (attackMode.strict() && underAttack[kind]) || usual
  const limits = createRateLimits(platform.database, platform.config.sessionSecret, platform.log)
  return {
    async count(c, kind) {
      if (c.env?.within) return
      const account = kind === 'any' || kind === 'sign-in' ? null : await c.get('account')()
      const table: { address: RateLimit; account?: RateLimit } = rateLimitKinds[kind]
      note(kind, account === null)
      const limit = options[kind] ?? (account && table.account ? table.account : strangers(kind, table.address))
      const who = account ? nameOf(account, c.get('address')) : `address ${networkOf(c.get('address'))}`
      const allowance = await limits.take(kind, who, limit)
      tellLimit(c, kind, limit, allowance)
      if (!allowance.granted) throw tooMany(allowance.retryAfter)
    },
  }
}

/**
 * The keys of an account share one allowance apart from its own, so that a program that runs wild does not stop its owner's pages. A page
 * of another site has that of its address: whoever runs wild there stops nobody elsewhere.
 */
function nameOf({ id, via }: Account, address: string): string {
  if (via.kind === 'embed') return `pages of ${id} at ${networkOf(address)}`
  return via.kind === 'api-key' ? `keys of ${id}` : `account ${id}`
}

/** The kind an API call is counted as. */
export function kindOf({ access, method, limit }: Pick<AnyEndpoint, 'access' | 'method' | 'limit'>): RateLimitKind {
  if (limit) return limit
  if (method === 'GET') return 'read'
  return access === 'public' ? 'public-write' : 'write'
}

/** draft-ietf-httpapi-ratelimit-headers-11: what is allowed in which time, and what is left. */
function tellLimit(
  c: Context<HttpEnv>,
  kind: RateLimitKind,
  { burst, perMinute }: RateLimit,
  { left, fullIn }: { left: number; fullIn: number },
): void {
  c.header('ratelimit-policy', `"${kind}";q=${burst};w=${Math.ceil((burst / perMinute) * 60)}`)
  c.header('ratelimit', `"${kind}";r=${left};t=${fullIn}`)
}

const tooMany = (retryAfter: number) =>
  platformFailure(
    'rate-limited',
    {
      'zh-CN': `请求过于频繁，请在 ${retryAfter} 秒后重试。`,
      en: `Too many requests. Try again in ${retryAfter} seconds.`,
    },
    { extensions: { retryAfter } },
  )
