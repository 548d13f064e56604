import { z } from 'zod'
import { endpoint } from '#platform/core'
import { signalKinds } from './signal.ts'

export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

/** What one plan may hold. */
export const planLimits = { tasks: 60, advice: 60, parts: 12 } as const

/** How soon what is advised should be done; most pressing first. */
export const urgencies = ['now', 'soon', 'next-visit'] as const
export type Urgency = (typeof urgencies)[number]

const emptyName = {
  message: { 'zh-CN': '名称为空。', en: 'The name is missing.' },
  remedy: { 'zh-CN': '请填写中文和英文名称。', en: 'Give a name in Chinese and in English.' },
}
const name = z.string().trim().max(80).refine(Boolean, { params: emptyName })
const names = z.strictObject({ 'zh-CN': name, en: name })
const words = z.string().trim().max(2000).default('')
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

export const part = z.strictObject({
  number: z.string().trim().min(1).max(60),
  name: names,
  quantity: z.number().int().min(1).max(999).default(1),
})
export type Part = z.output<typeof part>

const noLimit = {
  message: { 'zh-CN': '健康度条件缺少界限。', en: 'A condition of health needs a limit.' },
  remedy: { 'zh-CN': '请填写 1 到 100 的数。', en: 'Give a number from 1 to 100.' },
}
const condition = z
  .strictObject({
    kind: z.enum(signalKinds),
    /**
     * the id of the rule of the alarm, or the component; '' with health: of the machine. A name that one rule of the type has becomes its id;
     * another one is what the alarm is called
     */
    code: z.string().trim().max(120),
    below: z.number().min(1).max(100).nullable().default(null),
  })
  .refine(({ kind, below }) => kind !== 'health' || below !== null, { path: ['below'], params: noLimit })

const neverDue = {
  message: { 'zh-CN': '这项保养没有周期，也没有条件。', en: 'This task would never be due.' },
  remedy: {
    'zh-CN': '请填写月数、计数或条件中的至少一项。',
    en: 'Give months, a counter or a condition, at least one of them.',
  },
}
const task = z
  .strictObject({
    /** stays when the task is renamed: by it records know it */
    key,
    name: names,
    instructions: z.strictObject({ 'zh-CN': words, en: words }),
    parts: z.array(part).max(planLimits.parts).default([]),
    /** minutes of work; null: not said */
    effort: z.number().int().min(1).max(10_000).nullable().default(null),
    everyMonths: z.number().int().min(1).max(240).nullable().default(null),
    counter: z
      .strictObject({ metric: z.string().max(40), every: z.number().positive().max(1e9) })
      .nullable()
      .default(null),
    condition: condition.nullable().default(null),
  })
  .refine(({ everyMonths, counter, condition }) => everyMonths !== null || counter !== null || condition !== null, {
    path: ['everyMonths'],
    params: neverDue,
  })
export type Task = z.output<typeof task>

const adviceRule = z.strictObject({
  /** stays when it is reworded: by it requests know it */
  key,
  /** what a machine has to show */
  when: condition,
  /** what to do */
  action: names,
  reason: z.strictObject({ 'zh-CN': words, en: words }),
  parts: z.array(part).max(planLimits.parts).default([]),
  urgency: z.enum(urgencies),
  /** the service package that would help; null: none */
  packageId: z.uuid().nullable().default(null),
})
export type AdviceRule = z.output<typeof adviceRule>

const twice = {
  message: { 'zh-CN': '这个标识出现了两次。', en: 'This key stands in the list twice.' },
  remedy: { 'zh-CN': '请改用另一个标识。', en: 'Use another key.' },
}
const planFields = z
  .strictObject({
    tasks: z.array(task).max(planLimits.tasks),
    advice: z.array(adviceRule).max(planLimits.advice).default([]),
  })
  .superRefine((fields, context) => {
    for (const list of ['tasks', 'advice'] as const)
      for (const [at, { key: one }] of fields[list].entries())
        if (fields[list].findIndex(other => other.key === one) < at)
          context.addIssue({ code: 'custom', path: [list, at, 'key'], params: twice })
  })
export type PlanFields = z.output<typeof planFields>

const plan = z.object({
  typeName: localizedText,
  tasks: z.array(task),
  /** what is advised when a machine shows something */
  advice: z.array(adviceRule),
  /** what machines of the type measure, to choose a counter from */
  metrics: z.array(z.object({ key: z.string(), name: localizedText, unit: z.string() })),
  /** by what alarms are raised at machines of the type, to choose a condition from */
  rules: z.array(z.object({ id: z.string(), name: localizedText })),
  /** service packages that are offered for machines of the type, to advise one of */
  packages: z.array(z.object({ id: z.string(), name: localizedText })),
})
export type Plan = z.output<typeof plan>

const typeId = z.object({ typeId: z.uuid() })

export const getPlan = endpoint({
  id: 'advisory.getPlan',
  method: 'GET',
  path: '/console/device-types/{typeId}/maintenance-plan',
  summary: 'What is to be done regularly on machines of a type',
  access: { staff: 'product.read' },
  params: typeId,
  concurrency: 'etag',
  result: plan,
})

export const changePlan = endpoint({
  id: 'advisory.changePlan',
  method: 'PUT',
  path: '/console/device-types/{typeId}/maintenance-plan',
  summary: 'Change what is to be done regularly on machines of a type. It holds for each of them at once',
  access: { staff: 'device-type.manage' },
  params: typeId,
  body: planFields,
  concurrency: 'if-match',
  audit: 'maintenance-plan.changed',
  result: plan,
})
