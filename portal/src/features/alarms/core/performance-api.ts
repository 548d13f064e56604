import { z } from 'zod'
import { endpoint } from '#platform/core'
import { severities } from './alarm.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const device = z.object({ id: z.string(), serial: z.string(), model: z.string() })

/** What raised alarms: a rule, or whatever else finds something. */
const raiser = {
  name: localizedText,
  severity: z.enum(severities),
  /** id of the rule where the reader may change it */
  ruleId: z.string().nullable(),
}
const proposal = z.enum(['hysteresis', 'delay', 'widen', 'shelve'])

const performance = z.object({
  days: z.number().int(),
  /** how many times alarms were raised, and at how many machines the reader may see */
  raises: z.number().int(),
  machines: z.number().int(),
  /** in a day at a machine, to two decimals */
  perMachineDay: z.number(),
  /** YYYY-MM-DD in the manufacturer's zone, the earliest first, without gaps */
  byDay: z.array(z.object({ day: z.string(), raises: z.number().int() })),
  /** those that raise most, ten at most */
  top: z.array(
    z.object({
      /** tells one from the other */
      key: z.string(),
      ...raiser,
      raises: z.number().int(),
      percent: z.number().int(),
      machines: z.number().int(),
      chatters: z.boolean(),
    }),
  ),
  /** at single machines, the worst first */
  chattering: z.array(
    z.object({
      ...raiser,
      device,
      /** the last of these alarms */
      alarmId: z.string(),
      raises: z.number().int(),
      /** within ten minutes */
      most: z.number().int(),
      lastAt: z.string(),
      proposal,
    }),
  ),
  /** on for more than a day, the longest first */
  stale: z.array(z.object({ ...raiser, device, alarmId: z.string(), since: z.string() })),
  /** there was more than is counted here */
  more: z.boolean(),
})
export type AlarmPerformance = z.output<typeof performance>

/** Days that are looked back. */
export const performanceDays = ['7', '30', '90'] as const

export const getAlarmPerformance = endpoint({
  id: 'alarms.getAlarmPerformance',
  method: 'GET',
  path: '/alarm-performance',
  summary:
    'How alarms do: how many there are, which come most often, which chatter and which never end, of machines in times the reader may see',
  access: { staff: 'device.read', customer: 'device.read-own' },
  limit: 'export',
  query: z.object({
    days: z.enum(performanceDays).default('30'),
    typeId: z.uuid().optional(),
    deviceId: z.uuid().optional(),
  }),
  result: performance,
})
