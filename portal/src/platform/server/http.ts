import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { type Language, pathIn } from '#platform/core'
import type { Failure } from './errors.ts'
import type { Account, ServerFeature } from './feature.ts'
import { type AdmissionOptions, admission } from './http-admission.ts'
import { demandBoundedRequest, demandReadableUrl } from './http-bounds.ts'
import { giveHostCookies, takeHostCookies } from './http-cookies.ts'
import { answerOtherSites, isForOtherSites } from './http-embeds.ts'
import { platformFailure } from './http-failures.ts'
import { mountHealth } from './http-health.ts'
import { answerKeptPages } from './http-kept-pages.ts'
import { cookieLanguage, languageCookie, requestLanguage } from './http-language.ts'
import { createLimiter, type RateLimitKind, type RateLimitOptions } from './http-limits.ts'
import { mountLive } from './http-live.ts'
import { mountMetrics } from './http-metrics.ts'
import { mountFiles, mountPages, type Pages } from './http-pages.ts'
import { answerFailure } from './http-problems.ts'
import { mountReference } from './http-reference.ts'
import { mountRoutes, permissionsByRole, type SpendConfirmation } from './http-routes.ts'
import { bearerOf, demandSameOrigin, newNonce, securityHeaders } from './http-security.ts'
import { createStreams } from './http-streams.ts'
import { forwarded, requestIdOf, visitedOrigin } from './http-visitor.ts'
import { measureLoad } from './metrics-load.ts'
import { noteRequest } from './note-request.ts'
import { pageCache } from './page-cache.ts'
import type { Platform } from './platform.ts'
import type { TraceAttributes } from './tracing.ts'

/** What every handler finds in its Hono context. */
export interface HttpEnv {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    language: Language
    /** of this answer's Content-Security-Policy */
    nonce: string
    /** the pages' own style sheets, for the plain pages beside them */
    styles: readonly string[]
    /** origin the visitor used, without a slash at the end */
    origin: string
    /** remote address, for rate limits and audit only */
    address: string
    /** path template for the log; ids and tokens never appear there */
    route: string
    /** what the request failed by, as far as it was expected */
    failure?: Failure
    /** id of who asks, once he was looked up */
    accountId?: string
    /** what a call of the API shows instead of a cookie (RFC 6750): an API key; null: nothing. Whoever shows one comes without cookies. */
    bearer: string | null
    /** who asks; looked up once, when first wanted */
    account(): Promise<Account | null>
    /** Counts this request as one of that kind; throws the 429 failure. For raw routes: endpoints and pages are counted already. */
    limit(kind: RateLimitKind): Promise<void>
  }
}

interface HttpBindings {
  incoming?: { socket: { remoteAddress?: string | undefined }; complete?: boolean; rawHeaders?: string[] }
  /** during server rendering: the page's own request speaks for the visitor */
  within?: { address: string; account(): Promise<Account | null> }
}

/** How a request says whose it is. */
export interface Credentials {
  headers: { get(name: string): string | null | undefined }
  /** instead of a cookie, which then does not count; null: none */
  bearer: string | null
  /** remote address */
  address: string
}

export interface HttpOptions {
  /** Who sent the request; null for nobody. Throws for a key that does not hold. From the accounts feature. */
  resolveAccount(credentials: Credentials): Promise<Account | null>
  /** Spends second confirmations. From the accounts feature. */
  confirm?: SpendConfirmation
  /** The portal's pages; absent where only the API is wanted. */
  pages?: Pages
  /** Where they differ from the table in http-limits.ts. null: none */
  rateLimits?: RateLimitOptions
  admission?: AdmissionOptions
  /** Pages come from Vite's development server. */
  development?: boolean
  /** An operation that has not left in the audit log what it says it leaves is an error (tests, development). */
  demandTraces?: boolean
}

export interface Http {
  app: Hono<HttpEnv>
  /** Reports not ready from now on and ends the open event streams, so that the server can close. */
  drain(): void
  /** requests being worked on in this process, and how many ms its event loop is late */
  load(): { requests: number; lateMs: number }
}

