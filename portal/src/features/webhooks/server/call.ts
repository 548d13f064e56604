import { createOutgoing, mayCallPrivate, type Platform } from '#platform/server'
import { signatureHeaders } from './sign.ts'
import type { WebhookRow } from './tables.ts'

/** What came of a try. */
export interface Outcome {
  /** null: there was no answer */
  status: number | null
  said: string
  tookMs: number
}

/** Characters of an answer that are kept. */
const mostSaid = 300
const withinMs = 10_000

export const isTaken = ({ status }: Outcome): boolean => status !== null && status >= 200 && status < 300

/** Sends a body once; in the demo it is kept, unless private addresses may be called: everybody knows its passwords. */
export async function call(platform: Platform, webhook: WebhookRow, id: string, body: string): Promise<Outcome> {
  const { vault, config } = platform
  const [address, secret, old] = await Promise.all([
    vault.open(webhook.address, 'webhook.address'),
    vault.open(webhook.secret, 'webhook.secret'),
    webhook.old_secret === null ? null : vault.open(webhook.old_secret, 'webhook.old_secret'),
  ])
  if (config.catchWebhooks) return { status: 202, said: 'The demo keeps messages instead of sending them.', tookMs: 0 }
  const at = platform.now()
  const stillOld = old !== null && webhook.old_until !== null && at < webhook.old_until
  const headers = {
    ...{ 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Fettle-Webhooks/1' },
    ...signatureHeaders({ id, at, body, secrets: stillOld ? [secret, old] : [secret] }),
  }
  const started = performance.now()
  const done = (status: number | null, said: string): Outcome => ({
    ...{ status, said: readable(said) },
    tookMs: Math.round(performance.now() - started),
  })
  try {
    const send = createOutgoing({ allowPrivate: mayCallPrivate(config, webhook.company_id) })
    const answer = await send(address, { method: 'POST', headers, body, withinMs, mostBytes: 100_000 })
    return done(answer.status, answer.body.toString())
  } catch (error) {
    // the address may hold a token, and what is said is shown in lists
    return done(null, String((error as Error).message).replaceAll(address, new URL(address).host))
  }
}

/** Without what PostgreSQL or a page could not show. */
const readable = (text: string): string => text.slice(0, mostSaid).replace(/[^\P{C}\n\t]/gu, '�')
