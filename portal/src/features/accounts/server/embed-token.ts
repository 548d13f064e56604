import { z } from 'zod'
import type { Account, Platform } from '#platform/server'
import { findKey } from './api-key-use.ts'
import { keyRefused } from './failures.ts'

const prefix = 'fettle_embed_'
const context = 'api_key.embed'

const claims = z.object({
  /** id of the key that has given it */
  key: z.string(),
  /** of the one site whose pages may show it */
  origin: z.string(),
  /** milliseconds since 1970 */
  until: z.number(),
  only: z.array(z.string()).nullable(),
})

interface Wish {
  /** of the site: https://intranet.example.com */
  origin: string
  /** ids of what it is about; null: all that the owner of the key sees */
  only: readonly string[] | null
  minutes: number
}

/**
 * Gives a page of another site a token for a few minutes, in the name of the owner of a key. Nothing of it is kept: what it says is sealed
 * in it, and it holds while the key does. account: who came by the key
 */
export async function makeEmbedToken(
  platform: Platform,
  account: Account,
  { origin, only, minutes }: Wish,
): Promise<{ token: string; until: Date }> {
  const key = account.via.kind === 'api-key' ? await findKey(platform, { id: account.sessionId }) : null
  if (!key) throw keyRefused()
  const until = Math.min(platform.now().getTime() + minutes * 60_000, key.expiresAt.getTime())
  const said: z.input<typeof claims> = { key: key.id, origin, until, only: only && [...only] }
  return { token: `${prefix}${await platform.vault.seal(JSON.stringify(said), context)}`, until: new Date(until) }
}

/** Whether a text is meant as such a token. */
export const isEmbedToken = (text: string): boolean => text.startsWith(prefix)

/**
 * Who comes by such a token: the owner of the key that gave it, as far as it goes. Throws key-refused for one that is none, is over, comes
 * from a page of another site than the one it was given to, or whose key has ended. origin: of the page, as its browser says
 */
export async function accountByEmbedToken(
  platform: Platform,
  token: string,
  origin: string | null | undefined,
): Promise<Account> {
  const said = await readClaims(platform, token)
  if (!said || said.until <= platform.now().getTime() || said.origin !== origin) throw keyRefused()
  const key = await findKey(platform, { id: said.key })
  if (!key) throw keyRefused()
  const via = { kind: 'embed', scopes: key.scopes, only: said.only, until: new Date(said.until) } as const
  return { ...key.owner, via, sessionId: key.id }
}

async function readClaims({ vault }: Platform, token: string) {
  try {
    return claims.parse(JSON.parse(await vault.open(token.slice(prefix.length), context)))
  } catch {
    return null // not sealed by this portal, or changed since
  }
}
