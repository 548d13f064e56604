import { timingSafeEqual } from 'node:crypto'
import { keyedHash } from '#platform/server'
import { sessionCookie } from './account-library.ts'

/**
 * The token of a session in a header of cookies, as the account library signed it: `token.signature`, the signature by HMAC-SHA-256 in base64. Null
 * where there is none, or somebody else made it. The library's own way asks the database two questions more, with every
 * request of the portal.
 */
export function sessionToken(cookies: string, secret: string): string | null {
  const given = cookies
    .split(';')
    .map(one => one.trim())
    .find(one => one.startsWith(`${sessionCookie}=`))
    ?.slice(sessionCookie.length + 1)
  const signed = given && readable(given)
  if (!signed) return null
  const end = signed.lastIndexOf('.')
  const token = signed.slice(0, Math.max(0, end))
  const [shown, own] = [Buffer.from(signed.slice(end + 1)), Buffer.from(keyedHash(secret, token).toString('base64'))]
  return shown.length === own.length && timingSafeEqual(shown, own) && token !== '' ? token : null
}

/** Undefined: it is no text that was made for an address. */
function readable(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
