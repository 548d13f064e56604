import { rulesOfTypes } from '#features/alarms/server'
import { getDeviceType, typedDevices } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import { changedMeanwhile, type Database, invalid, type Platform } from '#platform/server'
import type { AdviceRule, Plan, PlanFields, ServiceSubject, Task } from '../../core/index.ts'
import type { AdvisoryTables } from '../tables.ts'
import { bindAlarms } from './bind-alarms.ts'

/** The plan of a type, with the packages that can be advised; one that nobody has written is empty, with revision 0. 404 where there is no such type. */
export async function getPlan(
  platform: Platform,
  typeId: string,
  packages: Plan['packages'] = [],
): Promise<{ value: Plan; etag: string }> {
  const { database } = platform
  const type = await getDeviceType(database, typeId)
  const rules = (await rulesOfTypes(platform, [typeId])).get(typeId) ?? []
  const row = await database
    .db<AdvisoryTables>()
    .selectFrom('maintenance_plan')
    .selectAll()
    .where('type_id', '=', typeId)
    .executeTakeFirst()
  const metrics = type.metrics.map(({ key, name, unit }) => ({ key, name, unit }))
  return {
    value: { typeName: type.name, tasks: row?.tasks ?? [], advice: adviceIn(row), metrics, rules, packages },
    etag: String(row?.revision ?? 0),
  }
}

interface Change {
  typeId: string
  revision: string
  fields: PlanFields
  /** that can be advised; none: nothing is sold */
  packages?: Plan['packages']
}

/**
 * Writes the plan of a type anew. 412 where somebody did meanwhile; a counter has to be a metric of the type, the rule of an alarm one
 * of the type, a package one that is offered for it, or was advised before.
 */
export async function changePlan(platform: Platform, { typeId, revision, fields, packages = [] }: Change): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { value, etag } = await getPlan(platform, typeId)
    if (etag !== revision) throw changedMeanwhile()
    const unknown = fields.tasks.flatMap(({ counter }, at) =>
      counter && !value.metrics.some(({ key }) => key === counter.metric) ? [noSuchMetric(at, counter.metric)] : [],
    )
    const advised = new Set([...packages.map(({ id }) => id), ...value.advice.map(({ packageId }) => packageId)])
    for (const [at, { packageId }] of fields.advice.entries())
      if (packageId && !advised.has(packageId)) unknown.push(noSuchPackage(at, packageId))
    if (unknown.length > 0) throw invalid(unknown)
    const bound = bindAlarms(fields, value.rules)
    const [next, updated_at] = [Number(revision) + 1, platform.now()]
    const written = { tasks: JSON.stringify(bound.tasks), advice: JSON.stringify(bound.advice), revision: next, updated_at }
    const row = await database
      .db<AdvisoryTables>()
      .insertInto('maintenance_plan')
      .values({ type_id: typeId, ...written })
      .onConflict(conflict =>
        conflict.column('type_id').doUpdateSet(written).where('maintenance_plan.revision', '=', Number(revision)),
      )
      .returning('revision')
      .executeTakeFirst()
    if (!row) throw changedMeanwhile()
    await platform.audit.write({
      action: 'maintenance-plan.changed',
      target: { kind: 'device-type', id: typeId },
      before: { tasks: value.tasks.map(({ key }) => key) },
      after: { tasks: fields.tasks.map(({ key }) => key) },
    })
  })
}

/** The tasks of each type that has a plan. */
export async function plans({ db }: Database): Promise<Map<string, Task[]>> {
  const rows = await db<AdvisoryTables>().selectFrom('maintenance_plan').select(['type_id', 'tasks']).execute()
  return new Map(rows.map(({ type_id, tasks }) => [type_id, tasks]))
}

export const hasPlans = async ({ db }: Database): Promise<boolean> =>
  (await db<AdvisoryTables>().selectFrom('maintenance_plan').select('type_id').limit(1).executeTakeFirst()) !== undefined

/** What is advised on machines of a type. */
export async function adviceOfType({ db }: Database, typeId: string): Promise<AdviceRule[]> {
  const row = await db<AdvisoryTables>()
    .selectFrom('maintenance_plan')
    .select('advice')
    .where('type_id', '=', typeId)
    .executeTakeFirst()
  return adviceIn(row)
}

/** Advice of before packages were advised names none. */
const adviceIn = (row: { advice: AdviceRule[] } | undefined): AdviceRule[] =>
  (row?.advice ?? []).map(rule => ({ ...rule, packageId: rule.packageId ?? null }))

/** What a task or advice of a plan is about. */
export interface Planned {
  typeId: string
  subject: ServiceSubject
  key: string
}

/** Which component a task or advice is about, by what it waits for: a finding at it, or its health; null: none, or none that is known. */
export async function plannedComponents({ db }: Database): Promise<(planned: Planned) => string | null> {
  const rows = await db<AdvisoryTables>().selectFrom('maintenance_plan').select(['type_id', 'tasks', 'advice']).execute()
  const nameOf = ({ typeId, subject, key }: Planned) => `${typeId} ${subject} ${key}`
  const components = new Map(
    rows.flatMap(({ type_id: typeId, tasks, advice }) =>
      [
        ...tasks.map(({ key, condition }) => ({ subject: 'maintenance' as const, key, condition })),
        ...advice.map(({ key, when }) => ({ subject: 'advice' as const, key, condition: when })),
      ].flatMap(({ subject, key, condition }) =>
        condition && condition.kind !== 'alarm' && condition.code !== ''
          ? [[nameOf({ typeId, subject, key }), condition.code] as const]
          : [],
      ),
    ),
  )
  return planned => components.get(nameOf(planned)) ?? null
}

const noSuchMetric = (at: number, metric: string) => ({
  field: `/tasks/${at}/counter/metric`,
  value: metric,
  message: { 'zh-CN': '机型中没有这个测量值。', en: 'The type has no such metric.' },
  remedy: { 'zh-CN': '请选择机型中只增不减的测量值。', en: 'Choose a metric of the type that only counts up.' },
})

const noSuchPackage = (at: number, value: string) => ({
  ...{ field: `/advice/${at}/packageId`, value },
  message: { 'zh-CN': '没有为这个机型提供的这个服务包。', en: 'No such package is offered for machines of the type.' },
  remedy: { 'zh-CN': '请从列表中选择，或留空。', en: 'Choose one of the list, or none.' },
})

/** How a task of a machine's plan is called; null where the plan has none of this key any more. */
export async function plannedTask({ database }: Platform, deviceId: string, key: string): Promise<LocalizedText | null> {
  const [[device], all] = await Promise.all([typedDevices(database, { ids: [deviceId] }), plans(database)])
  return (device && all.get(device.typeId)?.find(task => task.key === key)?.name) ?? null
}
