import { z } from 'zod'
import { severities } from '#features/alarms/core'
import { endpoint } from '#platform/core'
import { ownKinds, webhookKinds } from './webhook.ts'

const webhook = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  kinds: z.array(z.enum(webhookKinds)),
  /** the lowest severity of alarms it is told of */
  severityFrom: z.enum(severities),
  /** null: every machine its owner may see */
  devices: z.array(z.object({ id: z.string(), serial: z.string(), model: z.string() })).nullable(),
  active: z.boolean(),
  /** ISO 8601, UTC: when a message was last taken */
  deliveredAt: z.string().nullable(),
  /** since when none was; null: the last one was */
  failingSince: z.string().nullable(),
  /** when the portal switched it off, since nothing was taken for days */
  givenUpAt: z.string().nullable(),
  /** until when the secret before signs too */
  oldSecretUntil: z.string().nullable(),
  revision: z.number().int(),
})
export type WebhookView = z.output<typeof webhook>

const delivery = z.object({
  /** the header webhook-id of the message */
  id: z.string(),
  kind: z.enum([...webhookKinds, ...ownKinds]),
  /** when it happened */
  at: z.string(),
  state: z.enum(['waiting', 'delivered', 'dropped', 'failed']),
  /** how many messages it holds, where it is a bundle */
  holds: z.number().int(),
  /** when it is tried next; null: it is not */
  nextAt: z.string().nullable(),
  /** the last first */
  attempts: z.array(
    z.object({
      at: z.string(),
      /** of the answer; null: there was none */
      status: z.number().int().nullable(),
      /** the answer's first characters, or why there was none */
      said: z.string(),
      tookMs: z.number().int(),
    }),
  ),
})
export type DeliveryView = z.output<typeof delivery>

const fields = z.strictObject({
  name: z.string().trim().min(1).max(60),
  kinds: z
    .array(z.enum(webhookKinds))
    .min(1)
    .max(webhookKinds.length)
    .transform(chosen => webhookKinds.filter(kind => chosen.includes(kind))),
  severityFrom: z.enum(severities),
  /** null: every machine */
  deviceIds: z.array(z.uuid()).min(1).max(200).nullable(),
})
export type WebhookFields = z.output<typeof fields>

const access = { staff: 'webhook.manage', customer: 'webhook.manage-own' } as const
const params = z.object({ webhookId: z.uuid() })
const withSecret = z.object({
  webhook,
  /** whsec_…, shown this once */
  secret: z.string(),
})
export type NewWebhook = z.output<typeof withSecret>

export const listWebhooks = endpoint({
  id: 'webhooks.listWebhooks',
  method: 'GET',
  path: '/webhooks',
  summary: 'Programs that are told what happens: of the own company, or of the manufacturer for its staff',
  access,
  result: z.object({
    items: z.array(webhook),
    /** messages are kept instead of sent, as a demo does */
    kept: z.boolean(),
  }),
})

export const getWebhook = endpoint({
  id: 'webhooks.getWebhook',
  method: 'GET',
  path: '/webhooks/{webhookId}',
  summary: 'A webhook',
  access,
  params,
  concurrency: 'etag',
  result: webhook,
})

export const addWebhook = endpoint({
  id: 'webhooks.addWebhook',
  method: 'POST',
  path: '/webhooks',
  summary:
    'Tell a program what happens, by messages as Standard Webhooks has them. Its secret is answered once. Needs a second confirmation',
  access,
  confirm: true,
  audit: 'webhook.added',
  body: fields.extend({
    address: z.string().trim().min(1).max(500),
    severityFrom: fields.shape.severityFrom.default('low'),
    deviceIds: fields.shape.deviceIds.default(null),
  }),
  status: 201,
  result: withSecret,
  problems: ['too-many-webhooks'],
})

export const changeWebhook = endpoint({
  id: 'webhooks.changeWebhook',
  method: 'PATCH',
  path: '/webhooks/{webhookId}',
  summary:
    'Say what a program is told of, rename it, switch it off or on again. Its address stays: another one is another webhook',
  access,
  audit: 'webhook.changed',
  params,
  concurrency: 'if-match',
  body: fields.extend({ active: z.boolean() }),
  result: webhook,
})

export const renewWebhookSecret = endpoint({
  id: 'webhooks.renewWebhookSecret',
  method: 'POST',
  path: '/webhooks/{webhookId}/secret',
  summary: 'Another secret, answered once. The one before signs beside it for a day',
  access,
  keys: 'refused',
  idempotency: 'ignored',
  audit: 'webhook.secret-renewed',
  params,
  result: withSecret,
})

export const tryWebhook = endpoint({
  id: 'webhooks.tryWebhook',
  method: 'POST',
  path: '/webhooks/{webhookId}/trial',
  summary: 'Send a test message now, once, and answer what came of it',
  access,
  idempotency: 'ignored',
  audit: { none: 'it changes nothing and says nothing of anybody' },
  limit: 'export',
  params,
  result: delivery,
})

export const removeWebhook = endpoint({
  id: 'webhooks.removeWebhook',
  method: 'DELETE',
  path: '/webhooks/{webhookId}',
  summary: 'Forget a webhook with its secret and its deliveries',
  access,
  audit: 'webhook.removed',
  params,
})

export const listDeliveries = endpoint({
  id: 'webhooks.listDeliveries',
  method: 'GET',
  path: '/webhooks/{webhookId}/deliveries',
  summary: 'Messages of the last 30 days with what came of them, the last first',
  access,
  params,
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  result: z.object({ items: z.array(delivery), nextCursor: z.string().nullable() }),
})

export const retryDelivery = endpoint({
  id: 'webhooks.retryDelivery',
  method: 'POST',
  path: '/webhooks/{webhookId}/deliveries/{messageId}/retry',
  summary: 'Send a message once more, under the same id, as far as it may still be told',
  access,
  idempotency: 'ignored',
  audit: { none: 'it sends what was sent before, and stands among the deliveries' },
  limit: 'export',
  params: params.extend({ messageId: z.uuid() }),
  result: delivery,
  problems: ['webhook-off'],
})
