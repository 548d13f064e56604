import { sql } from 'kysely'
import { namedProducts } from '#features/products/server'
import { changedMeanwhile, conflict, invalid, type LocalizedFieldError, type Platform } from '#platform/server'
import { type DeviceTypeFields, patternKey, settleMetrics, typeLimits } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'
import { assignTypes } from './assign-types.ts'
import { isReporting, metricsOf, noSuchType } from './read-types.ts'

/** A new type; machines without one whose nameplates it names become machines of it. Answers its id. */
export async function createDeviceType(platform: Platform, fields: DeviceTypeFields): Promise<string> {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<DeviceTables>()
    await holdTypes(platform)
    const { types } = await db
      .selectFrom('device_type')
      .select(eb => eb.fn.countAll<number>().as('types'))
      .executeTakeFirstOrThrow()
    if (Number(types) >= typeLimits.types) throw tooManyTypes()
    await demandFree(platform, fields, null)
    const id = platform.newId()
    const now = platform.now()
    await db
      .insertInto('device_type')
      .values({ id, ...columnsOf(fields), revision: 1, created_at: now, updated_at: now })
      .execute()
    await writeParts(platform, id, fields)
    await tell(platform, 'device-type.created', id, fields)
    return id
  })
}

/** Changes a type. 412 where somebody did meanwhile; once machines report by it, a metric keeps its unit and decimals. */
export async function changeDeviceType(
  platform: Platform,
  { typeId, revision, fields }: { typeId: string; revision: string; fields: DeviceTypeFields },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    await holdTypes(platform)
    const row = await lockType(platform, typeId, revision)
    await demandFree(platform, fields, typeId)
    const db = database.db<DeviceTables>()
    await db
      .updateTable('device_type')
      .set({ ...columnsOf(fields), revision: row.revision + 1, updated_at: platform.now() })
      .where('id', '=', typeId)
      .execute()
    await writeParts(platform, typeId, fields)
    await tell(platform, 'device-type.changed', typeId, fields)
  })
}

/** Deletes a type of which there is no machine. */
export async function deleteDeviceType(
  platform: Platform,
  { typeId, revision }: { typeId: string; revision: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { key } = await lockType(platform, typeId, revision)
    const db = database.db<DeviceTables>()
    const used = await db.selectFrom('device').select('id').where('type_id', '=', typeId).limit(1).executeTakeFirst()
    if (used) throw typeUsed()
    await db.deleteFrom('device_type').where('id', '=', typeId).execute()
    await platform.audit.write({
      action: 'device-type.deleted',
      target: { kind: 'device-type', id: typeId },
      before: { key },
    })
    await platform.live.publish('devices', typeId)
  })
}

/** One at a time: keys and patterns belong to one type each. */
const holdTypes = ({ database }: Platform) =>
  sql`select pg_advisory_xact_lock(hashtext('fettle-device-types'))`.execute(database.db())

