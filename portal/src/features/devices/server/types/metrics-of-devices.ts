import type { Database } from '#platform/server'
import type { Metric } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** What machines may report by their types, in the order of the types. Machines without a type are not among them. */
export async function metricsOfDevices({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, Metric[]>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_type_metric as m', 'm.type_id', 'd.type_id')
    .select(['d.id', 'm.key', 'm.name_zh', 'm.name_en', 'm.unit', 'm.low', 'm.high', 'm.decimals', 'm.max_rate'])
    .where('d.id', 'in', deviceIds)
    .where('m.retired', '=', false)
    .orderBy('m.position')
    .execute()
  const metrics = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    [...metrics].map(([id, all]) => [
      id,
      all.map(({ key, name_zh, name_en, unit, low, high, decimals, max_rate }) => ({
        ...{ key, unit, decimals, min: low, max: high, maxRate: max_rate },
        name: { 'zh-CN': name_zh, en: name_en },
      })),
    ]),
  )
}
