import { z } from 'zod'
import { endpoint } from '#platform/core'

/** Why a component was replaced. */
export const replacementReasons = ['failed', 'preventive', 'other'] as const
export type ReplacementReason = (typeof replacementReasons)[number]

const device = z.object({ deviceId: z.uuid() })

export const replacementFields = z.strictObject({
  component: z.string().max(40),
  /** not yet to come, and in a time of the machine that the writer may see */
  on: z.iso.date(),
  why: z.enum(replacementReasons),
  /** of the component that went; null: not known */
  runHours: z.number().min(0).max(1_000_000).nullable().default(null),
})
export type ReplacementFields = z.output<typeof replacementFields>

const replacement = z.object({
  id: z.string(),
  component: z.object({ key: z.string(), name: z.object({ 'zh-CN': z.string(), en: z.string() }) }),
  /** YYYY-MM-DD */
  on: z.string(),
  why: z.enum(replacementReasons),
  runHours: z.number().nullable(),
})
export type Replacement = z.output<typeof replacement>

/** latest first, of the times the reader may see */
const replacements = z.object({ items: z.array(replacement) })

export const listMyReplacements = endpoint({
  id: 'devices.listMyReplacements',
  method: 'GET',
  path: '/my/devices/{deviceId}/replacements',
  summary: 'Components of a machine of the own company that were replaced',
  access: { customer: 'device.read-own' },
  params: device,
  result: replacements,
})

export const listReplacements = endpoint({
  id: 'devices.listReplacements',
  method: 'GET',
  path: '/console/devices/{deviceId}/replacements',
  summary: 'Components of a machine that were replaced',
  access: { staff: 'device.read' },
  params: device,
  result: replacements,
})

export const replaceComponent = endpoint({
  id: 'devices.replaceComponent',
  method: 'POST',
  path: '/console/devices/{deviceId}/replacements',
  summary: 'Write down that a component was replaced: its age counts anew, and what is usual at the machine is learned anew',
  access: { staff: 'device.manage' },
  params: device,
  body: replacementFields,
  status: 201,
  audit: 'component.replaced',
  result: replacements,
})
