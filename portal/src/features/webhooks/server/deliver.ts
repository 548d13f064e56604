import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { OpenTo } from '#features/devices/server'
import type { JobHandler, Platform } from '#platform/server'
import { nextMessage } from './next-message.ts'
import { send } from './send.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'
import { wake } from './wake.ts'

/** A process that is at a webhook keeps others from it for so long after each message. */
const busyMs = 60_000
/** Where nobody answers, the rest waits so long: one program that is out of reach takes no place that others need. */
const pauseMs = 60_000

const task = z.object({ webhookId: z.string() })

/** Sends what is due to one webhook, one message after the other. */
export const deliverJob = (openTo: OpenTo): JobHandler => ({
  outside: true,
  async handle(data, { platform }) {
    const { webhookId } = task.parse(data)
    for (;;) {
      const webhook = await take(platform, webhookId)
      if (webhook === 'busy') return wake(platform, webhookId, later(platform, busyMs))
      if (webhook === 'off') return
      const message = await nextMessage(platform, webhook, openTo)
      const outcome = message && (await send(platform, webhook, { message, openTo, repeats: true }))
      await leave(platform, webhookId)
      if (outcome === null) return
      if (outcome.status === null) return pause(platform, webhookId)
    }
  },
})

/** The webhook, for this process alone for a while. */
async function take({ database, now }: Platform, webhookId: string): Promise<WebhookRow | 'busy' | 'off'> {
  const db = database.db<WebhookTables>()
  const taken = await db
    .updateTable('webhook')
    .set({ busy_until: new Date(now().getTime() + busyMs) })
    .where('id', '=', webhookId)
    .where('active', '=', true)
    .where(sql<SqlBool>`(busy_until is null or busy_until < ${now()})`)
    .returningAll()
    .executeTakeFirst()
  if (taken) return taken
  const there = await db
    .selectFrom('webhook')
    .select('id')
    .where('id', '=', webhookId)
    .where('active', '=', true)
    .executeTakeFirst()
  return there ? 'busy' : 'off'
}

const leave = ({ database }: Platform, webhookId: string) =>
  database.db<WebhookTables>().updateTable('webhook').set({ busy_until: null }).where('id', '=', webhookId).execute()

async function pause(platform: Platform, webhookId: string): Promise<void> {
  const until = later(platform, pauseMs)
  await platform.database
    .db<WebhookTables>()
    .updateTable('webhook_message')
    .set({ due_at: until })
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .where('due_at', '<', until)
    .execute()
  await wake(platform, webhookId, until)
}

const later = ({ now }: Platform, ms: number): Date => new Date(now().getTime() + ms)
