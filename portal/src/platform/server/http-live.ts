import type { Hono } from 'hono'
import type { Access } from '#platform/core'
import { invalid } from './errors.ts'
import type { Account, ServerFeature } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { demandAccess, demandAccount, type Permissions } from './http-routes.ts'
import type { AnswerStream } from './http-streams.ts'
import type { Platform } from './platform.ts'

/**
 * GET /api/v1/live?topics=leads,company:<id>: Server-Sent Events that say a topic and an id, never data. The id is null where
 * messages may have been missed: load anew then.
 * `company:<id>` is open to that company's people and `person:<id>` to that person, though not to their API keys, since no scope says so; all other topics are
 * declared by features with who may listen.
 */
export function mountLive(
  app: Hono<HttpEnv>,
  platform: Platform,
  features: readonly ServerFeature[],
  permissions: Permissions,
  answerStream: AnswerStream,
): void {
  const access = new Map<string, Access>(features.flatMap(feature => Object.entries(feature.topics ?? {})))
  app.get('/api/v1/live', async c => {
    c.set('route', '/api/v1/live')
    const topics = [...new Set((c.req.query('topics') ?? '').split(',').filter(Boolean))].slice(0, 20)
    const account = await c.get('account')()
    demandAccount(account)
    if (topics.length === 0) throw unknownTopic('')
    for (const topic of topics) {
      if (isOwn(topic, account)) continue
      const demanded = access.get(topic)
      if (!demanded) throw unknownTopic(topic)
      demandAccess({ access: demanded }, account, permissions)
    }
    return answerStream(c, account, {
      open({ send }) {
        const subscriptions = topics.map(topic =>
          platform.live.subscribe(topic, id => send(`event: change\ndata: ${JSON.stringify({ topic, id })}\n\n`)),
        )
        return () => {
          for (const unsubscribe of subscriptions) unsubscribe()
        }
      },
    })
  })
}

const isOwn = (topic: string, { id, companyId, via }: Account) =>
  via.kind === 'session' && (topic === `person:${id}` || (companyId !== null && topic === `company:${companyId}`))

const unknownTopic = (topic: string) =>
  invalid([
    {
      field: 'query/topics',
      value: topic.slice(0, 80),
      message: { 'zh-CN': '没有此主题，或无权订阅。', en: 'There is no such topic, or it is not yours.' },
      remedy: { 'zh-CN': '请检查主题名称。', en: 'Check the name of the topic.' },
    },
  ])
