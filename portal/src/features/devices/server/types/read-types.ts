import { sql } from 'kysely'
import { namedProducts } from '#features/products/server'
import { type Database, notFound } from '#platform/server'
import type { Component, DeviceTypeDetail, DeviceTypeSummary, KeptMetric } from '../../core/index.ts'
import { typeLimits } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

export const noSuchType = () => notFound({ 'zh-CN': '机型', en: 'type of machine' })

/** Every type, by key. */
export async function listDeviceTypes(database: Database): Promise<DeviceTypeSummary[]> {
  const rows = await summaries(database).orderBy('y.key').limit(typeLimits.types).execute()
  return present(database, rows)
}

/** A type with what it measures and is made of. 404 where there is none. */
export async function getDeviceType(database: Database, typeId: string): Promise<DeviceTypeDetail> {
  const row = await summaries(database).where('y.id', '=', typeId).executeTakeFirst()
  if (!row) throw noSuchType()
  const [[summary], metrics, components, reporting, controls] = await Promise.all([
    present(database, [row]),
    metricsOf(database, typeId),
    componentsOf(database, typeId),
    isReporting(database, typeId),
    controlsOf(database, typeId),
  ])
  const shown = (retired: boolean) => metrics.filter(metric => metric.retired === retired).map(({ retired, ...metric }) => metric)
  return { ...summary!, metrics: shown(false), retired: shown(true), components, ...controls, reporting, revision: row.revision }
}

const summaries = ({ db }: Database) =>
  db<DeviceTables>()
    .selectFrom('device_type as y')
    .select(['y.id', 'y.key', 'y.name_zh', 'y.name_en', 'y.product_id', 'y.revision', 'y.updated_at'])
    .select(sql<number>`(select count(*)::int from device d where d.type_id = y.id)`.as('devices'))
    .select(sql<number>`(select count(*)::int from device_type_metric m where m.type_id = y.id and not m.retired)`.as('metrics'))
    .select(sql<number>`(select count(*)::int from device_type_component c where c.type_id = y.id)`.as('components'))
    .select(
      sql<
        string[]
      >`(select coalesce(array_agg(p.pattern order by p.pattern), '{}') from device_type_model p where p.type_id = y.id)`.as(
        'models',
      ),
    )

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number]

async function present(database: Database, rows: readonly SummaryRow[]): Promise<DeviceTypeSummary[]> {
  const products = rows.some(row => row.product_id !== null) ? await namedProducts(database) : []
  return rows.map(row => {
    const product = products.find(({ id }) => id === row.product_id)
    return {
      id: row.id,
      key: row.key,
      name: { 'zh-CN': row.name_zh, en: row.name_en },
      product: product ? { id: product.id, name: product.name } : null,
      models: row.models,
      metricCount: row.metrics,
      componentCount: row.components,
      devices: row.devices,
      updatedAt: row.updated_at.toISOString(),
    }
  })
}

/** What machines of a type measure, in its order, what is taken no more behind it. */
export async function metricsOf({ db }: Database, typeId: string): Promise<KeptMetric[]> {
  const rows = await db<DeviceTables>()
    .selectFrom('device_type_metric')
    .selectAll()
    .where('type_id', '=', typeId)
    .orderBy('retired')
    .orderBy('position')
    .execute()
  return rows.map(({ key, name_zh, name_en, unit, low, high, decimals, max_rate, tells, component, retired }) => ({
    ...{ key, unit, decimals, retired, min: low, max: high, maxRate: max_rate, tells, component },
    name: { 'zh-CN': name_zh, en: name_en },
  }))
}

/** What machines of a type are made of, in its order: what is a part of something stands behind it. */
export async function componentsOf({ db }: Database, typeId: string): Promise<Component[]> {
  const rows = await db<DeviceTables>()
    .selectFrom('device_type_component')
    .selectAll()
    .where('type_id', '=', typeId)
    .orderBy('position')
    .execute()
  return rows.map(row => ({
    key: row.key,
    name: { 'zh-CN': row.name_zh, en: row.name_en },
    partOf: row.part_of,
    partNumber: row.part_number,
    lifeMonths: row.life_months,
    lifeHours: row.life_hours,
  }))
}

/** What can be set on machines of a type, and what they can be told to do. */
const controlsOf = ({ db }: Database, typeId: string) =>
  db<DeviceTables>().selectFrom('device_type').select(['settings', 'commands']).where('id', '=', typeId).executeTakeFirstOrThrow()

/** Whether a machine of the type has, or had, something to sign in with: readings of it may be kept. */
export async function isReporting({ db }: Database, typeId: string): Promise<boolean> {
  const row = await db<DeviceTables>()
    .selectFrom('device_credential as c')
    .innerJoin('device as d', 'd.id', 'c.device_id')
    .select('c.id')
    .where('d.type_id', '=', typeId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const hasDeviceTypes = async ({ db }: Database): Promise<boolean> =>
  (await db<DeviceTables>().selectFrom('device_type').select('id').limit(1).executeTakeFirst()) !== undefined

/** Ids of the types by their keys. */
export async function typesByKey({ db }: Database): Promise<Map<string, string>> {
  const rows = await db<DeviceTables>().selectFrom('device_type').select(['key', 'id']).execute()
  return new Map(rows.map(({ key, id }) => [key, id]))
}
