import type { Hono } from 'hono'
import type { Access } from '#platform/core'
import { invalid } from './errors.ts'
import type { Account, ServerFeature } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import { demandAccess, demandAccount, type Permissions } from './http-routes.ts'
import { accountTopic } from './live.ts'
import type { Platform } from './platform.ts'

/** A browser connects again after this, and shows again that it may. */
const streamMs = 10 * 60 * 1000
const heartbeatMs = 25_000
/** of one account in this process: a browser with very many windows, and then no script that opens more */
const mostStreams = 30
/** of all accounts in this process */
const mostStreamsInAll = 1000
/** bytes that wait for a reader; one who does not read is let go, and asks again when he does */
const mostWaiting = 16 * 1024

/**
 * GET /api/v1/live?topics=leads,company:<id>: Server-Sent Events that say a topic and an id, never data. The id is null where
 * messages may have been missed: load anew then.
 * `company:<id>` is open to that company's people, though not to their API keys, since no scope says so; all other topics are declared by features with who may listen.
 */
export function mountLive(
  app: Hono<HttpEnv>,
  platform: Platform,
  features: readonly ServerFeature[],
  permissions: Permissions,
  draining: AbortSignal,
): void {
  const access = new Map<string, Access>(features.flatMap(feature => Object.entries(feature.topics ?? {})))
  const open = new Map<string, number>()
  app.get('/api/v1/live', async c => {
    c.set('route', '/api/v1/live')
    const topics = [...new Set((c.req.query('topics') ?? '').split(',').filter(Boolean))].slice(0, 20)
    const account = await c.get('account')()
    demandAccount(account)
    if (topics.length === 0) throw unknownTopic('')
    for (const topic of topics) {
      if (isOwnCompany(topic, account)) continue
      const demanded = access.get(topic)
      if (!demanded) throw unknownTopic(topic)
      demandAccess({ access: demanded }, account, permissions)
    }
    const { id, sessionId } = account
    const count = open.get(id) ?? 0
    const all = [...open.values()].reduce((sum, one) => sum + one, 0)
    if (all >= mostStreamsInAll) throw platformFailure('overloaded', undefined, { extensions: { retryAfter: 30 } })
    if (count >= mostStreams) throw platformFailure('rate-limited', tooManyStreams, { extensions: { retryAfter: 60 } })
    open.set(id, count + 1)
    platform.metrics.liveStream(1)
    const end = AbortSignal.any([draining, c.req.raw.signal, AbortSignal.timeout(streamMs)])
    const ended = new AbortController()
    const forget = platform.live.subscribe(accountTopic(id), one => {
      if (one === null || one === sessionId) ended.abort() // null: it may have been missed; who still may, comes again
    })
    const stream = eventStream(topics, platform, AbortSignal.any([end, ended.signal]), () => {
      forget()
      platform.metrics.liveStream(-1)
      const left = open.get(id)! - 1
      if (left > 0) open.set(id, left)
      else open.delete(id)
    })
    return c.body(stream, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
  })
}

const tooManyStreams = {
  'zh-CN': '此账号打开的实时连接过多，请关闭一些页面。',
  en: 'This account has too many live connections open. Close some pages.',
}

const isOwnCompany = (topic: string, { companyId, via }: Account) =>
  companyId !== null && via.kind === 'session' && topic === `company:${companyId}`

function eventStream(topics: string[], platform: Platform, end: AbortSignal, onEnd: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => {}
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      let open = true
      const send = (text: string) => {
        if (!open) return
        if ((controller.desiredSize ?? 0) <= 0) return finish()
        controller.enqueue(encoder.encode(text))
      }
      const subscriptions = topics.map(topic =>
        platform.live.subscribe(topic, id => send(`event: change\ndata: ${JSON.stringify({ topic, id })}\n\n`)),
      )
      const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs)
      stop = () => {
        if (!open) return
        open = false
        clearInterval(heartbeat)
        for (const unsubscribe of subscriptions) unsubscribe()
        onEnd()
      }
      const finish = () => {
        if (!open) return
        stop()
        controller.close()
      }
      send('retry: 3000\n\n')
      if (end.aborted) finish()
      else end.addEventListener('abort', finish, { once: true })
    },
    cancel: () => stop(),
  }
  return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }))
}

const unknownTopic = (topic: string) =>
  invalid([
    {
      field: 'query/topics',
      value: topic.slice(0, 80),
      message: { 'zh-CN': '没有此主题，或无权订阅。', en: 'There is no such topic, or it is not yours.' },
      remedy: { 'zh-CN': '请检查主题名称。', en: 'Check the name of the topic.' },
    },
  ])
