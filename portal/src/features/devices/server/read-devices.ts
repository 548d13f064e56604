import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import { decodeCursor, encodeCursor, notFound, openFields, type Platform } from '#platform/server'
import type { DeviceView, Identification } from '../core/index.ts'
import type { DeviceTables } from './tables.ts'

/** The stranger's answer too. */
export const noSuchDevice = () => notFound({ 'zh-CN': '机器', en: 'machine' })

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
    .where('o.role', '=', 'owner')
    .where('o.until_at', 'is', null)
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
    .leftJoin('device_ownership as o', join =>
      join.onRef('o.device_id', '=', 'd.id').on('o.role', '=', 'owner').on('o.until_at', 'is', null),
    )
    .select([...facts, 'o.company_id as companyId'])
    .where(
      sql<boolean>`(d.serial_key, d.model_key) in (select * from unnest(${keys.map(key => key.serialKey)}::text[], ${keys.map(key => key.modelKey)}::text[]))`,
    )
    .execute()
  return Promise.all(rows.map(row => openFields(vault, 'device', row, ['site'])))
}

/** What is on a nameplate, with the type and what is not for everybody. */
export interface Plate extends DeviceView, Identification {
  type: { id: string; name: LocalizedText } | null
  builtYear: number | null
  configurationToken: string | null
  orderNumber: string | null
  revision: number
}

/** The nameplates of machines, by serial number. The caller has checked that the reader may see them. */
export async function platesOf({ database, vault }: Platform, ids: readonly string[]): Promise<Plate[]> {
  if (ids.length === 0) return []
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device as d')
    .leftJoin('device_type as y', 'y.id', 'd.type_id')
    .select([
      ...facts,
      'd.type_id',
      'y.name_zh',
      'y.name_en',
      'd.built_year',
      'd.configuration_token',
      'd.order_number',
      'd.revision',
      'd.manufacturer',
      'd.manufacturer_uri as manufacturerUri',
      'd.product_instance_uri as productInstanceUri',
      'd.device_class as deviceClass',
      'd.hardware_revision as hardwareRevision',
      'd.software_revision as softwareRevision',
      sql<string | null>`d.initial_operation_date::text`.as('initialOperationDate'),
      'd.asset_id as assetId',
    ])
    .where(sql<boolean>`d.id = any(${ids}::uuid[])`)
    .orderBy('d.serial_key')
    .orderBy('d.id')
    .execute()
  const open = await Promise.all(rows.map(row => openFields(vault, 'device', row, ['site'])))
  return open.map(({ type_id, name_zh, name_en, built_year, configuration_token, order_number, ...plate }) => ({
    ...plate,
    type: type_id ? { id: type_id, name: { 'zh-CN': name_zh!, en: name_en! } } : null,
    builtYear: built_year,
    configurationToken: configuration_token,
    orderNumber: order_number,
  }))
}
