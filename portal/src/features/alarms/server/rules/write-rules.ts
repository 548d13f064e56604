import { signedIn } from '#features/accounts/server'
import { metricsOfDevices, noSuchDevice } from '#features/devices/server'
import {
  changedMeanwhile,
  conflict,
  invalid,
  type LocalizedFieldError,
  type Platform,
  type RequestContext,
} from '#platform/server'
import { metricsOf, type RuleFields, ruleLimits } from '../../core/index.ts'
import { endAlarms } from '../end-alarms.ts'
import { presentSight, sideOf } from '../sight.ts'
import type { AlarmReads, AlarmTables } from '../tables.ts'
import { hasHistory } from './has-history.ts'
import { findOwnRule, noSuchRule, type RuleRow } from './read-rules.ts'
import { tellOfRules } from './tell-of-rules.ts'

export interface Scope {
  deviceId?: string | undefined
  typeId?: string | undefined
}

/** A new rule as a draft: of a machine the account may see now, or by staff of a type. */
export async function createRule(context: RequestContext, { deviceId, typeId, ...fields }: RuleFields & Scope): Promise<RuleRow> {
  const side = sideOf(context)
  const { platform } = context
  if ((deviceId === undefined) === (typeId === undefined) || (typeId !== undefined && side !== null)) throw noScope()
  if (deviceId) await presentSight(platform, context.account, deviceId)
  return writeRule(platform, { scope: { deviceId, typeId }, side, authorId: signedIn(context).id, fields, state: 'draft' })
}

/** Writes a new rule. side: whose it is; null: the manufacturer's. Active ones only where the portal itself enters them, for the demo. */
export async function writeRule(
  platform: Platform,
  rule: { scope: Scope; side: string | null; authorId: string | null; fields: RuleFields; state: 'draft' | 'active' },
): Promise<RuleRow> {
  const { database } = platform
  const { scope, side, fields } = rule
  return database.transaction(async () => {
    await demandMetrics(platform, scope, fields)
    const db = database.db<AlarmTables>()
    const others = await db
      .selectFrom('alarm_rule')
      .select('id')
      .where(scope.deviceId ? 'device_id' : 'type_id', '=', (scope.deviceId ?? scope.typeId)!)
      .where('company_id', side === null ? 'is' : '=', side)
      .execute()
    if (others.length >= ruleLimits.rules) throw tooManyRules()
    const now = platform.now()
    const row = await db
      .insertInto('alarm_rule')
      .values({
        ...{ id: platform.newId(), type_id: scope.typeId ?? null, device_id: scope.deviceId ?? null, company_id: side },
        ...columnsOf(fields, side),
        ...{ state: rule.state, tested_at: rule.state === 'active' ? now : null, revision: 1 },
        ...{ author_id: rule.authorId, created_at: now, updated_at: now },
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await tell(platform, 'alarm-rule.created', row)
    return row
  })
}

/** Changes a rule of the own side; it is a draft again. 412 where somebody did meanwhile. */
export async function changeRule(
  context: RequestContext,
  { ruleId, revision, fields }: { ruleId: string; revision: string; fields: RuleFields },
): Promise<RuleRow> {
  const known = await findOwnRule(context, ruleId)
  const { platform } = context
  await demandMetrics(platform, { deviceId: known.device_id ?? undefined, typeId: known.type_id ?? undefined }, fields)
  return update(platform, { ruleId, revision, action: 'alarm-rule.changed' }, () => ({
    ...columnsOf(fields, known.company_id),
    ...{ state: 'draft', tested_at: null },
  }))
}

/** Lets a rule watch, or rest. Before it watches, it has to have been tried since its last change. untried: that is confirmed where there is nothing to try it on */
export async function switchRule(
  context: RequestContext,
  { ruleId, revision, state, untried = false }: { ruleId: string; revision: string; state: 'active' | 'off'; untried?: boolean },
): Promise<RuleRow> {
  const known = await findOwnRule(context, ruleId)
  const triable = state === 'active' && untried && (await hasHistory(context, known))
  return update(context.platform, { ruleId, revision, action: 'alarm-rule.switched' }, row => {
    if (state === 'active' && row.tested_at === null && (!untried || triable)) throw notTried(triable)
    return { state }
  })
}

export async function deleteRule(context: RequestContext, ruleId: string): Promise<void> {
  const row = await findOwnRule(context, ruleId)
  const { platform } = context
  await platform.database.transaction(async () => {
    await endAlarms(platform, { source: `rule:${ruleId}` })
    await platform.database.db<AlarmTables>().deleteFrom('alarm_rule').where('id', '=', ruleId).execute()
    await tell(platform, 'alarm-rule.deleted', row)
  })
}

type Change = Partial<Pick<RuleRow, 'state' | 'tested_at'>> & Partial<ReturnType<typeof columnsOf>>

async function update(
  platform: Platform,
  { ruleId, revision, action }: { ruleId: string; revision: string; action: 'alarm-rule.changed' | 'alarm-rule.switched' },
  change: (row: RuleRow) => Change,
): Promise<RuleRow> {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<AlarmTables>()
    const row = await db.selectFrom('alarm_rule').selectAll().where('id', '=', ruleId).forUpdate().executeTakeFirst()
    if (!row) throw noSuchRule()
    if (String(row.revision) !== revision) throw changedMeanwhile()
    const changed = await db
      .updateTable('alarm_rule')
      .set({ ...change(row), revision: row.revision + 1, updated_at: platform.now() })
      .where('id', '=', ruleId)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (changed.state !== 'active') await endAlarms(platform, { source: `rule:${ruleId}` })
    await tell(platform, action, changed)
    return changed
  })
}

