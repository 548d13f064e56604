import type { Context } from 'hono'
import type { HttpEnv } from './http.ts'

/** Browsers take and send such a cookie by https only, for this host alone and for all of it (RFC 6265bis 4.1.3.2). */
const prefix = '__Host-'

/**
 * By https every cookie of the portal bears the prefix, so that no sister domain and no page by plain HTTP can have set it. What comes
 * without it is somebody else's and stays unseen; behind this the portal knows its cookies by their bare names.
 */
export function takeHostCookies(c: Context<HttpEnv>): void {
  const given = c.req.header('cookie')
  if (given !== undefined && byHttps(c)) c.req.raw.headers.set('cookie', ownCookies(given))
}

/** The cookies of the answer under the prefix, and Secure. */
export function giveHostCookies(c: Context<HttpEnv>): void {
  const given = byHttps(c) ? c.res.headers.getSetCookie() : []
  if (given.length === 0) return
  c.res.headers.delete('set-cookie')
  for (const cookie of given) c.res.headers.append('set-cookie', hostCookie(cookie))
}

/** A page's own calls while it is rendered know the bare names already. */
const byHttps = (c: Context<HttpEnv>): boolean => !c.env?.within && c.get('origin').startsWith('https:')

/** The cookies of a request that bear the prefix, without it. */
const ownCookies = (header: string): string =>
  header
    .split(';')
    .map(one => one.trim())
    .filter(one => one.startsWith(prefix))
    .map(one => one.slice(prefix.length))
    .join('; ')

/** A Set-Cookie header under the prefix. Throws where its path is not the whole host: browsers would drop it without a word. */
function hostCookie(cookie: string): string {
  const name = cookie.slice(0, cookie.indexOf('='))
  if (!/; ?Path=\/(;|$)/i.test(cookie) || /; ?Domain=/i.test(cookie))
    throw new Error(`The cookie ${name} is not for the whole host alone`)
  return `${prefix}${cookie}${/; ?Secure(;|$)/i.test(cookie) ? '' : '; Secure'}`
}
