import type { Selectable } from 'kysely'
import { noSuchDevice } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import { notFound, type Platform, type RequestContext } from '#platform/server'
import type { RuleView } from '../../core/index.ts'
import { presentSight, sideOf } from '../sight.ts'
import type { AlarmReads, AlarmTables } from '../tables.ts'

export type RuleRow = Selectable<AlarmTables['alarm_rule']>

/**
 * Rules that watch a machine the reader may see now: those of his side, and those of the manufacturer that are active. For staff, of a type too.
 * Rules of other companies are nobody else's business.
 */
export async function listRules(context: RequestContext, wish: { deviceId?: string | undefined; typeId?: string | undefined }) {
  const side = sideOf(context)
  const db = context.platform.database.db<AlarmReads>()
  let query = db.selectFrom('alarm_rule as r').selectAll('r').orderBy('r.created_at').orderBy('r.id')
  if (wish.deviceId) {
    await presentSight(context.platform, context.account, wish.deviceId)
    const { deviceId } = wish
    query = query.where(({ or, eb, selectFrom }) =>
      or([
        eb('r.device_id', '=', deviceId),
        eb('r.type_id', '=', selectFrom('device').select('type_id').where('id', '=', deviceId)),
      ]),
    )
  } else if (side === null)
    query = wish.typeId ? query.where('r.type_id', '=', wish.typeId) : query.where('r.company_id', 'is', null)
  else throw noSuchDevice()
  query =
    side === null
      ? query.where('r.company_id', 'is', null)
      : query.where(({ or, and, eb }) =>
          or([eb('r.company_id', '=', side), and([eb('r.company_id', 'is', null), eb('r.state', '=', 'active')])]),
        )
  const rows = await query.limit(500).execute()
  return { items: rows.map(row => viewOf(row, side)) }
}

/** The manufacturer's rules for machines of types, whatever becomes of them, by type in the order of their making; for the portal's own work. */
export async function rulesOfTypes(
  { database }: Platform,
  typeIds: readonly string[],
): Promise<Map<string, { id: string; name: LocalizedText }[]>> {
  if (typeIds.length === 0) return new Map()
  const rows = await database
    .db<AlarmTables>()
    .selectFrom('alarm_rule')
    .select(['id', 'type_id', 'name_zh', 'name_en'])
    .where('type_id', 'in', typeIds)
    .where('company_id', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ type_id }) => type_id!)].map(([typeId, rules]) => [
      typeId,
      rules.map(({ id, name_zh, name_en }) => ({ id, name: { 'zh-CN': name_zh, en: name_en } })),
    ]),
  )
}

/** A rule of the reader's own side, of a machine he may see now where it is of one. 404 for every other. */
export async function findOwnRule(context: RequestContext, ruleId: string): Promise<RuleRow> {
  const side = sideOf(context)
  const row = await context.platform.database
    .db<AlarmTables>()
    .selectFrom('alarm_rule')
    .selectAll()
    .where('id', '=', ruleId)
    .where('company_id', side === null ? 'is' : '=', side)
    .executeTakeFirst()
  if (!row) throw noSuchRule()
  if (row.device_id !== null && side !== null) await presentSight(context.platform, context.account, row.device_id)
  return row
}

export const noSuchRule = () => notFound({ 'zh-CN': '报警规则', en: 'alarm rule' })

/** As the reader sees it, with its version. */
export const tagged = (context: RequestContext, row: RuleRow) => ({
  value: viewOf(row, sideOf(context)),
  etag: String(row.revision),
})

const viewOf = (row: RuleRow, side: string | null): RuleView => ({
  id: row.id,
  ...{ typeId: row.type_id, deviceId: row.device_id, mine: row.company_id === side },
  name: { 'zh-CN': row.name_zh, en: row.name_en },
  ...{ severity: row.severity, raise: row.raise, clear: row.clear, faultCode: row.fault_code },
  cause: { 'zh-CN': row.cause_zh, en: row.cause_en },
  remedy: { 'zh-CN': row.remedy_zh, en: row.remedy_en },
  ...{ component: row.component, escalateAfter: row.escalate_after, state: row.state, tells: row.tells },
  ...{ testedAt: row.tested_at?.toISOString() ?? null, revision: row.revision, updatedAt: row.updated_at.toISOString() },
})
