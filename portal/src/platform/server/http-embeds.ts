import type { MiddlewareHandler } from 'hono'
import { embedPath } from '#platform/core'
import type { HttpEnv } from './http.ts'

const [data, files] = [`/api/v1${embedPath}`, embedPath]

/** Whether it is there for pages of other sites, by a token that one of them was given. */
export const isForOtherSites = (path: string): boolean => path.startsWith(data)

/**
 * Lets pages of other sites load what shows machines there, and read what it asks for. A browser is told yes whatever its page is, and
 * told so without cookies, which do not count there: what is answered depends on the token, and a token holds for the one site that it names.
 */
export const answerOtherSites: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const { path } = c.req
  if (isForOtherSites(path) && c.req.method === 'OPTIONS' && c.req.header('access-control-request-method')) {
    c.set('route', `${data}*`)
    return c.body(null, 204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization, last-event-id',
      'access-control-max-age': '7200',
    })
  }
  await next()
  if (isForOtherSites(path) || path.startsWith(files)) c.res.headers.set('access-control-allow-origin', '*')
}
