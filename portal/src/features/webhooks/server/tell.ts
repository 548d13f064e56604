import { type SqlBool, sql } from 'kysely'
import { isToldOf, type OwnRule, type Severity, severities } from '#features/alarms/core'
import type { Platform } from '#platform/server'
import type { PayloadOf, WebhookKind } from '../core/index.ts'
import { audienceOf } from './audience.ts'
import type { WebhookRow, WebhookTables } from './tables.ts'
import { wake } from './wake.ts'

/** Something that happened at a machine. */
export interface Happening<Kind extends WebhookKind = WebhookKind> {
  kind: Kind
  /** of the event: told again, nobody gets it twice */
  eventId: string
  /** when it happened in the portal */
  at: Date
  deviceId: string
  /** by the machine's clock: who may see that moment is told */
  moment: Date
  /** it is told only where what was found at machines is open to the reader */
  found?: boolean
  /** null: of no severity, and told whatever was chosen */
  severity?: Severity | null
  /** the only company that it concerns; absent: whoever may see the machine */
  onlyCompany?: string
  /** a company’s own rule by which it came: programs of those are told whom that tells */
  own?: OwnRule | null
  /** path: where it stands, by the side of the reader */
  data(urlOf: (paths: { customer: string; staff: string }) => string): PayloadOf<Kind>
}

/** Lays a message before each webhook that wants it; whether its owner may still see the machine is asked when it is sent. In the ambient transaction. */
export async function tellWebhooks<Kind extends WebhookKind>(platform: Platform, happening: Happening<Kind>): Promise<void> {
  const { kind, eventId, at, deviceId, moment, found = false } = happening
  const { database, config } = platform
  await database.transaction(async () => {
    for (const webhook of await thatWant(platform, happening)) {
      const urlOf = (paths: { customer: string; staff: string }) =>
        new URL(webhook.company_id === null ? paths.staff : paths.customer, config.publicUrl).href
      const inserted = await database
        .db<WebhookTables>()
        .insertInto('webhook_message')
        .values({
          ...{ id: platform.newId(), webhook_id: webhook.id, key: eventId, kind, device_id: deviceId, moment, found },
          ...{ data: JSON.stringify(happening.data(urlOf)), at, state: 'waiting', tries: 0, due_at: platform.now() },
        })
        .onConflict(known => known.columns(['webhook_id', 'key']).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (inserted) await wake(platform, webhook.id)
    }
  })
}

async function thatWant(
  platform: Platform,
  { kind, deviceId, moment, severity = null, onlyCompany, own = null }: Omit<Happening, 'data'>,
): Promise<WebhookRow[]> {
  const { companyIds, manufacturer } = await audienceOf(platform, { kind, deviceId, moment })
  const concerned = companyIds.filter(id => (onlyCompany === undefined || id === onlyCompany) && isToldOf(own, id))
  const rows = await platform.database
    .db<WebhookTables>()
    .selectFrom('webhook')
    .selectAll()
    .where('active', '=', true)
    .where(sql<SqlBool>`${kind} = any (kinds)`)
    .where(sql<SqlBool>`(device_ids is null or ${deviceId}::uuid = any (device_ids))`)
    .where(
      sql<SqlBool>`case when company_id is null then ${manufacturer && isToldOf(own, null)} else company_id = any (${concerned}::uuid[]) end`,
    )
    .execute()
  return rows.filter(row => severity === null || severities.indexOf(severity) <= severities.indexOf(row.severity_from))
}
