import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ReactNode } from 'react'
import { preloadModule } from 'react-dom'
import { renderToPipeableStream } from 'react-dom/server'
import {
  createContext,
  type EntryContext,
  type HandleErrorFunction,
  isRouteErrorResponse,
  RouterContextProvider,
  ServerRouter,
} from 'react-router'
import { languages, provideLanguages, provideTexts } from '#platform/core'
import type { PageContext } from '#platform/server'
import {
  apiContext,
  demoContext,
  languageContext,
  NonceContext,
  originContext,
  problemOf,
  serverApi,
  stillPage,
} from '#platform/web'
import { textsIn } from '../texts.ts'

for (const language of languages) provideTexts(language, textsIn(language))

/** preload: addresses of modules the browser will want */
export type RenderContext = PageContext & { preload?: string[] }

const pageContext = createContext<RenderContext>()

/** What loaders find in their context; called by the portal for each request. */
export function provideContext(request: Request, page: RenderContext): RouterContextProvider {
  provideLanguages(page.languages)
  const { pathname, search } = new URL(request.url)
  const context = new RouterContextProvider()
  context.set(pageContext, page)
  context.set(apiContext, serverApi(page.send, page.language, `${pathname.replace(/\.data$/, '')}${search}`))
  context.set(languageContext, page.language)
  context.set(originContext, page.origin)
  context.set(demoContext, page.demo)
  return context
}

const patienceMs = 10_000

/** Renders the whole page before the first byte leaves: its status is right, and it can be kept. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, preload = [], onError } = context.get(pageContext)
  const { matches } = entry.staticHandlerContext
  const still = matches.some(({ route }) => entry.routeModules[route.id]?.handle === stillPage)
  headers.set('Content-Type', 'text/html; charset=utf-8')
  if (request.method === 'HEAD') return Promise.resolve(new Response(null, { status, headers }))
  const page = (
    <NonceContext value={nonce}>
      <Preload modules={still ? [] : preload} nonce={nonce}>
        <ServerRouter context={entry} url={request.url} nonce={nonce} />
      </Preload>
    </NonceContext>
  )
  return new Promise((resolve, reject) => {
    let failed = false
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        clearTimeout(impatience)
        const body = new PassThrough()
        text(body).then(
          html => resolve(new Response(paintFirst(html, nonce), { headers, status: failed ? 500 : status })),
          reject,
        )
        pipe(body)
      },
      onShellError: reject,
      onError(error) {
        failed = true
        if (statusOf(error) >= 500) onError(error) // a boundary may hand an expected answer on to the next
      },
    })
    const impatience = setTimeout(() => abort(new Error('The page took longer than 10 s')), patienceMs)
  })
}

/**
 * The page is complete without its scripts: they are fetched and run once it has been painted, so that on a slow line or phone nothing
 * stands between the visitor and what he wants to see. A page nobody looks at yet paints nothing and does not wait.
 */
function paintFirst(html: string, nonce: string): string {
  if (import.meta.env.DEV || !html.includes('<link rel="modulepreload" ')) return html
  return html
    .replaceAll('<link rel="modulepreload" ', '<link rel="modulepreload" fetchpriority="low" media="not all" ')
    .replaceAll(/<script([^>]*) type="module" async="">/g, '<script$1 type="later/module">')
    .replace('</body>', () => `<script nonce="${nonce}">${afterPaint}</script></body>`)
}

// Scripts take the place of those that waited, and this one goes: the page is then as React made it. Only what came with the page's
// nonce is started; the policy (Trusted Types) is made once and stays in here.
const afterPaint = `(() => {
  const own = document.currentScript, { nonce } = own
  const policy = window.trustedTypes?.createPolicy('start', { createScript: text => text })
  let gone = false
  const go = () => {
    if (gone) return
    gone = true
    document.querySelectorAll('link[rel=modulepreload][media]').forEach(link => link.removeAttribute('media'))
    document.querySelectorAll('script[type="later/module"]').forEach(waiting => {
      if (waiting.nonce !== nonce) return
      const script = document.createElement('script')
      Object.assign(script, { type: 'module', nonce, text: policy ? policy.createScript(waiting.text) : waiting.text })
      waiting.replaceWith(script)
    })
  }
  own.remove()
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(go))
  else go()
  setTimeout(go, 1000)
})()`

/** Loaders' failures; an answer they threw on purpose (a problem, a redirect) does not come here. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (statusOf(error) >= 500 && !request.signal.aborted) (context as RouterContextProvider).get(pageContext).onError(error)
}

const statusOf = (error: unknown) => problemOf(error)?.status ?? (isRouteErrorResponse(error) ? error.status : 500)

/**
 * What the browser's entry imports once it runs, so that it is there by then: the texts of the page's language.
 * Around the page, not beside it: a sibling would change the ids that server and browser must agree on.
 */
function Preload({ modules, nonce, children }: { modules: string[]; nonce: string; children: ReactNode }) {
  for (const href of modules) preloadModule(href, { as: 'script', nonce })
  return children
}
