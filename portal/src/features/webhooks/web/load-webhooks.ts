import type { LoaderFunctionArgs } from 'react-router'
import { listMyDevices } from '#features/devices/core'
import type { Api } from '#platform/core'
import { apiContext, languageContext, originContext } from '#platform/web'
import { getWebhook, listDeliveries, listWebhooks } from '../core/index.ts'

/** A machine that can be chosen for a webhook. */
export interface Choosable {
  id: string
  serial: string
  model: string
}

type Side = 'customer' | 'staff'

const facts = (context: LoaderFunctionArgs['context']) => ({
  ...{ language: context.get(languageContext), origin: context.get(originContext) },
})

/** The manufacturer is told of all its machines: they are too many to be ticked. */
async function choosable(api: Api, side: Side): Promise<Choosable[]> {
  if (side === 'staff') return []
  const { items } = await api.call(listMyDevices, { query: { limit: 100 } })
  return items.map(({ id, serial, model }) => ({ id, serial, model }))
}

export async function loadWebhooks({ context }: LoaderFunctionArgs, side: Side) {
  const api = context.get(apiContext)
  const [{ items, kept }, machines] = await Promise.all([api.call(listWebhooks, {}), choosable(api, side)])
  return { ...facts(context), items, kept, machines }
}

export async function loadWebhook({ context, params }: LoaderFunctionArgs, side: Side) {
  const api = context.get(apiContext)
  const webhookId = params.webhookId!
  const [webhook, page, machines] = await Promise.all([
    api.call(getWebhook, { params: { webhookId } }),
    api.call(listDeliveries, { params: { webhookId } }),
    choosable(api, side),
  ])
  return { ...facts(context), webhook, page, machines }
}
