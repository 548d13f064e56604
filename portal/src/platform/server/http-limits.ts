import type { Context } from 'hono'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'

export const defaultBodyLimit = 256 * 1024

/** The request's JSON value; undefined for an empty body. Refuses what is too large before reading it whole. */
export async function readJson(c: Context<HttpEnv>, limit: number): Promise<unknown> {
  const announced = Number(c.req.header('content-length') ?? 0)
  if (announced > limit) throw tooLarge(c, limit)
  const bytes = await readBytes(c, limit)
  if (bytes.length === 0) return undefined
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json' && !/^application\/[\w.+-]+\+json$/.test(type)) {
    throw platformFailure('unsupported-media-type', {
      'zh-CN': `此操作只接受 JSON，而内容类型为“${type.slice(0, 60) || '（无）'}”。`,
      en: `This operation accepts JSON only; the content type is "${type.slice(0, 60) || '(none)'}".`,
    })
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw platformFailure('malformed-json')
  }
}

async function readBytes(c: Context<HttpEnv>, limit: number): Promise<Uint8Array> {
  const body = c.req.raw.body
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > limit) throw tooLarge(c, limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// The rest of the body stays unread, so the connection cannot be used again.
function tooLarge(c: Context<HttpEnv>, limit: number) {
  c.header('connection', 'close')
  const size = limit >= 1_000_000 ? `${Math.floor(limit / 1_000_000)} MB` : `${Math.floor(limit / 1024)} KiB`
  return platformFailure(
    'body-too-large',
    { 'zh-CN': `内容超过 ${size} 上限，未被读取。`, en: `The body is larger than ${size} and was not read.` },
    { remedy: { 'zh-CN': '请减小内容后重试。', en: 'Send less and try again.' }, extensions: { limit } },
  )
}

export interface RateLimit {
  /** requests one address may send at once */
  burst: number
  /** requests per minute after that */
  perMinute: number
}

// One subscriber of IPv6 has 2^64 addresses, and an IPv4 address may come dressed as IPv6.
function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!bare.includes(':')) return bare
  const [front = [], back = []] = bare.split('::').map(half => half.split(':').filter(Boolean))
  const whole = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return whole.slice(0, 4).join(':')
}

/** Entries that are full again say nothing; where that is not enough, the oldest go. */
function forgetOld(buckets: Map<string, { at: number }>, now: number): void {
  for (const [key, bucket] of buckets) if (now - bucket.at > 600_000) buckets.delete(key)
  for (const key of buckets.keys()) {
    if (buckets.size <= 5_000) return
    buckets.delete(key)
  }
}

/**
 * Counts per address in this process's memory: a brake for scripts, not an account of anything. Several processes behind a
 * balancer allow as many times more.
 */
export function rateLimiter(limit: RateLimit) {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    /** Throws the 429 failure where the address has used up its share. now: ms */
    take(address: string, now: number): void {
      if (buckets.size > 10_000) forgetOld(buckets, now)
      const key = networkOf(address)
      const bucket = buckets.get(key) ?? { left: limit.burst, at: now }
      const left = Math.min(limit.burst, bucket.left + ((now - bucket.at) / 60_000) * limit.perMinute)
      buckets.set(key, { left: Math.max(0, left - 1), at: now })
      if (left >= 1) return
      const retryAfter = Math.ceil(((1 - left) / limit.perMinute) * 60)
      throw platformFailure(
        'rate-limited',
        {
          'zh-CN': `请求过于频繁，请在 ${retryAfter} 秒后重试。`,
          en: `Too many requests. Try again in ${retryAfter} seconds.`,
        },
        { extensions: { retryAfter } },
      )
    },
  }
}
