import { readdirSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Hono } from 'hono'
import { type Language, languageOfPath, pathIn, type Send } from '#platform/core'
import { boundedQueue } from './bounded-queue.ts'
import type { HttpEnv, HttpOptions } from './http.ts'
import { platformFailure } from './http-failures.ts'
import { measureQueues } from './metrics-load.ts'
import { isOnlySource, type PageCache, pageKey, privately } from './page-cache.ts'
import type { Platform } from './platform.ts'

/** The portal's pages as a function of the request, and the files they load. */
export interface Pages {
  render(request: Request, page: PageContext): Promise<Response>
  /** folder of built files; null where a development server before the portal serves them */
  assets: string | null
  /** addresses of the style sheets every page has */
  styles?: readonly string[]
}

export interface PageContext {
  language: Language
  nonce: string
  origin: string
  /** the portal is a demo, and every page says so */
  demo: boolean
  /** those the portal speaks */
  languages: readonly Language[]
  /** calls the API in process, under the visitor's name */
  send: Send
  /** told of what failed during rendering */
  onError(error: unknown): void
}

/** Files of the built pages. */
export function mountFiles(app: Hono<HttpEnv>, options: HttpOptions): void {
  if (options.pages?.assets) mountAssets(app, options.pages.assets)
}

/** Every other address as a page. */
export function mountPages(app: Hono<HttpEnv>, platform: Platform, cache: PageCache, options: HttpOptions): void {
  const { pages } = options
  if (!pages) return
  const everybody = boundedQueue({ atOnce: 8, waiting: 100 })
  const strangersUnderAttack = boundedQueue({ atOnce: 2, waiting: 20 })
  measureQueues(platform.metrics, { pages: everybody, 'pages under attack': strangersUnderAttack })
  platform.live.subscribe('pages', () => cache.clear())

  app.all('*', async c => {
    const route = pageTemplate(c.req.path)
    c.set('route', route)
    if (!['GET', 'HEAD'].includes(c.req.method)) throw onlyRead(c.req.method)
    const elsewhere = offeredAddress(c)
    if (elsewhere) {
      c.header('cache-control', 'no-store')
      return c.redirect(elsewhere, 302)
    }
    const context = pageContext(app, c, platform)
    const stranger = !(await c.get('account')())
    const queue = stranger && platform.attackMode.strict() ? strangersUnderAttack : everybody
    const renderAs = (request: Request) => (nonce: string) => queue.run(() => pages.render(request, { ...context, nonce }))
    const count = () => c.get('limit')(isData(c.req.path) ? 'read' : 'page')
    const nonce = c.get('nonce')
    if (stranger && mayBeKept(c)) {
      return cache.answer({
        key: pageKey(c.get('origin'), c.req.path),
        route,
        nonce,
        acceptEncoding: c.req.header('accept-encoding'),
        ifNoneMatch: c.req.header('if-none-match'),
        render: renderAs(withoutQuery(c.req.raw)),
        beforeRendering: count,
      })
    }
    await count()
    return privately(await renderAs(c.req.raw)(nonce))
  })
}

/** The same page in the language the portal speaks, where it does not speak that of the address. */
function offeredAddress(c: Context<HttpEnv>): string | null {
  const language = c.get('language')
  if (isData(c.req.path) || languageOfPath(c.req.path) === language) return null
  return pathIn(language, `${c.req.path}${new URL(c.req.url).search}`)
}

/** TRACE too, which would echo what a request carries. */
const onlyRead = (method: string) =>
  platformFailure(
    'method-not-allowed',
    { 'zh-CN': `页面支持 GET 和 HEAD，不支持 ${method}。`, en: `Pages take GET and HEAD, not ${method}.` },
    { extensions: { allow: 'GET, HEAD' } },
  )

function pageContext(app: Hono<HttpEnv>, c: Context<HttpEnv>, platform: Platform): Omit<PageContext, 'nonce'> {
  const requestId = c.get('requestId')
  const language = c.get('language')
  const within = { address: c.get('address'), account: c.get('account') }
  return {
    language,
    origin: c.get('origin'),
    demo: platform.config.mode === 'demo',
    languages: platform.languages.offered(),
    send: async (path, { method, headers, body }) => {
      const cookie = c.req.header('cookie')
      const request = new Request(`${c.get('origin')}${path}`, {
        method,
        headers: { ...headers, 'accept-language': language, 'x-request-id': requestId, ...(cookie ? { cookie } : {}) },
        ...(body === undefined ? {} : { body }),
      })
      return app.request(request, undefined, { within })
    },
    onError: error => platform.log.error({ requestId, route: c.get('route'), error }, 'page failed'),
  }
}

/** What a page of the application fetches, not a page. */
const isData = (path: string) => path.endsWith('.data') || path === '/__manifest'

/** Without an account, and where the page itself agrees. */
const mayBeKept = (c: Context<HttpEnv>) =>
  c.req.method === 'GET' && !isData(c.req.path) && isOnlySource(new URL(c.req.url).search.slice(1))

/** What is kept for everybody holds nothing of how one visitor came. */
const withoutQuery = (request: Request) =>
  request.url.includes('?') ? new Request(request.url.replace(/\?.*/s, ''), request) : request

// Of a page's address only the first word is logged: what follows may be a secret link.
function pageTemplate(path: string): string {
  const [, en = '', first = '/'] = /^(\/en(?![\w.-]))?(\/[\w.-]*)?/.exec(path)!
  return `page ${en}${first}`
}

function mountAssets(app: Hono<HttpEnv>, folder: string): void {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
      .map(entry => `${entry.parentPath}/${entry.name}`.slice(folder.length).replaceAll('\\', '/'))
      .filter(path => !path.startsWith('/.')),
  )
  const serve = serveStatic<HttpEnv>({ root: folder, precompressed: true })
  app.get('*', async (c, next) => {
    if (!files.has(c.req.path)) return next()
    c.set('route', 'asset')
    const hashed = c.req.path.startsWith('/assets/')
    c.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    return serve(c, next)
  })
  app.get('/assets/*', c => {
    c.set('route', 'asset')
    return c.notFound()
  })
}
