import type { Context } from 'hono'
import type { Language, Problem } from '#platform/core'
import { fromDatabase } from './database-failures.ts'
import { Failure } from './errors.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import { pageShell } from './http-page-shell.ts'
import type { Log } from './log.ts'

/** Answers whatever was thrown: a Failure as its problem, everything else as 500 with nothing of its inside but the request id. */
export function answerFailure(c: Context<HttpEnv>, thrown: unknown, log: Log): Response {
  const failure = thrown instanceof Failure ? thrown : fromDatabase(thrown)
  const requestId = c.get('requestId')
  if (failure) c.set('failure', failure)
  if (!(thrown instanceof Failure)) {
    const level = failure && failure.status < 500 ? 'warn' : 'error'
    log[level]({ requestId, route: c.get('route'), error: thrown }, 'request failed')
  }
  return problemResponse(c, failure ?? platformFailure('internal'))
}

export function problemResponse(c: Context<HttpEnv>, failure: Failure): Response {
  const language = c.get('language')
  const problem = toProblem(failure, language, c.get('requestId'))
  const headers: Record<string, string> = { 'content-language': language, 'cache-control': 'no-store' }
  if (failure.status === 429 || failure.status === 503) headers['retry-after'] = String(failure.extensions?.retryAfter ?? 5)
  if (failure.status === 401 && c.req.path.startsWith('/api/')) headers['www-authenticate'] = challenge(failure)
  if (failure.status === 416) headers['content-range'] = `bytes */${failure.extensions?.bytes}`
  if (failure.status === 405) headers.allow = String(failure.extensions?.allow ?? '')
  if (wantsPage(c)) {
    const page = pageShell({
      language,
      nonce: c.get('nonce'),
      styles: c.get('styles'),
      title: problem.title,
      body: problemBody(problem),
    })
    return c.body(page, failure.status as 400, { ...headers, 'content-type': 'text/html; charset=utf-8' })
  }
  return c.body(JSON.stringify(problem), failure.status as 400, { ...headers, 'content-type': 'application/problem+json' })
}

/** How to say who one is (RFC 6750). A browser's session is none of the schemes it could name. */
const challenge = ({ type }: Failure): string =>
  type === 'key-refused' ? 'Bearer realm="fettle", error="invalid_token"' : 'Bearer realm="fettle"'

/** The failure as RFC 9457 says it, in the reader's language. */
export function toProblem(failure: Failure, language: Language, requestId: string): Problem {
  return {
    ...failure.extensions,
    type: `/problems/${failure.type}`,
    title: failure.title[language],
    status: failure.status,
    detail: failure.detail[language],
    ...(failure.remedy ? { remedy: failure.remedy[language] } : {}),
    requestId,
    ...(failure.errors
      ? {
          errors: failure.errors.map(({ message, remedy, ...rest }) => ({
            ...rest,
            message: message[language],
            ...(remedy ? { remedy: remedy[language] } : {}),
          })),
        }
      : {}),
  }
}

const wantsPage = (c: Context<HttpEnv>) =>
  !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.endsWith('.data')

function problemBody(problem: Problem): string {
  const words = [problem.detail, problem.remedy, ...(problem.errors ?? []).map(error => `${error.message} ${error.remedy ?? ''}`)]
  return `<p class="number">${problem.status}</p><h1>${escapeHtml(problem.title)}</h1>${words
    .filter(Boolean)
    .map(word => `<p>${escapeHtml(word!)}</p>`)
    .join('')}<p class="quiet">${escapeHtml(problem.requestId)}</p>`
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)
