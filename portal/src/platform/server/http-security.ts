import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import { takeRandom } from './random-pool.ts'

export const newNonce = (): string => takeRandom(16).toString('base64url')

export interface SecurityOptions {
  /** what Vite's client needs is allowed */
  development: boolean
  /** browsers are told to stay with https for a year, for hosts below this one too where it says so; null: the portal is not reached by https */
  hsts: { subdomains: boolean } | null
}

/**
 * No page loads anything from elsewhere; scripts and style elements run by nonce only, style attributes not at all, and a text becomes
 * markup or script only through the policies of platform/web/page/trusted.ts, of the page's start and, in WeChat, of the script of its
 * cards, whose one element from elsewhere runs by nonce too.
 */
function contentSecurityPolicy({ development }: SecurityOptions): (nonce: string) => string {
  const nonce = '{nonce}'
  const parts = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    development ? "connect-src 'self' ws:" : "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types start fettle default wechat']),
  ]
    .join('; ')
    .split(nonce)
  return nonce => parts.join(nonce)
}

/** All of them for one answer, or null instead of the nonce for a 304: the browser keeps the policy that fits the page it has stored. */
export function securityHeadersOf(options: SecurityOptions): (nonce: string | null) => Record<string, string> {
  const policy = contentSecurityPolicy(options)
  const fixed = fixedHeaders(options)
  return nonce => (nonce === null ? fixed : { ...fixed, 'content-security-policy': policy(nonce) })
}

/** Headers of every answer, beside its policy. */
const fixedHeaders = ({ hsts }: SecurityOptions): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=()',
  ...(hsts ? { 'strict-transport-security': `max-age=31536000${hsts.subdomains ? '; includeSubDomains' : ''}` } : {}),
})

/** Sets them on whatever is answered. */
export function securityHeaders(options: SecurityOptions): MiddlewareHandler<HttpEnv> {
  const policy = contentSecurityPolicy(options)
  const fixed = Object.entries(fixedHeaders(options))
  return async (c, next) => {
    await next()
    const headers = c.res.headers
    if (c.res.status !== 304 && !headers.has('content-security-policy')) {
      headers.set('content-security-policy', policy(c.get('nonce')))
    }
    for (const [name, value] of fixed) headers.set(name, value)
  }
}

/** What the header Authorization shows by the scheme Bearer (RFC 6750); null where it shows nothing, or something else. */
export function bearerOf(header: string | undefined): string | null {
  const shown = /^bearer(?: (.*))?$/i.exec(header ?? '')
  return shown && (shown[1] ?? '').trim()
}

/**
 * An unsafe request of a browser must come from the portal's own pages. A client that is no browser sends neither header
 * and holds no one's cookies, so it passes; so does who shows a key, for then cookies do not count.
 */
export function demandSameOrigin(c: Context<HttpEnv>): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) || c.get('bearer') !== null) return
  const origin = c.req.header('origin')
  if (origin && origin !== c.get('origin')) throw foreign(origin)
  const site = c.req.header('sec-fetch-site')
  if (!origin && site && site !== 'same-origin' && site !== 'none') throw foreign(site)
}

const foreign = (origin: string) =>
  platformFailure('foreign-origin', {
    'zh-CN': `更改数据的请求必须来自本站页面，而此请求来自“${origin.slice(0, 100)}”。`,
    en: `A request that changes something must come from a page of this portal; this one came from "${origin.slice(0, 100)}".`,
  })

/** A sane request id of the caller is kept, so that one id runs through proxy, portal and log. */
export const isSaneRequestId = (id: string | undefined): id is string => id !== undefined && /^[\w.:-]{8,100}$/.test(id)
