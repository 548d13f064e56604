import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { compressPieces, type GzipPieces, joinGzip } from './gzip-pieces.ts'
import type { HttpEnv } from './http.ts'
import { isUnchanged } from './http-concurrency.ts'
import { newNonce } from './http-security.ts'

interface Stored {
  /** text around the nonce */
  pieces: GzipPieces
  etag: string
  headers: [string, string][]
  at: number
}

const freshMs = 30_000
const most = 200

/**
 * Public pages for visitors who are not signed in, kept as text in which each answer gets its own nonce. A page says itself that it
 * is the same for everybody by `cache-control: public`; nothing else is kept. An old page is answered at once and rendered anew behind it.
 */
export function pageCache(note: (result: 'hit' | 'renewed' | 'miss') => void = () => {}) {
  const pages = new Map<string, Stored>()
  const rendering = new Map<string, Promise<Stored | Response>>()
  let generation = 0

  /** Renders and keeps the page if it is the same for everybody and nothing has changed since. */
  async function renew(key: string, nonce: string, render: Render): Promise<Stored | Response> {
    const born = generation
    const response = await render(nonce)
    if (response.status !== 200 || !response.headers.get('cache-control')?.includes('public')) return response
    const page = await toStored(response, nonce)
    if (born !== generation) return page
    pages.delete(key)
    pages.set(key, page)
    if (pages.size > most) pages.delete(pages.keys().next().value!)
    return page
  }

  return {
    /** Something a page shows has changed. */
    clear(): void {
      generation++
      pages.clear()
    },
    /** beforeRendering: throws where this visitor may not have a page rendered */
    async answer(c: Context<HttpEnv>, key: string, render: Render, beforeRendering: () => Promise<void>): Promise<Response> {
      const known = pages.get(key)
      if (known) {
        const old = Date.now() - known.at > freshMs
        note(old ? 'renewed' : 'hit')
        if (old) {
          known.at = Date.now() // one visitor renews it, not all who come meanwhile
          renew(key, newNonce(), render).catch(() => {}) // rendering has logged it; visitors keep the page before
        }
        return answerStored(c, known)
      }
      note('miss')
      await beforeRendering()
      // who comes while the page is being made waits for it; what turns out not to be for everybody is made for each
      const begun = await rendering.get(key)?.catch(() => null)
      if (begun && !(begun instanceof Response)) return answerStored(c, begun)
      const page = await first(key, renew(key, c.get('nonce'), render))
      return page instanceof Response ? privately(page) : answerStored(c, page)
    },
  }

  function first(key: string, page: Promise<Stored | Response>): Promise<Stored | Response> {
    if (rendering.has(key)) return page
    rendering.set(key, page)
    return page.finally(() => rendering.delete(key))
  }
}

type Render = (nonce: string) => Promise<Response>

/** The answer for this one visitor: no cache between keeps it. */
export function privately(page: Response): Response {
  const answer = new Response(page.body, page)
  answer.headers.set('cache-control', 'private, no-cache')
  return answer
}

async function toStored(response: Response, nonce: string): Promise<Stored> {
  const parts = (await response.text()).split(nonce)
  return {
    pieces: await compressPieces(parts),
    etag: createHash('sha256').update(parts.join('')).digest('base64url').slice(0, 22),
    headers: [...response.headers].filter(([name]) => name !== 'cache-control'),
    at: Date.now(),
  }
}

function answerStored(c: Context<HttpEnv>, { pieces, etag, headers }: Stored): Response {
  const answer = new Headers([
    ...headers,
    ['etag', `W/"${etag}"`],
    ['cache-control', 'private, no-cache'],
    ['vary', 'Cookie, Accept-Encoding'],
  ])
  if (isUnchanged(c, etag)) return new Response(null, { status: 304, headers: answer })
  const nonce = c.get('nonce')
  if (!takesGzip(c)) return new Response(pieces.plain.map(String).join(nonce), { headers: answer })
  answer.set('content-encoding', 'gzip')
  return new Response(joinGzip(pieces, nonce), { headers: answer })
}

const takesGzip = (c: Context<HttpEnv>) => /\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('accept-encoding') ?? '')
