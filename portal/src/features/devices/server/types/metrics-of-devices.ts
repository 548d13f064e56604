import type { Database } from '#platform/server'
import type { Metric } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** What machines may report by their types, in the order of the types. Machines without a type, or of one without metrics, are not among them. */
export async function metricsOfDevices({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, Metric[]>> {
  if (deviceIds.length === 0) return new Map()
  const typed = db<DeviceTables>().selectFrom('device').where('id', 'in', deviceIds)
  const [devices, rows] = await Promise.all([
    typed.select(['id', 'type_id']).execute(),
    db<DeviceTables>()
      .selectFrom('device_type_metric')
      .select(columns)
      .where('type_id', 'in', typed.select('type_id'))
      .where('retired', '=', false)
      .orderBy('position')
      .execute(),
  ])
  const byType = Map.groupBy(rows, ({ type_id }) => type_id)
  const metrics = new Map([...byType].map(([typeId, all]) => [typeId, all.map(toMetric)]))
  return new Map(
    devices.flatMap(({ id, type_id }) => {
      const declared = type_id === null ? undefined : metrics.get(type_id)
      return declared ? [[id, declared] as const] : []
    }),
  )
}

/** One that a machine may report by its type. */
export async function metricOfDevice({ db }: Database, deviceId: string, key: string): Promise<Metric | undefined> {
  const row = await db<DeviceTables>()
    .selectFrom('device_type_metric')
    .select(columns)
    .where('type_id', '=', query => query.selectFrom('device').select('type_id').where('id', '=', deviceId))
    .where('key', '=', key)
    .where('retired', '=', false)
    .executeTakeFirst()
  return row && toMetric(row)
}

const columns = [
  'type_id',
  'key',
  'name_zh',
  'name_en',
  'unit',
  'low',
  'high',
  'decimals',
  'max_rate',
  'tells',
  'component',
] as const

const toMetric = ({ key, name_zh, name_en, unit, low, high, decimals, max_rate, tells, component }: DeclaredRow): Metric => ({
  ...{ key, unit, decimals, min: low, max: high, maxRate: max_rate, tells, component },
  name: { 'zh-CN': name_zh, en: name_en },
})

type DeclaredRow = Omit<DeviceTables['device_type_metric'], 'position' | 'retired'>
