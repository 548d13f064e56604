import type { Context } from 'hono'
import type { EventStream } from '#platform/core'
import type { Account } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import { accountTopic } from './live.ts'
import type { Platform } from './platform.ts'

/** A browser connects again after this, and shows again that it may. */
const streamMs = 10 * 60 * 1000
const heartbeatMs = 25_000
/** of one account in this process: a browser with very many windows, and then no script that opens more */
const mostStreams = 30
/** of pages of other sites that an account's keys have let in: many people look at them */
const mostEmbedded = 300
/** of all accounts in this process */
const mostStreamsInAll = 2000
/** bytes that wait for a reader; one who does not read is let go, and asks again when he does */
const mostWaiting = 64 * 1024

/** Answers one request with a stream of events, which ends with the session. */
export type AnswerStream = (c: Context<HttpEnv>, account: Account, stream: EventStream) => Response

/** The streams of this process. draining: they end, so that the server can close */
export function createStreams(platform: Platform, draining: AbortSignal): AnswerStream {
  const open = new Map<string, number>()
  return (c, { id, sessionId, via }, stream) => {
    const embedded = via.kind === 'embed'
    const whose = embedded ? `pages of ${id}` : id
    const count = open.get(whose) ?? 0
    const all = [...open.values()].reduce((sum, one) => sum + one, 0)
    if (all >= mostStreamsInAll) throw platformFailure('overloaded', undefined, { extensions: { retryAfter: 30 } })
    if (count >= (embedded ? mostEmbedded : mostStreams))
      throw platformFailure('rate-limited', tooManyStreams, { extensions: { retryAfter: 60 } })
    c.header('content-type', 'text/event-stream; charset=utf-8')
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no')
    if (c.req.method === 'HEAD') return c.body(null)
    open.set(whose, count + 1)
    platform.metrics.liveStream(1)
    const end = AbortSignal.any([
      draining,
      c.req.raw.signal,
      AbortSignal.timeout(embedded ? leftOf(via.until, platform.now()) : streamMs),
    ])
    const ended = new AbortController()
    const forget = platform.live.subscribe(accountTopic(id), one => {
      if (one === null || one === sessionId) ended.abort() // null: it may have been missed; who still may, comes again
    })
    const body = streamed(stream, AbortSignal.any([end, ended.signal]), () => {
      forget()
      platform.metrics.liveStream(-1)
      const left = open.get(whose)! - 1
      if (left > 0) open.set(whose, left)
      else open.delete(whose)
    })
    return c.body(body)
  }
}

/** ms for which a stream lasts that ends with a token at the latest */
const leftOf = (until: Date, now: Date): number => Math.min(streamMs, Math.max(0, until.getTime() - now.getTime()))

const tooManyStreams = {
  'zh-CN': '此账号打开的实时连接过多，请关闭一些页面。',
  en: 'This account has too many live connections open. Close some pages.',
}

const encoder = new TextEncoder()
const heartbeat = encoder.encode(': still here\n\n')

function streamed(stream: EventStream, end: AbortSignal, onEnd: () => void): ReadableStream<Uint8Array> {
  let stop = () => {}
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      let open = true
      let close = () => {}
      const send = (events: string | Uint8Array) => {
        if (!open) return
        if ((controller.desiredSize ?? 0) <= 0) return finish()
        controller.enqueue(typeof events === 'string' ? encoder.encode(events) : events)
      }
      const beat = setInterval(() => send(heartbeat), heartbeatMs)
      stop = () => {
        if (!open) return
        open = false
        clearInterval(beat)
        end.removeEventListener('abort', finish)
        close()
        onEnd()
      }
      const finish = () => {
        if (!open) return
        stop()
        controller.close()
      }
      send('retry: 3000\n\n')
      if (end.aborted) return finish()
      end.addEventListener('abort', finish, { once: true })
      close = stream.open({ send, end: finish })
      if (!open) close()
    },
    cancel: () => stop(),
  }
  return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }))
}
