import { z } from 'zod'
import { endpoint } from '#platform/core'
import { commandFields, commandView, settingFields, settingView } from './control-fields.ts'
import { isExact, metricTells, misplaced, repeated, typeLimits } from './device-type.ts'
import { patternKey } from './nameplate-pattern.ts'
import { key, name } from './naming-fields.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const read = { staff: 'product.read' } as const
const write = { staff: 'device-type.manage' } as const
const typeId = z.object({ typeId: z.uuid() })

const metricView = z.object({
  key: z.string(),
  name: localizedText,
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  decimals: z.number().int(),
  maxRate: z.number().nullable(),
  tells: z.enum(metricTells).nullable(),
  component: z.string().nullable(),
})

const componentView = z.object({
  key: z.string(),
  name: localizedText,
  partOf: z.string().nullable(),
  partNumber: z.string().nullable(),
  lifeMonths: z.number().int().nullable(),
  lifeHours: z.number().int().nullable(),
})

const typeSummary = z.object({
  id: z.string(),
  key: z.string(),
  name: localizedText,
  product: z.object({ id: z.string(), name: localizedText }).nullable(),
  /** what nameplates call its machines */
  models: z.array(z.string()),
  metricCount: z.number().int(),
  componentCount: z.number().int(),
  /** machines of this type */
  devices: z.number().int(),
  updatedAt: z.string(),
})
export type DeviceTypeSummary = z.output<typeof typeSummary>

const typeDetail = typeSummary.extend({
  metrics: z.array(metricView),
  /** taken no more; readings of them are kept */
  retired: z.array(metricView),
  components: z.array(componentView),
  settings: z.array(settingView),
  commands: z.array(commandView),
  /** machines report by it: unit and decimals of a metric stay as they are */
  reporting: z.boolean(),
  revision: z.number().int(),
})
export type DeviceTypeDetail = z.output<typeof typeDetail>

const emptyRange = {
  message: { 'zh-CN': '量程下限不小于上限。', en: 'The lower end of the range is not below the upper.' },
  remedy: { 'zh-CN': '请使下限小于上限。', en: 'Make the lower end smaller than the upper.' },
}
const inexact = {
  message: {
    'zh-CN': '量程乘以小数位后超出可精确保存的范围。',
    en: 'The range with so many decimals is more than can be kept exactly.',
  },
  remedy: { 'zh-CN': '请减少小数位或缩小量程。', en: 'Use fewer decimals or a smaller range.' },
}
const bound = z.number().min(-1e15).max(1e15)
const metric = z
  .strictObject({
    key,
    name,
    unit: z.string().trim().max(20).default(''),
    min: bound,
    max: bound,
    decimals: z.number().int().min(0).max(typeLimits.decimals),
    /** fastest change that is possible, in its unit per second: what changes faster is a fault of the sensor, kept and not judged. null: not said */
    maxRate: z.number().positive().max(1e15).nullable().default(null),
    /** what it tells of a machine: how much it is used, what it does (each value by itself), how it is, or nothing of that. null: not said */
    tells: z.enum(metricTells).nullable().default(null),
    /** key of the component of which it tells. null: not said, and its key decides */
    component: z.string().trim().max(40).nullable().default(null),
  })
  .refine(({ min, max }) => min < max, { path: ['max'], params: emptyRange })
  .refine(isExact, { path: ['decimals'], params: inexact })

const component = z.strictObject({
  key,
  name,
  partOf: z.string().trim().max(40).nullable().default(null),
  partNumber: z.string().trim().max(60).nullable().default(null),
  lifeMonths: z.number().int().min(1).max(1200).nullable().default(null),
  lifeHours: z.number().int().min(1).max(1_000_000).nullable().default(null),
})