async function lockType({ database }: Platform, typeId: string, revision: string) {
  const row = await database
    .db<DeviceTables>()
    .selectFrom('device_type')
    .select(['key', 'revision'])
    .where('id', '=', typeId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchType()
  if (String(row.revision) !== revision) throw changedMeanwhile()
  return row
}

/** Refuses what belongs to another type, and a product that is not there. */
async function demandFree({ database }: Platform, { key, models, productId }: DeviceTypeFields, typeId: string | null) {
  const db = database.db<DeviceTables>()
  const others = await db.selectFrom('device_type').select(['id', 'key']).execute()
  const errors: LocalizedFieldError[] = []
  if (others.some(other => other.key === key && other.id !== typeId)) errors.push(keyTaken(key))
  const taken = await db
    .selectFrom('device_type_model as m')
    .innerJoin('device_type as y', 'y.id', 'm.type_id')
    .select(['m.pattern_key', 'y.key', 'y.id'])
    .execute()
  for (const [at, model] of models.entries()) {
    const other = taken.find(row => row.pattern_key === patternKey(model) && row.id !== typeId)
    if (other) errors.push(modelTaken(at, model, other.key))
  }
  if (productId && !(await namedProducts(database)).some(({ id }) => id === productId)) errors.push(noProduct(productId))
  if (errors.length > 0) throw invalid(errors)
}

async function writeParts(platform: Platform, typeId: string, { models, metrics, components }: DeviceTypeFields) {
  const { database } = platform
  const db = database.db<DeviceTables>()
  const before = (await isReporting(database, typeId)) ? await metricsOf(database, typeId) : []
  const settled = settleMetrics(before, metrics)
  if (settled.conflicts.length > 0)
    throw invalid(
      settled.conflicts.map(key =>
        metricFixed(
          metrics.findIndex(metric => metric.key === key),
          key,
        ),
      ),
    )
  for (const table of ['device_type_model', 'device_type_metric', 'device_type_component'] as const)
    await db.deleteFrom(table).where('type_id', '=', typeId).execute()
  const patterns = new Map(models.map(pattern => [patternKey(pattern)!, pattern]))
  if (patterns.size > 0)
    await db
      .insertInto('device_type_model')
      .values([...patterns].map(([pattern_key, pattern]) => ({ pattern_key, type_id: typeId, pattern })))
      .execute()
  if (settled.metrics.length > 0)
    await db
      .insertInto('device_type_metric')
      .values(
        settled.metrics.map(({ key, name, unit, min, max, decimals, maxRate, tells, component, retired }, position) => ({
          ...{
            type_id: typeId,
            key,
            position,
            unit,
            decimals,
            retired,
            low: min,
            high: max,
            max_rate: maxRate,
            tells,
            component,
          },
          ...{ name_zh: name['zh-CN'], name_en: name.en },
        })),
      )
      .execute()
  if (components.length > 0)
    await db
      .insertInto('device_type_component')
      .values(
        components.map(({ key, name, partOf, partNumber, lifeMonths, lifeHours }, position) => ({
          ...{ type_id: typeId, key, position, part_of: partOf, part_number: partNumber || null },
          ...{ name_zh: name['zh-CN'], name_en: name.en, life_months: lifeMonths, life_hours: lifeHours },
        })),
      )
      .execute()
  await assignTypes(database)
}

async function tell(
  platform: Platform,
  action: 'device-type.created' | 'device-type.changed',
  id: string,
  fields: DeviceTypeFields,
) {
  const { key, name, models, metrics, components, settings, commands } = fields
  const keysOf = (all: readonly { key: string }[]) => all.map(one => one.key)
  await platform.audit.write({
    action,
    target: { kind: 'device-type', id },
    after: {
      ...{ key, name: name['zh-CN'], models, metrics: keysOf(metrics), components: keysOf(components) },
      ...{ settings: keysOf(settings), commands: keysOf(commands) },
    },
  })
  await platform.live.publish('devices', id)
}

const columnsOf = ({ key, name, productId, settings, commands }: DeviceTypeFields) => ({
  key,
  name_zh: name['zh-CN'],
  name_en: name.en,
  product_id: productId,
  settings: JSON.stringify(settings),
  commands: JSON.stringify(commands),
})

const keyTaken = (key: string): LocalizedFieldError => ({
  field: '/key',
  value: key,
  message: { 'zh-CN': `标识 ${key} 已用于另一机型。`, en: `The key ${key} belongs to another type.` },
  remedy: { 'zh-CN': '请改用另一个标识。', en: 'Use another key.' },
})

const modelTaken = (at: number, model: string, other: string): LocalizedFieldError => ({
  field: `/models/${at}`,
  value: model,
  message: { 'zh-CN': `型号 ${model} 已属于机型 ${other}。`, en: `${model} belongs to the type ${other}.` },
  remedy: { 'zh-CN': '请先从那个机型中移除。', en: 'Take it away from that type first.' },
})

const noProduct = (id: string): LocalizedFieldError => ({
  field: '/productId',
  value: id,
  message: { 'zh-CN': '没有这个产品。', en: 'There is no such product.' },
  remedy: { 'zh-CN': '请从列表中选择。', en: 'Choose one of the list.' },
})

const metricFixed = (at: number, key: string): LocalizedFieldError => ({
  field: `/metrics/${at}/key`,
  value: key,
  message: {
    'zh-CN': `测量值 ${key} 已有机器上报，单位和小数位不能再改。`,
    en: `Machines report ${key} already, so its unit and decimals stay as they are.`,
  },
  remedy: { 'zh-CN': '请用新的标识另建一个测量值。', en: 'Make another metric with a new key.' },
})

const tooManyTypes = () =>
  conflict('device-types-full', {
    'zh-CN': `机型数量已达上限 ${typeLimits.types}。`,
    en: `There are ${typeLimits.types} types already, which is the most.`,
  })

const typeUsed = () =>
  conflict(
    'device-type-used',
    { 'zh-CN': '还有机器属于这个机型。', en: 'There are machines of this type.' },
    { 'zh-CN': '请先为这些机器选择其他机型。', en: 'Give these machines another type first.' },
  )
