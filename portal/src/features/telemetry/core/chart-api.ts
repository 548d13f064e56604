import { z } from 'zod'
import { endpoint } from '#platform/core'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const customer = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const
const device = z.object({ deviceId: z.uuid() })

/** What is marked on charts beside what was measured. */
export const markKinds = ['alarm', 'finding', 'maintenance', 'setting', 'command', 'update'] as const
export type MarkKind = (typeof markKinds)[number]

const mark = z.object({
  id: z.string(),
  kind: z.enum(markKinds),
  name: localizedText,
  /** of alarms */
  severity: z.enum(['critical', 'high', 'medium', 'low']).nullable(),
  from: z.string(),
  /** the same as `from`: it is a moment; null: it goes on */
  until: z.string().nullable(),
  /** the page about it, below the pages of its machine: `/alarms/{id}` */
  page: z.string(),
})
export type ChartMark = z.output<typeof mark>

const time = z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
export type MarkWish = z.output<typeof time>
const marks = z.object({
  /** the earliest first */
  items: z.array(mark),
})

const alike = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })

export const getMyMarks = endpoint({
  id: 'telemetry.getMyMarks',
  method: 'GET',
  path: '/my/devices/{deviceId}/marks',
  summary: 'What happened at a machine of the own company in a time: alarms, findings, maintenance, settings, commands, updates',
  access: customer,
  params: device,
  query: time,
  result: marks,
})

export const getMarks = endpoint({
  id: 'telemetry.getMarks',
  method: 'GET',
  path: '/console/devices/{deviceId}/marks',
  summary: 'What happened at a machine in a time: alarms, findings, maintenance, settings, commands, updates',
  access: staff,
  params: device,
  query: time,
  result: marks,
})

export const listMyAlike = endpoint({
  id: 'telemetry.listMyAlike',
  method: 'GET',
  path: '/my/devices/{deviceId}/alike',
  summary: 'Other machines of the own company of the same type, whose readings can be laid beside its own',
  access: customer,
  params: device,
  result: alike,
})

export const listAlike = endpoint({
  id: 'telemetry.listAlike',
  method: 'GET',
  path: '/console/devices/{deviceId}/alike',
  summary: 'Other machines of the same type, whose readings can be laid beside its own',
  access: staff,
  params: device,
  result: alike,
})