const everyMachine = {
  message: { 'zh-CN': '型号为空，或会匹配所有机器。', en: 'This names no model, or every machine.' },
  remedy: {
    'zh-CN': '请填写型号，如 VM-850，或以 * 结尾的开头，如 VM-*。',
    en: 'Give a model such as VM-850, or a beginning with * behind it: VM-*.',
  },
}
const twice = {
  message: { 'zh-CN': '这个标识在列表中出现了两次。', en: 'This key stands in the list twice.' },
  remedy: { 'zh-CN': '请改用另一个标识。', en: 'Use another key.' },
}
const notBefore = {
  message: { 'zh-CN': '上级部件不在它前面。', en: 'What it is a part of does not stand before it.' },
  remedy: { 'zh-CN': '请选择列表中排在它前面的部件。', en: 'Choose a component that stands before it in the list.' },
}

const noComponent = {
  message: { 'zh-CN': '机型没有这个部件。', en: 'The type has no such component.' },
  remedy: { 'zh-CN': '请选择部件列表中的一个，或留空。', en: 'Choose one of its list of components, or leave it empty.' },
}

const typeFields = z
  .strictObject({
    key,
    name,
    productId: z.uuid().nullable().default(null),
    models: z
      .array(
        z
          .string()
          .trim()
          .max(100)
          .refine(text => patternKey(text) !== null, { params: everyMachine }),
      )
      .max(typeLimits.models)
      .default([]),
    metrics: z.array(metric).max(typeLimits.metrics).default([]),
    components: z.array(component).max(typeLimits.components).default([]),
    settings: z.array(settingFields).max(typeLimits.settings).default([]),
    commands: z.array(commandFields).max(typeLimits.commands).default([]),
  })
  .superRefine(({ metrics, components, settings, commands }, context) => {
    const tell = (path: (string | number)[], params: Record<string, unknown>) =>
      context.addIssue({ code: 'custom', path, params })
    for (const at of repeated(metrics.map(one => one.key))) tell(['metrics', at, 'key'], twice)
    for (const at of repeated(components.map(one => one.key))) tell(['components', at, 'key'], twice)
    for (const at of repeated(settings.map(one => one.key))) tell(['settings', at, 'key'], twice)
    for (const at of repeated(commands.map(one => one.key))) tell(['commands', at, 'key'], twice)
    for (const [place, { parameters }] of commands.entries())
      for (const at of repeated(parameters.map(one => one.key))) tell(['commands', place, 'parameters', at, 'key'], twice)
    const known = new Set(components.map(one => one.key))
    for (const [at, { component: of }] of metrics.entries())
      if (of !== null && !known.has(of)) tell(['metrics', at, 'component'], noComponent)
    for (const at of misplaced(components)) tell(['components', at, 'partOf'], notBefore)
  })
export type DeviceTypeFields = z.output<typeof typeFields>

export const listDeviceTypes = endpoint({
  id: 'devices.listDeviceTypes',
  method: 'GET',
  path: '/console/device-types',
  summary: 'Every type of machine, by key',
  access: read,
  result: z.object({ items: z.array(typeSummary) }),
})

export const getDeviceType = endpoint({
  id: 'devices.getDeviceType',
  method: 'GET',
  path: '/console/device-types/{typeId}',
  summary: 'A type of machine with its metrics and components',
  access: read,
  params: typeId,
  concurrency: 'etag',
  result: typeDetail,
})

export const createDeviceType = endpoint({
  id: 'devices.createDeviceType',
  method: 'POST',
  path: '/console/device-types',
  summary: 'A new type of machine. Machines without a type whose nameplates it names become machines of it',
  access: write,
  body: typeFields,
  status: 201,
  audit: 'device-type.created',
  concurrency: 'etag',
  result: typeDetail,
})

export const changeDeviceType = endpoint({
  id: 'devices.changeDeviceType',
  method: 'PUT',
  path: '/console/device-types/{typeId}',
  summary: 'Change a type of machine. Once machines report by it, metrics that are left out are retired and no unit changes',
  access: write,
  params: typeId,
  body: typeFields,
  concurrency: 'if-match',
  audit: 'device-type.changed',
  result: typeDetail,
})

export const deleteDeviceType = endpoint({
  id: 'devices.deleteDeviceType',
  method: 'DELETE',
  path: '/console/device-types/{typeId}',
  summary: 'Delete a type of which there is no machine',
  access: write,
  params: typeId,
  concurrency: 'if-match',
  audit: 'device-type.deleted',
  problems: ['device-type-used'],
})