async function tell(
  platform: Platform,
  action: 'alarm-rule.created' | 'alarm-rule.changed' | 'alarm-rule.switched' | 'alarm-rule.deleted',
  { id, type_id, device_id, state, tested_at }: RuleRow,
) {
  await platform.audit.write({
    action,
    target: { kind: 'alarm-rule', id },
    after: { typeId: type_id, deviceId: device_id, state, tried: tested_at !== null },
  })
  await tellOfRules(platform, device_id)
}

/** A rule over what is not measured would never say anything. */
async function demandMetrics(platform: Platform, { deviceId, typeId }: Scope, { raise, clear }: RuleFields): Promise<void> {
  const db = platform.database.db<AlarmReads>()
  const known = deviceId
    ? ((await metricsOfDevices(platform.database, [deviceId])).get(deviceId) ?? []).map(({ key }) => key)
    : (
        await db
          .selectFrom('device_type_metric')
          .select('key')
          .where('type_id', '=', typeId!)
          .where('retired', '=', false)
          .execute()
      ).map(({ key }) => key)
  if (typeId && !(await db.selectFrom('device_type').select('id').where('id', '=', typeId).executeTakeFirst()))
    throw noSuchDevice()
  const errors = [raise, clear].flatMap((condition, at) =>
    condition
      ? metricsOf(condition).flatMap(key => (known.includes(key) ? [] : [unknownMetric(at === 0 ? '/raise' : '/clear', key)]))
      : [],
  )
  if (errors.length > 0) throw invalid(errors)
}

/** side: whose rule it is; the manufacturer's tell whoever may see them */
const columnsOf = (fields: RuleFields, side: string | null) => ({
  tells: side === null ? [] : [...new Set(fields.tells)],
  ...{ name_zh: fields.name['zh-CN'], name_en: fields.name.en, severity: fields.severity },
  ...{ raise: JSON.stringify(fields.raise), clear: fields.clear && JSON.stringify(fields.clear) },
  ...{ fault_code: fields.faultCode || null, cause_zh: fields.cause['zh-CN'], cause_en: fields.cause.en },
  ...{ remedy_zh: fields.remedy['zh-CN'], remedy_en: fields.remedy.en, component: fields.component },
  escalate_after: fields.escalateAfter,
})

const unknownMetric = (field: string, value: string): LocalizedFieldError => ({
  field,
  value,
  message: { 'zh-CN': `机型中没有测量项 ${value}。`, en: `The type of the machine has no metric ${value}.` },
  remedy: { 'zh-CN': '请从列表中选择测量项。', en: 'Choose a metric of the list.' },
})

const noScope = () =>
  invalid([
    {
      field: '/deviceId',
      value: '',
      message: { 'zh-CN': '规则须属于一台机器或一个机型（仅员工）。', en: 'A rule is of one machine, or by staff of one type.' },
      remedy: { 'zh-CN': '请只指定其中一个。', en: 'Name one of the two.' },
    },
  ])

const tooManyRules = () =>
  conflict('alarm-rules-full', {
    'zh-CN': `规则数量已达上限 ${ruleLimits.rules}。`,
    en: `There are ${ruleLimits.rules} rules already, which is the most.`,
  })

/** triable: there are readings to try it on, though somebody said that it may be activated untried */
const notTried = (triable: boolean) =>
  conflict(
    'alarm-rule-untried',
    triable
      ? {
          'zh-CN': '这条规则还没有测试过，而机器在最近 31 天内有读数可供测试。',
          en: 'This rule is untried, and there are readings of the last 31 days to try it on.',
        }
      : {
          'zh-CN': '这条规则修改后还没有用历史数据测试过；没有读数的测试不算。',
          en: 'This rule has not been tried on history since it changed; a trial without readings is none.',
        },
    {
      'zh-CN': '请用有读数的时间测试。如果机器还没有报过这些数据，可明确确认后不经测试启用。',
      en: 'Try it on a time with readings. Where machines have reported none of this yet, confirm that it is activated untried.',
    },
  )
