import { z } from 'zod'
import { endpoint, eventStream, featureRefusals, wireRefusals } from '#platform/core'
import { mostLiveDevices } from './live.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const customer = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const
const device = z.object({ deviceId: z.uuid() })
const metric = device.extend({ metric: z.string().max(40) })

const measured = z.object({
  key: z.string(),
  name: localizedText,
  unit: z.string(),
  decimals: z.number().int(),
  /** what can be measured at all */
  min: z.number(),
  max: z.number(),
  /** the last reading the reader may see; null: there is none */
  latest: z.object({ at: z.string(), value: z.number() }).nullable(),
})
export type Measured = z.output<typeof measured>

const deviceMetrics = z.object({
  metrics: z.array(measured),
  /** whether the machine is connected now, and since when it is, or is not; null: it never was, or the reader may not know */
  connection: z.object({ connected: z.boolean(), since: z.string() }).nullable(),
  /** devices below it that report through it, by Sparkplug */
  below: z.array(z.object({ name: z.string(), connected: z.boolean(), since: z.string() })),
  /** when two machines last seemed to share its identity */
  clonedAt: z.string().nullable(),
  /** how often they have put each other out */
  clonedTimes: z.number().int(),
  /** what of its was refused in the last 30 days, most first */
  refused: z.array(
    z.object({ reason: z.enum([...featureRefusals, ...wireRefusals]), count: z.number().int(), lastAt: z.string() }),
  ),
  /** for how many months every reading is kept, before values by the hour stand for them; null: without end */
  keptMonths: z.number().int().nullable(),
  /** before it there are values by the hour alone; null: nowhere, or of no time the reader may see */
  hourlyUntil: z.string().nullable(),
  /** the owner keeps what it reports from the reader */
  withheld: z.boolean(),
})
export type DeviceMetrics = z.output<typeof deviceMetrics>

/** Longest time of one chart, in days, and most points of it. */
export const historyLimits = { days: 400, points: 2000 } as const

const span = z.object({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  points: z.coerce.number().int().min(10).max(historyLimits.points).default(600),
})
export type HistoryWish = z.output<typeof span>

const history = z.object({
  /** length of one step in milliseconds */
  step: z.number().int(),
  /** before it there are values by the hour alone, so no step is shorter; null: the time does not reach there */
  hourlyUntil: z.string().nullable(),
  /** steps with readings, in order. at: when the step begins */
  points: z.array(z.object({ at: z.string(), min: z.number(), max: z.number(), mean: z.number(), count: z.number().int() })),
})
export type History = z.output<typeof history>

const someDevices = z.object({
  /** ids of machines, separated by commas */
  device: z
    .string()
    .toLowerCase()
    .max(mostLiveDevices * 37)
    .refine(text => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(,[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})*$/.test(text), {
      params: {
        message: {
          'zh-CN': `这不是 1 到 ${mostLiveDevices} 台机器的编号。`,
          en: `These are no ids of 1 to ${mostLiveDevices} machines.`,
        },
        remedy: { 'zh-CN': '请用逗号分隔机器的编号。', en: 'Give the ids of machines, separated by commas.' },
      },
    }),
})

export const watchMine = endpoint({
  id: 'telemetry.watchMine',
  method: 'GET',
  path: '/my/devices/live',
  summary: 'What machines of the own company report, as it comes: Server-Sent Events',
  access: customer,
  query: someDevices,
  transfers: 'events',
  result: eventStream,
})

export const watchDevices = endpoint({
  id: 'telemetry.watchDevices',
  method: 'GET',
  path: '/console/devices/live',
  summary: 'What machines report, as it comes: Server-Sent Events',
  access: staff,
  query: someDevices,
  transfers: 'events',
  result: eventStream,
})

export const getMyMetrics = endpoint({
  id: 'telemetry.getMyMetrics',
  method: 'GET',
  path: '/my/devices/{deviceId}/metrics',
  summary: 'What a machine of the own company measures, with its last readings',
  access: customer,
  params: device,
  result: deviceMetrics,
})

export const getMyHistory = endpoint({
  id: 'telemetry.getMyHistory',
  method: 'GET',
  path: '/my/devices/{deviceId}/metrics/{metric}/readings',
  summary: 'Readings of a machine of the own company over a time, in steps',
  access: customer,
  params: metric,
  query: span,
  result: history,
})

export const getMetrics = endpoint({
  id: 'telemetry.getMetrics',
  method: 'GET',
  path: '/console/devices/{deviceId}/metrics',
  summary: 'What a machine measures, with its last readings',
  access: staff,
  params: device,
  result: deviceMetrics,
})

export const getHistory = endpoint({
  id: 'telemetry.getHistory',
  method: 'GET',
  path: '/console/devices/{deviceId}/metrics/{metric}/readings',
  summary: 'Readings of a machine over a time, in steps',
  access: staff,
  params: metric,
  query: span,
  result: history,
})
