import { z } from 'zod'
import { endpoint } from '#platform/core'
import { alarmStates, severities, verdicts } from './alarm.ts'

const read = { staff: 'device.read', customer: 'device.read-own' } as const
const handle = { staff: 'alarm.handle', customer: 'alarm.handle-own' } as const
const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const person = z.object({ id: z.string(), name: z.string() })

export const entryKinds = [
  'raised',
  'cleared',
  'acknowledged',
  'commented',
  'assigned',
  'shelved',
  'resumed',
  'suppressed',
  'escalated',
  'judged',
  'ended',
] as const
export type EntryKind = (typeof entryKinds)[number]

const listedAlarm = z.object({
  id: z.string(),
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  name: localizedText,
  severity: z.enum(severities),
  state: z.enum(alarmStates),
  /** whether its condition holds */
  active: z.boolean(),
  /** by the machine's clock */
  startedAt: z.string(),
  raisedAt: z.string(),
  clearedAt: z.string().nullable(),
  raises: z.number().int(),
  component: z.string().nullable(),
  assignee: person.nullable(),
  verdict: z.enum(verdicts).nullable(),
})
const alarmInList = listedAlarm.extend({
  /** it was raised so often within so short a time that nobody can act on it each time */
  chatters: z.boolean(),
})
export type PresentedAlarm = z.output<typeof listedAlarm>
export type ListedAlarm = z.output<typeof alarmInList>

const flood = z.object({
  /** raised in the last ten minutes, more than ten, whatever was asked for besides the machine */
  alarms: z.number().int(),
  /** by machine, the most first */
  machines: z.array(z.object({ id: z.string(), serial: z.string(), model: z.string(), alarms: z.number().int() })),
})
export type AlarmFlood = z.output<typeof flood>

const alarmDetail = listedAlarm.extend({
  /** what found it: a rule, or 'diagnosis:bearing' */
  source: z.string(),
  message: localizedText,
  faultCode: z.string().nullable(),
  cause: localizedText,
  remedy: localizedText,
  /** when it was last raised, of metrics that its rule looks at */
  readings: z.array(z.object({ metric: z.string(), name: localizedText, unit: z.string(), value: z.number() })),
  shelvedUntil: z.string().nullable(),
  /** the reader may act on it */
  handles: z.boolean(),
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(entryKinds),
      at: z.string(),
      /** null: the portal by itself, or somebody of the other side */
      by: z.string().nullable(),
      side: z.enum(['portal', 'manufacturer', 'customer']),
      note: z.string().nullable(),
      until: z.string().nullable(),
    }),
  ),
})
export type AlarmDetail = z.output<typeof alarmDetail>

export const listAlarms = endpoint({
  id: 'alarms.listAlarms',
  method: 'GET',
  path: '/alarms',
  summary: 'Alarms of machines in times the reader may see, the last first',
  access: read,
  query: z.object({
    deviceId: z.uuid().optional(),
    /** open: all that are not normal */
    state: z.enum(['open', ...alarmStates]).optional(),
    severity: z.enum(severities).optional(),
    typeId: z.uuid().optional(),
    /** for staff: assigned to oneself, or to nobody */
    assigned: z.enum(['me', 'nobody']).optional(),
    /** in serial number, model, name or fault code */
    q: z.string().max(200).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(alarmInList), nextCursor: z.string().nullable(), flood: flood.nullable() }),
})

export const getAlarm = endpoint({
  id: 'alarms.getAlarm',
  method: 'GET',
  path: '/alarms/{alarmId}',
  summary: 'An alarm with what happened to it',
  access: read,
  params: z.object({ alarmId: z.uuid() }),
  result: alarmDetail,
})

const moment = z.iso.datetime({ offset: true })

export const handleAlarm = endpoint({
  id: 'alarms.handleAlarm',
  method: 'POST',
  path: '/alarms/{alarmId}/actions',
  summary: 'Acknowledge an alarm, comment on it, put it aside for a time, say whether there was something, or assign it (staff)',
  access: handle,
  params: z.object({ alarmId: z.uuid() }),
  body: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('acknowledge') }),
    z.strictObject({ do: z.literal('comment'), text: z.string().trim().min(1).max(2000) }),
    z.strictObject({ do: z.literal('shelve'), until: moment }),
    z.strictObject({ do: z.literal('resume') }),
    z.strictObject({ do: z.literal('judge'), verdict: z.enum(verdicts) }),
    z.strictObject({ do: z.literal('assign'), to: z.uuid().nullable() }),
  ]),
  audit: { none: 'what is done stands, with who did it, in the course of the alarm' },
  result: alarmDetail,
  problems: ['alarm-move'],
})
export type AlarmAction = z.output<NonNullable<(typeof handleAlarm)['body']>>

export const listHandlers = endpoint({
  id: 'alarms.listHandlers',
  method: 'GET',
  path: '/console/alarm-handlers',
  summary: 'Staff to whom an alarm may be assigned',
  access: { staff: 'device.read' },
  result: z.object({ items: z.array(person) }),
})

const plannedMaintenance = z.object({
  id: z.string(),
  from: z.string(),
  until: z.string(),
  /** whose people planned it: other, another company that has a role towards the machine */
  by: z.enum(['manufacturer', 'own', 'other']),
})
export type PlannedMaintenance = z.output<typeof plannedMaintenance>

const maintenance = z.object({
  /** until when alarms of the machine wait; null: they do not */
  until: z.string().nullable(),
  /** when they will wait, the next first */
  planned: z.array(plannedMaintenance),
})

export const getMaintenance = endpoint({
  id: 'alarms.getMaintenance',
  method: 'GET',
  path: '/devices/{deviceId}/out-of-service',
  summary: 'Whether somebody works on a machine, so that its alarms wait',
  access: read,
  params: z.object({ deviceId: z.uuid() }),
  result: maintenance,
})

export const setMaintenance = endpoint({
  id: 'alarms.setMaintenance',
  method: 'PUT',
  path: '/devices/{deviceId}/out-of-service',
  summary: 'Let alarms of a machine wait until a time, or no longer (null)',
  access: handle,
  params: z.object({ deviceId: z.uuid() }),
  body: z.strictObject({ until: moment.nullable() }),
  audit: { none: 'who lets alarms wait, and for how long, stands at the machine' },
  result: maintenance,
})

export const planMaintenance = endpoint({
  id: 'alarms.planMaintenance',
  method: 'POST',
  path: '/devices/{deviceId}/out-of-service/planned',
  summary: 'Let alarms of a machine wait from a moment to come until another. It ends with the role of whoever plans it',
  access: handle,
  params: z.object({ deviceId: z.uuid() }),
  body: z.strictObject({
    /** within a year */
    from: moment,
    /** within 31 days from then */
    until: moment,
  }),
  audit: { none: 'who lets alarms wait, and when, stands at the machine' },
  status: 201,
  result: maintenance,
  problems: ['maintenance-planned'],
})

export const cancelMaintenance = endpoint({
  id: 'alarms.cancelMaintenance',
  method: 'DELETE',
  path: '/devices/{deviceId}/out-of-service/planned/{windowId}',
  summary: 'Take back a planned time in which alarms of a machine wait; one that has begun meanwhile ends',
  access: handle,
  params: z.object({ deviceId: z.uuid(), windowId: z.uuid() }),
  audit: { none: 'who lets alarms wait, and when, stands at the machine' },
  result: maintenance,
})
