import type { Context, MiddlewareHandler } from 'hono'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'

export interface AdmissionOptions {
  /** requests this process works on at the same time; more are told to come again. Default 200 */
  mostAtOnce?: number
  /** ms from the last byte of the request to the first of the answer. Default 60,000 */
  answerWithinMs?: number
}

export interface Admission {
  middleware: MiddlewareHandler<HttpEnv>
  /** requests being worked on, and by how many ms the event loop is late (a decaying maximum) */
  load(): { requests: number; lateMs: number }
  close(): void
}

const sampleMs = 250
/** Beyond this the process is out of breath: it takes no more than a few requests until it has caught up. */
const lateLimitMs = 500
const mostWhenLate = 50

/**
 * Answers 503 with Retry-After at once instead of queueing for ever, and stops waiting for an answer that takes too long.
 * What a page asks of the API while it is rendered belongs to the page and is let through: refusing it would waste the work begun.
 */
export function admission({ mostAtOnce = 200, answerWithinMs = 60_000 }: AdmissionOptions = {}): Admission {
  let requests = 0
  let lateMs = 0
  let expected = performance.now() + sampleMs
  const sampling = setInterval(() => {
    const now = performance.now()
    lateMs = Math.max(now - expected, lateMs / 2)
    expected = now + sampleMs
  }, sampleMs).unref()

  return {
    load: () => ({ requests, lateMs: Math.round(lateMs) }),
    close: () => clearInterval(sampling),
    async middleware(c, next) {
      if (c.env?.within) return next()
      if (requests >= mostAtOnce || (lateMs > lateLimitMs && requests >= mostWhenLate)) {
        throw platformFailure('overloaded', undefined, { extensions: { retryAfter: 2 } })
      }
      requests++
      const limit = timeLimit(c, answerWithinMs)
      try {
        await Promise.race([next(), limit.passed])
      } finally {
        limit.clear()
        requests--
      }
    },
  }
}

/** Fails when the time is over; does not run while the body is still on its way, which the connection's own limits bound. */
function timeLimit(c: Context<HttpEnv>, ms: number) {
  let timer: NodeJS.Timeout
  const passed = new Promise<never>((_, reject) => {
    const wait = () => {
      timer = setTimeout(() => (c.env?.incoming?.complete === false ? wait() : reject(platformFailure('timed-out'))), ms)
    }
    wait()
  })
  passed.catch(() => {}) // nobody may be listening any more
  return { passed, clear: () => clearTimeout(timer) }
}
