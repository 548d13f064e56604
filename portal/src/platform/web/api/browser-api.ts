import { type Api, createApi, languageOfPath, type Problem, ProblemError, type Send, translate } from '#platform/core'
import { sendFile } from './send-file.ts'

/**
 * The portal's API from the browser. A request that can be repeated safely (reading, or with an Idempotency-Key) is repeated
 * after a lost connection; where none comes back, the problem `/problems/offline` says so.
 */
export const api: Api = createApi((path, request) => send(path, request))

/** For a request that creates something: made once per intention and kept for its repetitions. */
export const newIdempotencyKey = (): string => {
  if ('randomUUID' in crypto) return crypto.randomUUID()
  // without TLS the browser has no randomUUID
  return Array.from((crypto as Crypto).getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}

const waits = [400, 1200, 3000]
const passing = [502, 503, 504]

const send: Send = async (path, { method, headers, body, file, signal }) => {
  const language = languageOfPath(location.pathname)
  const repeatable = method === 'GET' || 'idempotency-key' in headers
  for (let attempt = 0; ; attempt++) {
    const last = !repeatable || attempt >= waits.length
    try {
      const spoken = { ...headers, 'accept-language': language }
      const answer = file
        ? await sendFile(path, method, spoken, file)
        : await fetch(path, {
            method,
            headers: spoken,
            credentials: 'same-origin',
            ...(body === undefined ? {} : { body }),
            ...(signal ? { signal: signal as AbortSignal } : {}),
          })
      if (last || !passing.includes(answer.status)) return await readable(answer, language)
    } catch (error) {
      if (error instanceof ProblemError || file?.signal?.aborted || signal?.aborted) throw error
      if (last) throw new ProblemError(offline(language))
    }
    await new Promise(resolve => setTimeout(resolve, waits[attempt]))
  }
}

/** What stands between may answer with something else than a problem: a proxy's page, say. */
async function readable(answer: Response, language: 'zh-CN' | 'en') {
  if (answer.status < 400 || answer.headers.get('content-type')?.includes('json')) return answer
  throw new ProblemError({
    type: '/problems/unavailable',
    status: answer.status,
    title: translate(language, 'platform:problem.unavailableTitle'),
    detail: translate(language, 'platform:problem.unavailable'),
    remedy: translate(language, 'platform:problem.tryAgain'),
    requestId: answer.headers.get('x-request-id') ?? '',
  })
}

const offline = (language: 'zh-CN' | 'en'): Problem => ({
  type: '/problems/offline',
  status: 0,
  title: translate(language, 'platform:problem.offlineTitle'),
  detail: translate(language, 'platform:problem.offline'),
  remedy: translate(language, 'platform:problem.tryAgain'),
  requestId: '',
})
