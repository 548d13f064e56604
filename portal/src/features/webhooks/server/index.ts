import { signedIn } from '#features/accounts/server'
import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { deliverJob } from './deliver.ts'
import { listDeliveries, retryDelivery, tryWebhook } from './deliveries.ts'
import { listeners } from './listeners.ts'
import { personal } from './personal.ts'
import { webhookProblems } from './problems.ts'
import { findWebhook, listWebhooks, viewOf } from './read-webhooks.ts'
import { addWebhook, changeWebhook, removeWebhook, renewSecret } from './write-webhooks.ts'

/** Programs that are told what happens. openTo: at which machines a company is told what was found by other ways than rules */
export const webhooks = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'webhooks',
  routes: [
    route(api.listWebhooks, async (_, context) => ({
      items: await listWebhooks(context.platform, signedIn(context)),
      kept: context.platform.config.catchWebhooks,
    })),
    route(api.getWebhook, async ({ params: { webhookId } }, context) => {
      const row = await findWebhook(context.platform, signedIn(context), webhookId)
      return { value: await viewOf(context.platform, row), etag: String(row.revision) }
    }),
    route(
      api.addWebhook,
      ({ body }, context) => addWebhook(context.platform, signedIn(context), body),
      async ({ body: { name } }, context) => ({
        target: signedIn(context).id,
        what: {
          'zh-CN': `添加 Webhook“${name}”，向它发送机器的情况`,
          en: `Add the webhook “${name}” and send it what happens at machines`,
        },
      }),
    ),
    route(api.changeWebhook, async ({ params, body, ifMatch }, context) => {
      const row = await changeWebhook(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })
      return { value: await viewOf(context.platform, row), etag: String(row.revision) }
    }),
    route(api.renewWebhookSecret, ({ params }, context) => renewSecret(context.platform, signedIn(context), params.webhookId)),
    route(api.tryWebhook, ({ params }, context) => tryWebhook(context.platform, signedIn(context), params.webhookId, openTo)),
    route(api.removeWebhook, async ({ params }, context) => {
      await removeWebhook(context.platform, signedIn(context), params.webhookId)
      return undefined
    }),
    route(api.listDeliveries, ({ params, query }, context) =>
      listDeliveries(context.platform, signedIn(context), { ...params, ...query }),
    ),
    route(api.retryDelivery, ({ params }, context) => retryDelivery(context.platform, signedIn(context), params)),
  ],
  problems: webhookProblems,
  on: listeners,
  jobs: { 'webhooks.deliver': deliverJob(openTo) },
  messages: api.webhookMessages,
  personal,
})
