import { type Account, changedMeanwhile, type Platform } from '#platform/server'
import { type NewWebhook, overlapMs, type WebhookFields } from '../core/index.ts'
import { demandAddress, demandDevices } from './demands.ts'
import { tooManyWebhooks } from './problems.ts'
import { findWebhook, ownerOf, viewOf } from './read-webhooks.ts'
import { newSecret } from './sign.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'

/** More would be a mistake: each of them is sent everything that happens. */
const mostWebhooks = 10

/** A webhook of whoever adds it: of his company, or of the manufacturer. */
export async function addWebhook(
  platform: Platform,
  actor: Account,
  { address, ...fields }: WebhookFields & { address: string },
): Promise<NewWebhook> {
  const companyId = ownerOf(actor)
  demandAddress(platform, companyId, address)
  await demandDevices(platform, actor, fields.deviceIds)
  const secret = newSecret()
  return platform.database.transaction(async () => {
    const db = platform.database.db<WebhookTables>()
    const { count } = await db
      .selectFrom('webhook')
      .select(eb => eb.cast<number>(eb.fn.countAll(), 'integer').as('count'))
      .where('company_id', companyId === null ? 'is' : '=', companyId)
      .executeTakeFirstOrThrow()
    if (count >= mostWebhooks) throw tooManyWebhooks(mostWebhooks)
    const row: WebhookRow = {
      ...{ id: platform.newId(), company_id: companyId, ...columnsOf(fields), active: true },
      address: await platform.vault.seal(address, 'webhook.address'),
      secret: await platform.vault.seal(secret, 'webhook.secret'),
      ...{ old_secret: null, old_until: null, delivered_at: null, failing_since: null, given_up_at: null, busy_until: null },
      ...{ revision: 1, created_at: platform.now() },
    }
    await db.insertInto('webhook').values(row).execute()
    await platform.record('webhook.added', { webhookId: row.id, companyId, by: actor.id })
    await platform.audit.write({
      ...{ action: 'webhook.added', target: { kind: 'webhook', id: row.id } },
      after: { host: new URL(address).host, ...factsOf(row) },
    })
    return { webhook: await viewOf(platform, row), secret }
  })
}

interface Change extends WebhookFields {
  active: boolean
  webhookId: string
  /** the revision that was seen */
  revision: string
}

/** What waits for a webhook that is switched off is not sent later. */
export async function changeWebhook(
  platform: Platform,
  actor: Account,
  { webhookId, revision, active, ...fields }: Change,
): Promise<WebhookRow> {
  return platform.database.transaction(async () => {
    const before = await findWebhook(platform, actor, webhookId, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const known = before.device_ids ?? []
    const anew = fields.deviceIds?.filter(id => !known.includes(id)) ?? null
    await demandDevices(platform, actor, anew)
    const db = platform.database.db<WebhookTables>()
    const row = await db
      .updateTable('webhook')
      .set({ ...columnsOf(fields), active, revision: before.revision + 1 })
      .$if(active && !before.active, query => query.set({ failing_since: null, given_up_at: null }))
      .where('id', '=', webhookId)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (!active)
      await db
        .updateTable('webhook_message')
        .set({ state: 'dropped' })
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'waiting')
        .execute()
    await platform.record('webhook.changed', { webhookId, by: actor.id })
    await platform.audit.write({
      ...{ action: 'webhook.changed', target: { kind: 'webhook', id: webhookId } },
      ...{ before: factsOf(before), after: factsOf(row) },
    })
    return row
  })
}

/** Another secret; the one before signs beside it for a while. Of three at once the oldest ends. */
export async function renewSecret(platform: Platform, actor: Account, webhookId: string): Promise<NewWebhook> {
  const { database, vault } = platform
  const secret = newSecret()
  return database.transaction(async () => {
    const before = await findWebhook(platform, actor, webhookId, true)
    const old = await vault.open(before.secret, 'webhook.secret')
    const row = await database
      .db<WebhookTables>()
      .updateTable('webhook')
      .set({
        secret: await vault.seal(secret, 'webhook.secret'),
        old_secret: await vault.seal(old, 'webhook.old_secret'),
        old_until: new Date(platform.now().getTime() + overlapMs),
      })
      .where('id', '=', webhookId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await platform.record('webhook.secret-renewed', { webhookId, by: actor.id })
    await platform.audit.write({ action: 'webhook.secret-renewed', target: { kind: 'webhook', id: webhookId } })
    return { webhook: await viewOf(platform, row), secret }
  })
}

export async function removeWebhook(platform: Platform, actor: Account, webhookId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await findWebhook(platform, actor, webhookId, true)
    await platform.database.db<WebhookTables>().deleteFrom('webhook').where('id', '=', webhookId).execute()
    await platform.record('webhook.removed', { webhookId, by: actor.id })
    await platform.audit.write({
      ...{ action: 'webhook.removed', target: { kind: 'webhook', id: webhookId } },
      before: { name: before.name },
    })
  })
}

const columnsOf = ({ name, kinds, severityFrom, deviceIds }: WebhookFields) => ({
  ...{ name, kinds, severity_from: severityFrom, device_ids: deviceIds && [...new Set(deviceIds)] },
})

const factsOf = ({ name, kinds, severity_from, device_ids, active }: WebhookRow) => ({
  ...{ name, kinds: kinds.join(', '), severityFrom: severity_from, machines: device_ids?.length ?? 'all', active },
})
