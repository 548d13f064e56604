import type { Selectable } from 'kysely'
import type { OpenTo } from '#features/devices/server'
import { sendingOf } from '#features/notices/core'
import type { Platform } from '#platform/server'
import { webhookFlood } from '../core/index.ts'
import { mayBeTold } from './audience.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'
import { wake } from './wake.ts'

export type MessageRow = Selectable<WebhookTables['webhook_message']>

/** Messages one bundle holds at most; more go into the next. */
const mostBundled = 500

/**
 * What is sent to a webhook next: what was tried before or is a bundle, else what has come, each by itself or, in a flood, all as one. null: nothing
 * now. What may not be told any more is dropped.
 */
export async function nextMessage(platform: Platform, webhook: WebhookRow, openTo: OpenTo): Promise<MessageRow | null> {
  return platform.database.transaction(async () => {
    const due = await dueOf(platform, webhook.id)
    const told: MessageRow[] = []
    for (const message of due) if (await mayBeTold(platform, webhook.company_id, message, openTo)) told.push(message)
    await drop(
      platform,
      due.filter(message => !told.includes(message)),
    )
    const again = told.find(message => message.sent_at !== null || message.kind === 'webhook.bundle')
    if (again) return again
    const [first] = told
    if (!first) return null
    const sending = sendingOf(await sentLately(platform, webhook.id), told.length, platform.now().getTime(), webhookFlood)
    switch (sending.as) {
      case 'each':
        return first
      case 'summary':
        return bundle(platform, webhook, told)
      case 'wait':
        await putOff(platform, told, new Date(sending.until))
        await wake(platform, webhook.id, new Date(sending.until))
        return null
    }
  })
}

const dueOf = ({ database, now }: Platform, webhookId: string): Promise<MessageRow[]> =>
  database
    .db<WebhookTables>()
    .selectFrom('webhook_message')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now())
    .orderBy('at')
    .orderBy('id')
    .limit(mostBundled)
    .execute()

async function bundle(platform: Platform, webhook: WebhookRow, messages: readonly MessageRow[]): Promise<MessageRow> {
  const db = platform.database.db<WebhookTables>()
  const [id, at] = [platform.newId(), platform.now()]
  const row = await db
    .insertInto('webhook_message')
    .values({
      ...{ id, webhook_id: webhook.id, key: `bundle:${id}`, kind: 'webhook.bundle', device_id: null, moment: null },
      ...{ found: false, data: '{}', at, state: 'waiting', tries: 0, due_at: at },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await db.updateTable('webhook_message').set({ state: 'bundled', bundle_id: id }).where('id', 'in', idsOf(messages)).execute()
  return row
}

async function sentLately({ database, now }: Platform, webhookId: string) {
  const rows = await database
    .db<WebhookTables>()
    .selectFrom('webhook_message')
    .select(['kind', 'sent_at'])
    .where('webhook_id', '=', webhookId)
    .where('sent_at', '>', new Date(now().getTime() - webhookFlood.windowMs))
    .execute()
  const [bundles, singles] = [true, false].map(wanted =>
    rows.filter(({ kind }) => (kind === 'webhook.bundle') === wanted).map(({ sent_at }) => sent_at!.getTime()),
  ) as [number[], number[]]
  return { singles, summary: bundles.length > 0 ? Math.max(...bundles) : null }
}

export async function putOff({ database }: Platform, messages: readonly MessageRow[], until: Date): Promise<void> {
  if (messages.length === 0) return
  await database
    .db<WebhookTables>()
    .updateTable('webhook_message')
    .set({ due_at: until })
    .where('id', 'in', idsOf(messages))
    .execute()
}

async function drop({ database }: Platform, messages: readonly MessageRow[]): Promise<void> {
  if (messages.length === 0) return
  await database
    .db<WebhookTables>()
    .updateTable('webhook_message')
    .set({ state: 'dropped' })
    .where('id', 'in', idsOf(messages))
    .execute()
}

const idsOf = (messages: readonly MessageRow[]): string[] => messages.map(({ id }) => id)
