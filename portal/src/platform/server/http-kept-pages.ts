import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http.ts'
import { isBoundedRequest } from './http-bounds.ts'
import { holdsTag } from './http-concurrency.ts'
import { newNonce, type SecurityOptions, securityHeadersOf } from './http-security.ts'
import { requestIdOf, visitedOrigin } from './http-visitor.ts'
import { noteRequest } from './note-request.ts'
import { answerKept, isOnlySource, type PageCache, pageKey } from './page-cache.ts'
import type { Platform } from './platform.ts'

/**
 * Answers a kept page before anything else is done for the request: nobody is looked up, nothing is counted, awaited or compressed.
 * What could make the answer another one goes the long way, which answers from the same cache: credentials, a cookie beside that of the
 * language, a parameter that means something. So does everything while traces are wanted: there each request is a span.
 */
export function answerKeptPages(cache: PageCache, platform: Platform, options: SecurityOptions): MiddlewareHandler<HttpEnv> {
  const headersFor = securityHeadersOf(options)
  return async ({ req: { raw }, env }, next) => {
    const started = performance.now()
    const { method, url } = raw
    if ((method !== 'GET' && method !== 'HEAD') || platform.tracing || env?.within) return next()
    const header = (name: string) => raw.headers.get(name) ?? undefined
    const { origin, path, query } = partsOf(url)
    if (!isOnlySource(query) || header('authorization') || !isNobodys(header('cookie'), path)) return next()
    const kept = cache.fresh(pageKey(visitedOrigin({ config: platform.config, header, own: origin }), path))
    if (!kept || !isBoundedRequest(url, env?.incoming)) return next()

    const requestId = requestIdOf(header, platform.newId)
    const nonce = newNonce()
    const ifNoneMatch = header('if-none-match')
    const wish = { nonce, ifNoneMatch, acceptEncoding: header('accept-encoding') }
    const answer = answerKept(kept, wish, {
      ...headersFor(holdsTag(ifNoneMatch, kept.etag) ? null : nonce),
      'x-request-id': requestId,
    })
    noteRequest(platform, { requestId, method, route: kept.route, status: answer.status, ms: performance.now() - started })
    return answer
  }
}

function partsOf(url: string): { origin: string; path: string; query: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.indexOf('?', start)
  const path = end < 0 ? url.slice(start) : url.slice(start, end)
  return { origin: url.slice(0, start), path, query: end < 0 ? '' : url.slice(end + 1) }
}

/** Nobody can be signed in with these; where the choice of language leads elsewhere, that is not decided here. */
const isNobodys = (cookie: string | undefined, path: string) =>
  cookie === undefined || (path !== '/' && /^(__Host-)?lang=[\w-]*$/.test(cookie))
