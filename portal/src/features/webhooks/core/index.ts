import './events.ts'

export {
  addWebhook,
  changeWebhook,
  type DeliveryView,
  getWebhook,
  listDeliveries,
  listWebhooks,
  type NewWebhook,
  removeWebhook,
  renewWebhookSecret,
  retryDelivery,
  tryWebhook,
  type WebhookFields,
  type WebhookView,
} from './api.ts'
export { type PayloadOf, payloads, webhookMessages } from './payloads.ts'
export {
  isDealing,
  isGivenUp,
  type MessageKind,
  nextTry,
  overlapMs,
  type WebhookKind,
  webhookFlood,
  webhookKinds,
} from './webhook.ts'
