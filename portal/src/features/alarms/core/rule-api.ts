import { z } from 'zod'
import { endpoint } from '#platform/core'
import { severities } from './alarm.ts'
import { conditionSchema } from './condition.ts'
import { ruleTells } from './own-rule.ts'

const read = { staff: 'device.read', customer: 'device.read-own' } as const
const manage = { staff: 'alarm-rule.manage', customer: 'alarm-rule.manage-own' } as const
const ruleId = z.object({ ruleId: z.uuid() })

export const ruleLimits = {
  /** of one machine or type, of one company or the manufacturer */
  rules: 50,
  /** days of a trial */
  days: 31,
  /** raises that a trial answers */
  raises: 200,
} as const

const nameless = {
  message: { 'zh-CN': '缺少名称。', en: 'The name is missing.' },
  remedy: { 'zh-CN': '请填写名称，如“主轴振动过大”。', en: 'Give the rule a name, such as “Spindle vibration high”.' },
}
const filled = z
  .string()
  .trim()
  .max(80)
  .refine(text => text !== '', { params: nameless })
const words = z.strictObject({ 'zh-CN': z.string().trim().max(1000), en: z.string().trim().max(1000) })

const fields = {
  name: z.strictObject({ 'zh-CN': filled, en: filled }),
  severity: z.enum(severities),
  raise: conditionSchema,
  /** besides the first holding no more; null: that is enough */
  clear: conditionSchema.nullable().default(null),
  faultCode: z.string().trim().max(40).nullable().default(null),
  cause: words.default({ 'zh-CN': '', en: '' }),
  remedy: words.default({ 'zh-CN': '', en: '' }),
  /** key of a component of the type */
  component: z.string().max(40).nullable().default(null),
  /** minutes that it may stay unacknowledged before others are told; null: for ever */
  escalateAfter: z.number().int().min(1).max(10_080).nullable().default(null),
  /** of a company's own rule: whom its alarms are told besides the company's people. Those of the manufacturer's are told to whoever may see them */
  tells: z.array(z.enum(ruleTells)).max(ruleTells.length).default([]),
}
export const ruleFields = z.strictObject(fields)
export type RuleFields = z.output<typeof ruleFields>

const ruleView = z.object({
  ...fields,
  id: z.string(),
  /** of all machines of a type, or of one machine */
  typeId: z.string().nullable(),
  deviceId: z.string().nullable(),
  /** the reader may change it */
  mine: z.boolean(),
  state: z.enum(['draft', 'active', 'off']),
  /** when it was last tried on history since it changed; null: it has to be, before it is active, unless there is none to try it on */
  testedAt: z.string().nullable(),
  revision: z.number().int(),
  updatedAt: z.string(),
})
export type RuleView = z.output<typeof ruleView>

export const listAlarmRules = endpoint({
  id: 'alarms.listAlarmRules',
  method: 'GET',
  path: '/alarm-rules',
  summary:
    'Rules that watch a machine: of the own side all, of the manufacturer those that are active; or those of a type, for staff',
  access: read,
  query: z.object({ deviceId: z.uuid().optional(), typeId: z.uuid().optional() }),
  result: z.object({ items: z.array(ruleView) }),
})

export const getAlarmRule = endpoint({
  id: 'alarms.getAlarmRule',
  method: 'GET',
  path: '/alarm-rules/{ruleId}',
  summary: 'A rule of the own side',
  access: read,
  params: ruleId,
  result: ruleView,
  concurrency: 'etag',
})

export const createAlarmRule = endpoint({
  id: 'alarms.createAlarmRule',
  method: 'POST',
  path: '/alarm-rules',
  summary: 'A new rule, as a draft: for a machine, or by the manufacturer for a type',
  access: manage,
  body: ruleFields.extend({ deviceId: z.uuid().optional(), typeId: z.uuid().optional() }),
  audit: 'alarm-rule.created',
  status: 201,
  result: ruleView,
  concurrency: 'etag',
  problems: ['alarm-rules-full'],
})

export const changeAlarmRule = endpoint({
  id: 'alarms.changeAlarmRule',
  method: 'PUT',
  path: '/alarm-rules/{ruleId}',
  summary: 'Change a rule; it is a draft again until it has been tried and activated',
  access: manage,
  params: ruleId,
  body: ruleFields,
  concurrency: 'if-match',
  audit: 'alarm-rule.changed',
  result: ruleView,
})

export const tryAlarmRule = endpoint({
  id: 'alarms.tryAlarmRule',
  method: 'POST',
  path: '/alarm-rules/{ruleId}/trials',
  summary: 'When a rule would have raised an alarm at a machine in the last days; without readings it stays untried',
  access: manage,
  params: ruleId,
  body: z.strictObject({ deviceId: z.uuid(), days: z.number().int().min(1).max(ruleLimits.days) }),
  audit: { none: 'reads history, and notes at the rule that it was tried' },
  limit: 'export',
  result: z.object({
    from: z.string(),
    until: z.string(),
    /** readings it was tried on; 0: that was no trial, and it stays untried */
    readings: z.number().int(),
    /** how often in all; `raises` has the first of them */
    count: z.number().int(),
    raises: z.array(z.object({ from: z.string(), until: z.string().nullable() })),
  }),
})

export const switchAlarmRule = endpoint({
  id: 'alarms.switchAlarmRule',
  method: 'PUT',
  path: '/alarm-rules/{ruleId}/state',
  summary:
    'Let a rule watch, or let it rest. It has to have been tried since it last changed, or there is nothing to try it on and that is confirmed',
  access: manage,
  params: ruleId,
  body: z.strictObject({
    state: z.enum(['active', 'off']),
    /** confirms that it is activated untried; taken only where no machine that it watches has reported what it looks at in the days of a trial */
    untried: z.boolean().default(false),
  }),
  concurrency: 'if-match',
  audit: 'alarm-rule.switched',
  result: ruleView,
  problems: ['alarm-rule-untried'],
})

export const deleteAlarmRule = endpoint({
  id: 'alarms.deleteAlarmRule',
  method: 'DELETE',
  path: '/alarm-rules/{ruleId}',
  summary: 'Delete a rule; its open alarms end, those of before stay',
  access: manage,
  params: ruleId,
  audit: 'alarm-rule.deleted',
})