/** The portal's whole HTTP side: API, its reference, health, event stream, pages. */
export function createHttp(platform: Platform, features: readonly ServerFeature[], options: HttpOptions): Http {
  const app = new Hono<HttpEnv>()
  const draining = new AbortController()
  const { publicUrl, hstsSubdomains } = platform.config
  const hsts = publicUrl.startsWith('https:') ? { subdomains: hstsSubdomains } : null
  const security = { development: options.development ?? false, hsts }
  const { attackMode } = platform
  const cache = pageCache({ note: platform.metrics.pageCache, strict: attackMode.strict })
  const limiter = createLimiter(platform, options.rateLimits)
  const admitted = admission(options.admission)
  const unwatch = attackMode.watch(admitted.load)
  measureLoad(platform.metrics, admitted.load)

  app.use(answerKeptPages(cache, platform, security))
  app.use(async (c, next) => {
    const started = performance.now()
    prepare(c, platform, options)
    c.set('limit', kind => limiter.count(c, kind))
    await tracedRequest(platform, c, next)
    giveHostCookies(c)
    const [requestId, route] = [c.get('requestId'), c.get('route')]
    c.res.headers.set('x-request-id', requestId)
    const { status } = c.res
    if ((status === 429 || status === 503) && !c.env?.within) attackMode.note({ refusedFrom: c.get('address') })
    const ms = performance.now() - started
    noteRequest(platform, {
      requestId,
      method: c.req.method,
      route,
      status,
      ms,
      within: c.env?.within !== undefined,
      failure: c.get('failure'),
      account: c.get('accountId'),
      address: c.get('address'),
    })
  })
  app.use(securityHeaders(security))
  app.use(compress())
  app.use(async (c, next) => {
    demandBoundedRequest(c.req.raw.url, c.env?.incoming)
    demandReadableUrl(c.req.raw.url)
    demandSameOrigin(c)
    await next()
  })
  app.use(answerOtherSites)
  app.use(rememberLanguage(platform))
  platform.languages.onChange(() => cache.clear())

  mountHealth(app, platform, draining.signal)
  mountMetrics(app, platform)
  mountFiles(app, options)
  app.use(admitted.middleware)
  app.use(async (c, next) => {
    if (!isPage(c)) await limiter.count(c, 'any') // pages are counted when they have to be rendered
    await next()
  })
  const answerStream = createStreams(platform, draining.signal)
  const { confirm, demandTraces = false } = options
  mountRoutes(app, platform, features, { limiter, demandTraces, confirm, answerStream })
  mountLive(app, platform, features, permissionsByRole(features), answerStream)
  mountReference(app, features)
  for (const feature of features) feature.mount?.(app, platform)
  app.all('/api/*', () => {
    throw platformFailure('not-found', { 'zh-CN': 'API 没有此地址。', en: 'The API has no such address.' }, toReference)
  })
  mountPages(app, platform, cache, options)

  app.onError((error, c) => answerFailure(c, error, platform.log))
  app.notFound(c => answerFailure(c, platformFailure('not-found'), platform.log))
  return {
    app,
    load: admitted.load,
    drain() {
      draining.abort()
      unwatch()
      admitted.close()
    },
  }
}

const toReference = {
  remedy: { 'zh-CN': '请查看 /api/docs 中的地址。', en: 'See /api/docs for the addresses there are.' },
}

type HttpContext = import('hono').Context<HttpEnv>

function prepare(c: HttpContext, platform: Platform, options: HttpOptions): void {
  const { config } = platform
  const url = new URL(c.req.url)
  const header = (name: string) => c.req.header(name)
  c.set('requestId', requestIdOf(header, platform.newId))
  c.set('nonce', newNonce())
  c.set('origin', visitedOrigin({ config, header, own: `${url.protocol}//${url.host}` }))
  takeHostCookies(c)
  c.set('language', requestLanguage(url, c.req.raw.headers, platform.languages.offered()))
  c.set('address', c.env?.within?.address ?? forwarded(config, header, 'for') ?? c.env?.incoming?.socket.remoteAddress ?? 'local')
  c.set('route', '-')
  c.set('styles', options.pages?.styles ?? [])
  c.set('bearer', isPage(c) ? null : bearerOf(c.req.header('authorization')))
  const credentials = { headers: c.req.raw.headers, bearer: c.get('bearer'), address: c.get('address') }
  let account: Promise<Account | null> | undefined
  const resolve = async () => {
    const found = await options.resolveAccount(credentials)
    if (found?.via.kind === 'embed' && !isForOtherSites(c.req.path)) throw platformFailure('not-for-embeds')
    if (found) c.set('accountId', found.id)
    return found
  }
  c.set('account', c.env?.within?.account ?? (() => (account ??= resolve())))
}

/** The route of an address that does not exist is a stranger's own words. */
async function tracedRequest(platform: Platform, c: HttpContext, next: () => Promise<void>): Promise<void> {
  if (!platform.tracing) return next()
  const { method } = c.req
  const work = async (note: (name: string, attributes: TraceAttributes) => void) => {
    await next()
    const { status } = c.res
    const route = status >= 400 && !c.get('route').startsWith('/api/v1/') ? 'other' : c.get('route')
    note(`${method} ${route}`, { 'http.route': route, 'http.response.status_code': status })
  }
  await platform.tracing.span(method, { 'http.request.method': method }, work, c.req.header('traceparent'))
}

// `?lang=en` on a page is the language switch: it keeps the choice and leads to that language's address.
// The bare address of the portal follows the last choice; every other page is in the language its address says.
const rememberLanguage =
  ({ languages }: Platform): import('hono').MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const url = new URL(c.req.url)
    if (c.req.method === 'GET' && isPage(c)) {
      const switched = url.searchParams.has('lang')
      const remembered = url.pathname === '/' && languages.offered().length > 1 && cookieLanguage(c.req.header('cookie') ?? null)
      const chosen = switched ? c.get('language') : remembered
      url.searchParams.delete('lang')
      const target = chosen && pathIn(chosen, `${url.pathname}${url.search}`)
      if (target && (switched || target !== `${url.pathname}${url.search}`)) {
        if (switched) c.header('set-cookie', languageCookie(chosen))
        c.header('cache-control', 'no-store')
        return c.redirect(target, 302)
      }
    }
    return next()
  }

const isPage = (c: HttpContext) => !/^\/(api|problems)(\/|$)/.test(c.req.path)
