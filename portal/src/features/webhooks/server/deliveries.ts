import { sql } from 'kysely'
import type { OpenTo } from '#features/devices/server'
import { type Account, decodeCursor, encodeCursor, notFound, type Platform } from '#platform/server'
import type { DeliveryView } from '../core/index.ts'
import type { MessageRow } from './next-message.ts'
import { webhookOff } from './problems.ts'
import { findWebhook } from './read-webhooks.ts'
import { send } from './send.ts'
import type { WebhookTables } from './tables.ts'
import { wake } from './wake.ts'

interface Wish {
  webhookId: string
  cursor?: string | undefined
  limit: number
}

/** Messages of a webhook with what came of them, the last first; those within a bundle are told by it. */
export async function listDeliveries(
  platform: Platform,
  actor: Account,
  { webhookId, cursor, limit }: Wish,
): Promise<{ items: DeliveryView[]; nextCursor: string | null }> {
  await findWebhook(platform, actor, webhookId)
  let query = platform.database
    .db<WebhookTables>()
    .selectFrom('webhook_message')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('state', '<>', 'bundled')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor) {
    const { at, id } = decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' })
    query = query.where(sql<boolean>`(at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await viewsOf(platform, page),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
  }
}

/** Sends a test message, once and at once. */
export async function tryWebhook(platform: Platform, actor: Account, webhookId: string, openTo: OpenTo): Promise<DeliveryView> {
  const webhook = await findWebhook(platform, actor, webhookId)
  const [id, at] = [platform.newId(), platform.now()]
  const message = await platform.database
    .db<WebhookTables>()
    .insertInto('webhook_message')
    .values({
      ...{ id, webhook_id: webhookId, key: `test:${id}`, kind: 'webhook.test', device_id: null, moment: null, found: false },
      // settled from the start: whoever sends what waits leaves it alone
      ...{ data: JSON.stringify({ webhook: webhook.name }), at, state: 'failed', tries: 0, due_at: at },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await send(platform, webhook, { message, openTo, repeats: false })
  return readDelivery(platform, webhookId, id)
}

/** Sends a message again from the start, by the job and as far as it may still be told. 409 where the webhook is switched off. */
export async function retryDelivery(
  platform: Platform,
  actor: Account,
  { webhookId, messageId }: { webhookId: string; messageId: string },
): Promise<DeliveryView> {
  await platform.database.transaction(async () => {
    const { active } = await findWebhook(platform, actor, webhookId)
    const found = await readDelivery(platform, webhookId, messageId)
    if (!active) throw webhookOff()
    const now = platform.now()
    await platform.database
      .db<WebhookTables>()
      .updateTable('webhook_message')
      .set({ state: 'waiting', tries: 0, due_at: now })
      .$if(found.attempts.length === 0, query => query.set({ sent_at: now })) // no flood of its own
      .where('id', '=', messageId)
      .execute()
    await wake(platform, webhookId)
  })
  return readDelivery(platform, webhookId, messageId)
}

async function readDelivery(platform: Platform, webhookId: string, messageId: string): Promise<DeliveryView> {
  const row = await platform.database
    .db<WebhookTables>()
    .selectFrom('webhook_message')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('id', '=', messageId)
    .where('state', '<>', 'bundled')
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '消息', en: 'message' })
  return (await viewsOf(platform, [row]))[0]!
}

async function viewsOf({ database }: Platform, rows: readonly MessageRow[]): Promise<DeliveryView[]> {
  if (rows.length === 0) return []
  const db = database.db<WebhookTables>()
  const ids = rows.map(({ id }) => id)
  const [attempts, held] = await Promise.all([
    db.selectFrom('webhook_attempt').selectAll().where('message_id', 'in', ids).orderBy('at', 'desc').execute(),
    db
      .selectFrom('webhook_message')
      .select(eb => ['bundle_id', eb.cast<number>(eb.fn.countAll(), 'integer').as('count')])
      .where('bundle_id', 'in', ids)
      .groupBy('bundle_id')
      .execute(),
  ])
  return rows.map(({ id, kind, at, state, due_at }) => ({
    ...{ id, kind, at: at.toISOString(), state: state === 'bundled' ? 'waiting' : state },
    holds: held.find(({ bundle_id }) => bundle_id === id)?.count ?? 0,
    nextAt: state === 'waiting' ? due_at.toISOString() : null,
    attempts: attempts
      .filter(({ message_id }) => message_id === id)
      .map(one => ({ at: one.at.toISOString(), status: one.status, said: one.said, tookMs: one.took_ms })),
  }))
}
