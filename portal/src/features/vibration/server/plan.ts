import { getDeviceType } from '#features/devices/server'
import { changedMeanwhile, type Database, invalid, type LocalizedFieldError, type Platform } from '#platform/server'
import type { Point, VibrationFields, VibrationPlan, ZoneSet } from '../core/index.ts'
import type { VibrationTables } from './tables.ts'

/** The plan of a type; one that nobody has written is empty, with revision 0. 404 where there is no such type. */
export async function getPlan({ database }: Platform, typeId: string): Promise<{ value: VibrationPlan; etag: string }> {
  const type = await getDeviceType(database, typeId)
  const row = await database
    .db<VibrationTables>()
    .selectFrom('vibration_plan')
    .selectAll()
    .where('type_id', '=', typeId)
    .executeTakeFirst()
  return {
    value: {
      ...{ typeName: type.name, points: row?.points ?? [], zones: row?.zones ?? [] },
      metrics: type.metrics.map(({ key, name, unit }) => ({ key, name, unit })),
      components: type.components.map(({ key, name }) => ({ key, name })),
    },
    etag: String(row?.revision ?? 0),
  }
}

/** Writes the plan of a type anew. 412 where somebody did meanwhile; what it names has to be there. */
export async function changePlan(
  platform: Platform,
  { typeId, revision, fields }: { typeId: string; revision: string; fields: VibrationFields },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { value, etag } = await getPlan(platform, typeId)
    if (etag !== revision) throw changedMeanwhile()
    const unknown = unknownNames(fields, value)
    if (unknown.length > 0) throw invalid(unknown)
    const next = Number(revision) + 1
    const written = { points: JSON.stringify(fields.points), zones: JSON.stringify(fields.zones), revision: next }
    const row = await database
      .db<VibrationTables>()
      .insertInto('vibration_plan')
      .values({ type_id: typeId, ...written, updated_at: platform.now() })
      .onConflict(conflict =>
        conflict
          .column('type_id')
          .doUpdateSet({ ...written, updated_at: platform.now() })
          .where('vibration_plan.revision', '=', Number(revision)),
      )
      .returning('revision')
      .executeTakeFirst()
    if (!row) throw changedMeanwhile()
    const keysOf = ({ points, zones }: Pick<VibrationFields, 'points' | 'zones'>) => ({
      points: points.map(({ key }) => key),
      zones: zones.map(({ key, ab, bc, cd }) => `${key} ${ab}/${bc}/${cd}`),
    })
    await platform.audit.write({
      action: 'vibration-plan.changed',
      target: { kind: 'device-type', id: typeId },
      before: keysOf(value),
      after: keysOf(fields),
    })
  })
}

function unknownNames({ points, zones }: VibrationFields, { metrics, components }: VibrationPlan): LocalizedFieldError[] {
  const missing = (list: readonly { key: string }[], key: string | null | undefined): key is string =>
    key != null && !list.some(one => one.key === key)
  return points.flatMap((point, at) => [
    ...(missing(components, point.component) ? [noSuch(`/points/${at}/component`, point.component, parts.component)] : []),
    ...(missing(metrics, point.speedMetric) ? [noSuch(`/points/${at}/speedMetric`, point.speedMetric, parts.metric)] : []),
    ...(missing(zones, point.zones) ? [noSuch(`/points/${at}/zones`, point.zones, parts.zones)] : []),
    ...Object.entries(point.metrics).flatMap(([feature, key]) =>
      missing(metrics, key) ? [noSuch(`/points/${at}/metrics/${feature}`, key, parts.metric)] : [],
    ),
    ...point.bands.flatMap(({ metric }, place) =>
      missing(metrics, metric) ? [noSuch(`/points/${at}/bands/${place}/metric`, metric, parts.metric)] : [],
    ),
  ])
}

const parts = {
  component: { 'zh-CN': '机型中没有这个部件。', en: 'The type has no such component.' },
  metric: { 'zh-CN': '机型中没有这个测量值。', en: 'The type has no such metric.' },
  zones: { 'zh-CN': '没有这组区域界限。', en: 'There are no such zones.' },
}

const noSuch = (field: string, value: string, message: LocalizedFieldError['message']): LocalizedFieldError => ({
  ...{ field, value, message },
  remedy: { 'zh-CN': '请从列表中选择，或先在那里添加。', en: 'Choose one of the list, or add it there first.' },
})

export interface OwnPlan {
  points: Point[]
  zones: ZoneSet[]
}

/** Plans of machines by their types; machines whose type has none are absent. */
export async function plansOfDevices({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, OwnPlan>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<VibrationTables & { device: { id: string; type_id: string | null } }>()
    .selectFrom('device as d')
    .innerJoin('vibration_plan as p', 'p.type_id', 'd.type_id')
    .select(['d.id', 'p.points', 'p.zones'])
    .where('d.id', 'in', deviceIds)
    .execute()
  return new Map(rows.map(({ id, points, zones }) => [id, { points, zones }]))
}
