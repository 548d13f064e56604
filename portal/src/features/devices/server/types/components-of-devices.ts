import type { LocalizedText } from '#platform/core'
import type { Database } from '#platform/server'
import type { DeviceTables } from '../tables.ts'

/** What machines are made of by their types, in the order of the types. Machines without a type, or of one without components, are not among them. */
export async function componentsOfDevices(
  { db }: Database,
  deviceIds: readonly string[],
): Promise<Map<string, { key: string; name: LocalizedText }[]>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_type_component as c', 'c.type_id', 'd.type_id')
    .select(['d.id', 'c.key', 'c.name_zh', 'c.name_en'])
    .where('d.id', 'in', deviceIds)
    .orderBy('c.position')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, all]) => [
      id,
      all.map(({ key, name_zh, name_en }) => ({ key, name: { 'zh-CN': name_zh, en: name_en } })),
    ]),
  )
}
