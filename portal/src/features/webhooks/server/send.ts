import type { OpenTo } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { isGivenUp, nextTry } from '../core/index.ts'
import { mayBeTold } from './audience.ts'
import { call, isTaken, type Outcome } from './call.ts'
import { giveUp } from './give-up.ts'
import type { MessageRow } from './next-message.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'
import { wake } from './wake.ts'

interface Sending {
  message: MessageRow
  openTo: OpenTo
  /** whether it is tried again where it is not taken */
  repeats: boolean
}

/** Sends a message once, and writes down what came of it and what follows from that. */
export async function send(platform: Platform, webhook: WebhookRow, { message, openTo, repeats }: Sending): Promise<Outcome> {
  const outcome = await call(platform, webhook, message.id, await bodyOf(platform, webhook, message, openTo))
  const [now, tries] = [platform.now(), message.tries + 1]
  const next = repeats && !isTaken(outcome) ? nextTry(tries, now) : null
  await platform.database.transaction(async () => {
    const db = platform.database.db<WebhookTables>()
    await db
      .insertInto('webhook_attempt')
      .values({
        ...{ id: platform.newId(), message_id: message.id, at: now, status: outcome.status },
        ...{ said: outcome.said, took_ms: outcome.tookMs },
      })
      .execute()
    await db
      .updateTable('webhook_message')
      .set({ state: isTaken(outcome) ? 'delivered' : next ? 'waiting' : 'failed', tries, sent_at: message.sent_at ?? now })
      .$if(next !== null, query => query.set({ due_at: next! }))
      .where('id', '=', message.id)
      .execute()
    await noteAt(platform, webhook.id, outcome)
    if (next) await wake(platform, webhook.id, next)
  })
  return outcome
}

/** What the webhook knows of its receiver; where that has taken nothing for days, it is switched off. */
async function noteAt(platform: Platform, webhookId: string, outcome: Outcome): Promise<void> {
  const db = platform.database.db<WebhookTables>()
  const now = platform.now()
  if (isTaken(outcome)) {
    await db.updateTable('webhook').set({ delivered_at: now, failing_since: null }).where('id', '=', webhookId).execute()
    return
  }
  const { failing_since } = await db
    .updateTable('webhook')
    .set(eb => ({ failing_since: eb.fn.coalesce('failing_since', eb.val(now)) }))
    .where('id', '=', webhookId)
    .returning('failing_since')
    .executeTakeFirstOrThrow()
  if (isGivenUp(failing_since, outcome.status, now)) await giveUp(platform, webhookId)
}

async function bodyOf(platform: Platform, webhook: WebhookRow, message: MessageRow, openTo: OpenTo): Promise<string> {
  if (message.kind !== 'webhook.bundle') return JSON.stringify(contentOf(message))
  const held = await platform.database
    .db<WebhookTables>()
    .selectFrom('webhook_message')
    .selectAll()
    .where('bundle_id', '=', message.id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const told: MessageRow[] = []
  for (const one of held) if (await mayBeTold(platform, webhook.company_id, one, openTo)) told.push(one)
  const messages = told.map(one => ({ id: one.id, ...contentOf(one) }))
  return JSON.stringify({ ...contentOf(message), data: { count: messages.length, messages } })
}

const contentOf = ({ kind, at, data }: MessageRow) => ({ type: kind, timestamp: at.toISOString(), data })
