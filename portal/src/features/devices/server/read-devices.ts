import { sql } from 'kysely'
import { decodeCursor, encodeCursor, openFields, type Platform } from '#platform/server'
import type { DeviceView } from '../core/index.ts'
import type { DeviceTables } from './tables.ts'

/** Days as the rest of the house reads them, YYYY-MM-DD. */
const facts = [
  'd.id',
  'd.serial',
  'd.model',
  'd.type_code as typeCode',
  'd.site',
  sql<string | null>`d.delivered_on::text`.as('deliveredOn'),
  sql<string | null>`d.warranty_until::text`.as('warrantyUntil'),
] as const

/** One page of the machines a company owns now, by serial number. The caller has checked that the reader may see them. */
export async function devicesOf(
  { database, vault }: Platform,
  companyId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: DeviceView[]; nextCursor: string | null }> {
  let query = database
    .db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_ownership as o', 'o.device_id', 'd.id')
    .select([...facts, 'd.serial_key'])
    .where('o.company_id', '=', companyId)
    .where('o.until_day', 'is', null)
    .orderBy('d.serial_key')
    .orderBy('d.id')
    .limit(limit + 1)
  if (cursor) {
    const { key, id } = decodeCursor<{ key: string; id: string }>(cursor, { key: 'string', id: 'uuid' })
    query = query.where(sql<boolean>`(d.serial_key, d.id) > (${key}, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const shown = await Promise.all(rows.slice(0, limit).map(row => openFields(vault, 'device', row, ['site'])))
  const last = shown.at(-1)
  return {
    items: shown.map(({ serial_key, ...device }) => device),
    nextCursor: rows.length > limit && last ? encodeCursor({ key: last.serial_key, id: last.id }) : null,
  }
}

/** A machine with whoever owns it now. */
export interface KnownDevice extends DeviceView {
  /** null: nobody is known */
  companyId: string | null
}

/** The machines of these pairs of keys, those that are known. */
export async function findDevices(
  { database, vault }: Platform,
  keys: readonly { serialKey: string; modelKey: string }[],
): Promise<KnownDevice[]> {
  if (keys.length === 0) return []
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device as d')
    .leftJoin('device_ownership as o', join => join.onRef('o.device_id', '=', 'd.id').on('o.until_day', 'is', null))
    .select([...facts, 'o.company_id as companyId'])
    .where(
      sql<boolean>`(d.serial_key, d.model_key) in (select * from unnest(${keys.map(key => key.serialKey)}::text[], ${keys.map(key => key.modelKey)}::text[]))`,
    )
    .execute()
  return Promise.all(rows.map(row => openFields(vault, 'device', row, ['site'])))
}
