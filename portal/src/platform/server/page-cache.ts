import { createHash } from 'node:crypto'
import { fillGzip, fillPlain, type GzipTemplate, prepareTemplate } from './gzip-template.ts'
import { holdsTag } from './http-concurrency.ts'
import { newNonce } from './http-security.ts'

/** A public page as it is kept: its text with places for the nonce, which each answer has of its own. */
export interface KeptPage {
  template: GzipTemplate
  etag: string
  /** of every answer with it */
  headers: Record<string, string>
  /** template of its address, for log and metrics */
  route: string
  at: number
}

/** What a visitor who is not signed in asks for. */
export interface PageWish {
  /** visitors with the same key see the same page */
  key: string
  route: string
  nonce: string
  acceptEncoding: string | undefined
  ifNoneMatch: string | undefined
  render(nonce: string): Promise<Response>
  /** throws where this visitor may not have a page rendered */
  beforeRendering(): Promise<void>
}

const freshMs = 30_000
/** Under attack a page is shown as it was rather than rendered anew, as long as nothing on it has changed. */
const freshUnderAttackMs = 600_000
const most = 200

interface PageCacheOptions {
  note(result: 'hit' | 'renewed' | 'miss'): void
  /** whether the stricter mode under attack holds */
  strict(): boolean
}

export type PageCache = ReturnType<typeof pageCache>

/**
 * Public pages for visitors who are not signed in. A page says itself that it is the same for everybody by `cache-control: public`
 * and sets no cookie; nothing else is kept. An old page is answered at once and rendered anew behind it.
 */
export function pageCache({ note, strict }: PageCacheOptions) {
  const isOld = (page: KeptPage) => Date.now() - page.at > (strict() ? freshUnderAttackMs : freshMs)
  const pages = new Map<string, KeptPage>()
  const rendering = new Map<string, Promise<KeptPage | Response>>()
  let generation = 0

  /** Renders and keeps the page if it is the same for everybody and nothing has changed since. */
  async function renew({ key, route, render }: PageWish, nonce: string): Promise<KeptPage | Response> {
    const born = generation
    const response = await render(nonce)
    if (!isForEverybody(response)) return response
    const page = await toKept(response, nonce, route)
    if (born !== generation) return page
    pages.delete(key)
    pages.set(key, page)
    if (pages.size > most) pages.delete(pages.keys().next().value!)
    return page
  }

  function first(key: string, page: Promise<KeptPage | Response>): Promise<KeptPage | Response> {
    if (rendering.has(key)) return page
    rendering.set(key, page)
    return page.finally(() => rendering.delete(key))
  }

  return {
    /** Something a page shows has changed. */
    clear(): void {
      generation++
      pages.clear()
    },
    /** The page, where it is kept and needs no renewal: nothing has to be looked up or awaited to answer with it. */
    fresh(key: string): KeptPage | null {
      const known = pages.get(key)
      if (!known || isOld(known)) return null
      note('hit')
      return known
    },
    async answer(wish: PageWish): Promise<Response> {
      const known = pages.get(wish.key)
      if (known) {
        const old = isOld(known)
        note(old ? 'renewed' : 'hit')
        if (old) {
          known.at = Date.now() // one visitor renews it, not all who come meanwhile
          renew(wish, newNonce()).catch(() => {}) // rendering has logged it; visitors keep the page before
        }
        return answerKept(known, wish)
      }
      note('miss')
      await wish.beforeRendering()
      // who comes while the page is being made waits for it; what turns out not to be for everybody is made for each
      const begun = await rendering.get(wish.key)?.catch(() => null)
      if (begun && !(begun instanceof Response)) return answerKept(begun, wish)
      const page = await first(wish.key, renew(wish, wish.nonce))
      return page instanceof Response ? privately(page) : answerKept(page, wish)
    },
  }
}

/** The kept page for one visitor. more: headers beside the page's own */
export function answerKept(
  { template, etag, headers }: KeptPage,
  { nonce, acceptEncoding, ifNoneMatch }: Pick<PageWish, 'nonce' | 'acceptEncoding' | 'ifNoneMatch'>,
  more: Record<string, string> = {},
): Response {
  if (holdsTag(ifNoneMatch, etag)) return new Response(null, { status: 304, headers: { ...headers, ...more } })
  if (!takesGzip(acceptEncoding)) return new Response(fillPlain(template, nonce), { headers: { ...headers, ...more } })
  return new Response(fillGzip(template, nonce), { headers: { ...headers, ...more, 'content-encoding': 'gzip' } })
}

/** The answer for this one visitor: no cache keeps it, on the way or in the browser. */
export function privately(page: Response): Response {
  const answer = new Response(page.body, page)
  answer.headers.set('cache-control', 'private, no-store')
  return answer
}

/** Visitors without account share what is shown at an address, on one origin. */
export const pageKey = (origin: string, path: string): string => `${origin} ${path}`

/** Whether the parameters only tell where the visitor came from. query: without its question mark */
export const isOnlySource = (query: string): boolean =>
  query === '' || query.split('&').every(part => /^((utm_\w+|gclid|msclkid|bd_vid|qr)(=|$)|$)/.test(part))

const isForEverybody = ({ status, headers }: Response) =>
  status === 200 && (headers.get('cache-control')?.includes('public') ?? false) && headers.getSetCookie().length === 0

async function toKept(response: Response, nonce: string, route: string): Promise<KeptPage> {
  const pieces = (await response.text()).split(nonce)
  const etag = createHash('sha256').update(pieces.join('')).digest('base64url').slice(0, 22)
  return {
    template: await prepareTemplate(pieces, nonce.length),
    etag,
    headers: {
      ...Object.fromEntries(response.headers),
      etag: `W/"${etag}"`,
      'cache-control': 'private, no-cache',
      vary: 'Cookie, Accept-Encoding',
    },
    route,
    at: Date.now(),
  }
}

const takesGzip = (acceptEncoding = '') => /\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)
