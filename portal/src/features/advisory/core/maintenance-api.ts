import { z } from 'zod'
import { replacementFields } from '#features/devices/core'
import { endpoint } from '#platform/core'
import { dueStates } from './due.ts'
import { localizedText, part, urgencies } from './plan-api.ts'
import { serviceSubjects } from './service-api.ts'
import { signalKinds } from './signal.ts'

const deviceId = z.object({ deviceId: z.uuid() })
const metric = z.object({ key: z.string(), name: localizedText, unit: z.string() })

const dueTask = z.object({
  key: z.string(),
  name: localizedText,
  instructions: localizedText,
  parts: z.array(part),
  effort: z.number().nullable(),
  everyMonths: z.number().nullable(),
  counter: z.object({ metric, every: z.number(), now: z.number().nullable() }).nullable(),
  condition: z
    .object({
      ...{ kind: z.enum(signalKinds), code: z.string(), below: z.number().nullable() },
      /** how the rule of the alarm is called; null: another kind, or no rule of the type */
      name: localizedText.nullable(),
    })
    .nullable(),
  due: z.object({
    state: z.enum(dueStates),
    /** YYYY-MM-DD; null: not by time, or not known */
    on: z.string().nullable(),
    /** what the counter will say; null: not by a counter, or not known */
    at: z.number().nullable(),
    /** what of the machine makes it due */
    because: localizedText.nullable(),
  }),
  /** when it was done last, as far as the reader may know; null: not since he knows the machine */
  last: z.object({ on: z.string(), counter: z.number().nullable() }).nullable(),
})
export type DueTask = z.output<typeof dueTask>

const record = z.object({
  id: z.string(),
  /** as it was called then */
  task: localizedText,
  /** YYYY-MM-DD */
  on: z.string(),
  counter: z.number().nullable(),
  unit: z.string(),
  performedBy: z.string(),
  note: z.string(),
  /** whose people wrote it down */
  by: z.enum(['manufacturer', 'own', 'other']),
})
export type MaintenanceRecord = z.output<typeof record>

const visit = z.object({
  number: z.number().int(),
  subject: z.enum(serviceSubjects),
  /** the task or advice it was about; null: something else */
  about: localizedText.nullable(),
  at: z.string(),
  /** what was done */
  result: z.string(),
  parts: z.array(part),
})
export type Visit = z.output<typeof visit>

/** held: the company has it at this machine. requested: it has asked for it. open: it may try it or ask for it. told: the reader can do neither */
const packageStandings = ['held', 'requested', 'open', 'told'] as const
export type PackageStanding = (typeof packageStandings)[number]

const advice = z.object({
  key: z.string(),
  action: localizedText,
  reason: localizedText,
  parts: z.array(part),
  urgency: z.enum(urgencies),
  /** the service package that would help; null: none, or none that is offered for this machine */
  package: z.object({ id: z.string(), name: localizedText, standing: z.enum(packageStandings) }).nullable(),
  /** what the machine shows, and since when; null, and the reason empty: it was found, and that is not open to the company */
  because: localizedText.nullable(),
  since: z.string().nullable(),
})
export type Advice = z.output<typeof advice>

const deviceMaintenance = z.object({
  /** most pressing first; empty where its type has no plan */
  tasks: z.array(dueTask),
  /** false: advice is part of a package that the company does not have for this machine, and there is none here */
  adviceOpen: z.boolean(),
  /** what is advised, because of what the machine shows now; most pressing first */
  advice: z.array(advice),
  /** latest first */
  records: z.array(record),
  /** service that was done by the manufacturer, latest first */
  visits: z.array(visit),
  /** the owner keeps from the reader what the machine reports: nothing of it is reckoned */
  withheld: z.boolean(),
  /** of which one may have been replaced */
  components: z.array(z.object({ key: z.string(), name: localizedText })),
  /** YYYY-MM-DD, where the manufacturer is */
  today: z.string(),
})
export type DeviceMaintenance = z.output<typeof deviceMaintenance>

const done = z.strictObject({
  task: z.string().max(40),
  /** not yet to come, and in a time of the machine that the writer may see */
  on: z.iso.date(),
  /** what the counter said; absent: what it says now, where it was done today */
  counter: z.number().min(0).max(1e12).nullable().default(null),
  /** who did it; empty: whoever writes it down */
  performedBy: z.string().trim().max(80).default(''),
  note: z.string().trim().max(2000).default(''),
  /** a component that was replaced at it; absent: none */
  replaced: replacementFields.pick({ component: true, why: true }).nullable().default(null),
})
export type DoneFields = z.output<typeof done>

const listed = z.object({
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  owner: z.string().nullable(),
  task: dueTask,
})
export type ListedTask = z.output<typeof listed>
const list = z.object({
  /** what is overdue, due or soon, most pressing first */
  items: z.array(listed),
  /** there are more than are shown */
  more: z.boolean(),
})
export type MaintenanceList = z.output<typeof list>

export const getMyMaintenance = endpoint({
  id: 'advisory.getMyMaintenance',
  method: 'GET',
  path: '/my/devices/{deviceId}/maintenance',
  summary: 'What is due on a machine of the own company, and what was done',
  access: { customer: 'device.read-own' },
  params: deviceId,
  result: deviceMaintenance,
})

export const recordMyMaintenance = endpoint({
  id: 'advisory.recordMyMaintenance',
  method: 'POST',
  path: '/my/devices/{deviceId}/maintenance',
  summary: 'Write down that a task was done on a machine of the own company',
  access: { customer: 'maintenance.record-own' },
  params: deviceId,
  body: done,
  status: 201,
  audit: { none: 'a customer writes down a thing of his own; the record is the trace' },
  result: deviceMaintenance,
})

export const listMyMaintenance = endpoint({
  id: 'advisory.listMyMaintenance',
  method: 'GET',
  path: '/my/maintenance',
  summary: 'What is due soon on all machines of the own company',
  access: { customer: 'device.read-own' },
  result: list,
})

export const getMaintenance = endpoint({
  id: 'advisory.getMaintenance',
  method: 'GET',
  path: '/console/devices/{deviceId}/maintenance',
  summary: 'What is due on a machine, and what was done',
  access: { staff: 'device.read' },
  params: deviceId,
  result: deviceMaintenance,
})

export const recordMaintenance = endpoint({
  id: 'advisory.recordMaintenance',
  method: 'POST',
  path: '/console/devices/{deviceId}/maintenance',
  summary: 'Write down that a task was done on a machine',
  access: { staff: 'maintenance.record' },
  params: deviceId,
  body: done,
  status: 201,
  audit: 'maintenance.recorded',
  result: deviceMaintenance,
})

export const listMaintenance = endpoint({
  id: 'advisory.listMaintenance',
  method: 'GET',
  path: '/console/maintenance',
  summary: 'What is due soon on all machines',
  access: { staff: 'device.read' },
  result: list,
})
