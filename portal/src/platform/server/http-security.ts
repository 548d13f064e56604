import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'

export const newNonce = (): string => randomBytes(16).toString('base64url')

/**
 * No page loads anything from elsewhere; scripts and style elements run by nonce only, style attributes not at all, and a text becomes
 * markup or script only through the policies of platform/web/page/trusted.ts and of the page's start. `development`: what Vite's client needs.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
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
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types start fettle default']),
  ].join('; ')
}

/** hsts: browsers are told to stay with https for a year, for hosts below this one too where it says so; null: the portal is not reached by https */
interface SecurityOptions {
  development: boolean
  hsts: { subdomains: boolean } | null
}

/** Headers of every answer. A 304 carries no policy: the browser keeps the one that fits the page it has stored. */
export function securityHeaders({ development, hsts }: SecurityOptions): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next()
    const headers = c.res.headers
    if (c.res.status !== 304 && !headers.has('content-security-policy')) {
      headers.set('content-security-policy', contentSecurityPolicy(c.get('nonce'), development))
    }
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'strict-origin-when-cross-origin')
    headers.set('x-frame-options', 'DENY')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=(), payment=()')
    if (hsts) headers.set('strict-transport-security', `max-age=31536000${hsts.subdomains ? '; includeSubDomains' : ''}`)
  }
}

/**
 * An unsafe request of a browser must come from the portal's own pages. A client that is no browser sends neither header
 * and holds no one's cookies, so it passes.
 */
export function demandSameOrigin(c: Context<HttpEnv>): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return
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
