import { addWebhook, listWebhooks, tryWebhook, type WebhookView } from '#features/webhooks/core'
import { confirmingApi } from '../confirming.ts'
import type { World } from '../two-companies.ts'
import { type Call, type Caller, none } from './call.ts'

/** Staff look after the manufacturer's, whoever else after that of the company `own`. */
const isOfHouse = ({ scopes }: Caller) => scopes.includes('webhook.manage')
const ofOne = (call: (webhook: WebhookView, world: World, caller: Caller) => object): Call => ({
  call: async (world, caller) => {
    const webhook = await theWebhook(world, caller)
    return { params: { webhookId: webhook.id }, ...(await call(webhook, world, caller)) }
  },
  rows: 'company',
})

const aWebhook = { name: 'Maintenance program', address: 'https://hooks.example/in', kinds: ['alarm.raised' as const] }
const changed = { name: 'Other', kinds: ['alarm.cleared'], severityFrom: 'low', deviceIds: null, active: true }

export const webhooksCalls: Record<string, Call> = {
  'webhooks.listWebhooks': none,
  'webhooks.getWebhook': ofOne(() => ({})),
  'webhooks.addWebhook': {
    async call(world, caller) {
      await theWebhook(world, caller, 9)
      return { body: aWebhook }
    },
  },
  'webhooks.changeWebhook': ofOne(({ revision }) => ({ body: changed, ifMatch: `"${revision}"` })),
  'webhooks.renewWebhookSecret': ofOne(() => ({})),
  'webhooks.tryWebhook': ofOne(() => ({})),
  'webhooks.removeWebhook': ofOne(() => ({})),
  'webhooks.listDeliveries': ofOne(() => ({})),
  'webhooks.retryDelivery': {
    async call(world, caller) {
      const { id: webhookId } = await theWebhook(world, caller)
      const { id: messageId } = await apiOf(world, caller).call(tryWebhook, { params: { webhookId } })
      return { params: { webhookId, messageId } }
    },
    rows: 'company',
  },
}

const apiOf = (world: World, caller: Caller) => confirmingApi(world, isOfHouse(caller) ? 'admin' : world.own.admin.visitor)

/** The one there is, or the first. room: how many there may be, so that another finds place */
async function theWebhook(world: World, caller: Caller, room = 10): Promise<WebhookView> {
  const api = apiOf(world, caller)
  const { items } = await api.call(listWebhooks, {})
  if (items.length > room) await world.database.pool.query('delete from webhook where id = $1', [items.at(-1)!.id])
  return items[0] ?? (await api.call(addWebhook, { body: aWebhook })).webhook
}
