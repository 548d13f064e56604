import { addressees } from '#features/accounts/server'
import { tell } from '#features/notices/server'
import { type LocalizedText, languages } from '#platform/core'
import { type Platform, translate } from '#platform/server'
import type { WebhookTables } from './tables.ts'

/** Switches a webhook off that has taken nothing for days, and tells its administrators. In the ambient transaction. */
export async function giveUp(platform: Platform, webhookId: string): Promise<void> {
  const db = platform.database.db<WebhookTables>()
  const at = platform.now()
  const off = await db
    .updateTable('webhook')
    .set(eb => ({ active: false, given_up_at: at, revision: eb('revision', '+', 1) }))
    .where('id', '=', webhookId)
    .where('active', '=', true)
    .returning(['name', 'company_id'])
    .executeTakeFirst()
  if (!off) return
  await db
    .updateTable('webhook_message')
    .set({ state: 'failed' })
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .execute()
  await platform.record('webhook.given-up', { webhookId, companyId: off.company_id })
  const people = await addressees(
    platform,
    off.company_id === null ? { staffWith: 'webhook.manage' } : { companyIds: [off.company_id] },
  )
  await tell(platform, {
    ...{ kind: 'webhook-off', urgency: 'high', key: `webhook-off:${webhookId}`, subjectId: webhookId, about: null },
    to: people.filter(({ side, administrates }) => side === 'staff' || administrates),
    content: {
      ...{ title: both('off.title'), where: off.name, text: both('off.text'), facts: [], happenedAt: at.toISOString() },
      paths: { customer: `/account/webhooks/${webhookId}`, staff: `/console/webhooks/${webhookId}` },
    },
  })
}

const both = (key: string): LocalizedText =>
  Object.fromEntries(languages.map(language => [language, translate(language, `webhooks:${key}`)])) as unknown as LocalizedText
