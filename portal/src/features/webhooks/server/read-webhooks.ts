import { devicesById } from '#features/devices/server'
import { type Account, notFound, type Platform } from '#platform/server'
import type { WebhookView } from '../core/index.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'

/** Whose webhooks somebody looks after: his company's, or the manufacturer's (null). */
export function ownerOf({ kind, companyId }: Account): string | null {
  if (kind === 'customer' && companyId === null) throw noSuchWebhook()
  return kind === 'staff' ? null : companyId
}

export async function listWebhooks(platform: Platform, actor: Account): Promise<WebhookView[]> {
  const rows = await ofOwner(platform, ownerOf(actor)).orderBy('created_at').orderBy('id').execute()
  return Promise.all(rows.map(row => viewOf(platform, row)))
}

/** 404 for a webhook of somebody else, as where there is none. lock: until the ambient transaction ends */
export async function findWebhook(platform: Platform, actor: Account, webhookId: string, lock = false): Promise<WebhookRow> {
  const row = await ofOwner(platform, ownerOf(actor))
    .where('id', '=', webhookId)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw noSuchWebhook()
  return row
}

export async function viewOf(platform: Platform, row: WebhookRow): Promise<WebhookView> {
  const iso = (at: Date | null) => at?.toISOString() ?? null
  const devices = row.device_ids && (await devicesById(platform.database, row.device_ids))
  return {
    ...{ id: row.id, name: row.name, kinds: row.kinds, severityFrom: row.severity_from, active: row.active },
    address: await platform.vault.open(row.address, 'webhook.address'),
    devices: devices?.map(({ id, serial, model }) => ({ id, serial, model })) ?? null,
    ...{ deliveredAt: iso(row.delivered_at), failingSince: iso(row.failing_since), givenUpAt: iso(row.given_up_at) },
    oldSecretUntil: row.old_until && row.old_until > platform.now() ? iso(row.old_until) : null,
    revision: row.revision,
  }
}

const ofOwner = ({ database }: Platform, companyId: string | null) =>
  database
    .db<WebhookTables>()
    .selectFrom('webhook')
    .selectAll()
    .where('company_id', companyId === null ? 'is' : '=', companyId)

const noSuchWebhook = () => notFound({ 'zh-CN': 'Webhook', en: 'webhook' })
