import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { renderToPipeableStream } from 'react-dom/server'
import { createContext, type EntryContext, type HandleErrorFunction, RouterContextProvider, ServerRouter } from 'react-router'
import { languages, provideTexts } from '#platform/core'
import type { PageContext } from '#platform/server'
import { apiContext, languageContext, NonceContext, originContext, serverApi } from '#platform/web'
import { textsIn } from '../texts.ts'

for (const language of languages) provideTexts(language, textsIn(language))

const pageContext = createContext<PageContext>()

/** What loaders find in their context; called by the portal for each request. */
export function provideContext(request: Request, page: PageContext): RouterContextProvider {
  const { pathname, search } = new URL(request.url)
  const context = new RouterContextProvider()
  context.set(pageContext, page)
  context.set(apiContext, serverApi(page.send, page.language, `${pathname.replace(/\.data$/, '')}${search}`))
  context.set(languageContext, page.language)
  context.set(originContext, page.origin)
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
  const { nonce, onError } = context.get(pageContext)
  headers.set('Content-Type', 'text/html; charset=utf-8')
  if (request.method === 'HEAD') return Promise.resolve(new Response(null, { status, headers }))
  return new Promise((resolve, reject) => {
    const page = (
      <NonceContext value={nonce}>
        <ServerRouter context={entry} url={request.url} nonce={nonce} />
      </NonceContext>
    )
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        clearTimeout(impatience)
        const body = new PassThrough()
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }))
        pipe(body)
      },
      onShellError: reject,
      onError(error) {
        failed = true
        onError(error)
      },
    })
    let failed = false
    const impatience = setTimeout(() => abort(new Error('The page took longer than 10 s')), patienceMs)
  })
}

/** Loaders' failures; an answer they threw on purpose (a problem, a redirect) does not come here. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (!request.signal.aborted) (context as RouterContextProvider).get(pageContext).onError(error)
}
