import { sql } from 'kysely'
import type { LocalizedText } from '#platform/core'
import type { Database } from '#platform/server'
import type { DeviceTables } from '../tables.ts'

interface NamedPart {
  key: string
  name: LocalizedText
}

/** A type of machines with what it is made of and what it measures. */
export interface TypeParts {
  typeId: string
  name: LocalizedText
  components: NamedPart[]
  metrics: NamedPart[]
}

/** Every type, or one, by key. */
export async function partsOfTypes({ db }: Database, typeId?: string): Promise<TypeParts[]> {
  let query = db<DeviceTables>().selectFrom('device_type').select(['id', 'name_zh', 'name_en']).orderBy('key')
  if (typeId) query = query.where('id', '=', typeId)
  const types = await query.execute()
  const parts = async (table: 'device_type_component' | 'device_type_metric') =>
    Map.groupBy(
      await db<DeviceTables>().selectFrom(table).select(['type_id', 'key', 'name_zh', 'name_en']).orderBy('position').execute(),
      row => row.type_id,
    )
  const [components, metrics] = await Promise.all([parts('device_type_component'), parts('device_type_metric')])
  return types.map(type => ({
    typeId: type.id,
    name: nameOf(type),
    components: (components.get(type.id) ?? []).map(row => ({ key: row.key, name: nameOf(row) })),
    metrics: (metrics.get(type.id) ?? []).map(row => ({ key: row.key, name: nameOf(row) })),
  }))
}

/** A component of a machine, and since when it is in it. */
export interface ComponentInMachine extends NamedPart {
  deviceId: string
  typeId: string
  /** YYYY-MM-DD: when it was replaced, otherwise when the machine was delivered; null: not known */
  since: string | null
}

/** The components of machines, in the order of their types. deviceIds absent: of all machines */
export async function componentsInMachines({ db }: Database, deviceIds?: readonly string[]): Promise<ComponentInMachine[]> {
  if (deviceIds?.length === 0) return []
  let query = db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_type_component as c', 'c.type_id', 'd.type_id')
    .leftJoin('device_component as r', join => join.onRef('r.device_id', '=', 'd.id').onRef('r.key', '=', 'c.key'))
    .select(['d.id as deviceId', 'c.type_id as typeId', 'c.key', 'c.name_zh', 'c.name_en'])
    .select(sql<string | null>`coalesce(r.installed_on, d.delivered_on)::text`.as('since'))
    .orderBy('d.id')
    .orderBy('c.position')
  if (deviceIds) query = query.where('d.id', 'in', deviceIds)
  const rows = await query.execute()
  return rows.map(({ name_zh, name_en, ...row }) => ({ ...row, name: nameOf({ name_zh, name_en }) }))
}

const nameOf = ({ name_zh, name_en }: { name_zh: string; name_en: string }): LocalizedText => ({ 'zh-CN': name_zh, en: name_en })
