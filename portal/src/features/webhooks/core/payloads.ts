import { z } from 'zod'
import { alarmStates, severities } from '#features/alarms/core'
import { type MessageKind, type WebhookKind, webhookKinds } from './webhook.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const moment = z.iso.datetime()

const machine = z.object({ id: z.string(), serial: z.string(), model: z.string() })
/** where it stands in the portal */
const url = z.url()

const alarm = z.object({
  id: z.string(),
  machine,
  name: localizedText,
  severity: z.enum(severities),
  state: z.enum(alarmStates),
  message: localizedText,
  cause: localizedText,
  remedy: localizedText,
  faultCode: z.string().nullable(),
  /** key of a component of the machine's type */
  component: z.string().nullable(),
  /** by the machine's clock: when it was first raised, last raised, and over; null: it is not */
  startedAt: moment,
  raisedAt: moment,
  clearedAt: moment.nullable(),
  url,
})

const finding = z.object({
  id: z.string(),
  machine,
  /** how the machine deviates from what is usual at itself */
  text: localizedText,
  component: z.string().nullable(),
  /** by the machine's clock */
  openedAt: moment,
  closedAt: moment.nullable(),
  url,
})

const maintenance = z.object({ machine, task: z.string(), name: localizedText, url })

const service = z.object({
  id: z.string(),
  number: z.number().int(),
  machine,
  status: z.string(),
  visitAt: moment.nullable(),
  url,
})

const entitlement = z.object({
  id: z.string(),
  machine,
  package: localizedText,
  kind: z.string(),
  from: moment.nullable(),
  until: moment.nullable(),
  url,
})

/** What messages of a kind hold as `data`. */
export const payloads = {
  'alarm.raised': alarm,
  'alarm.cleared': alarm,
  'alarm.acknowledged': alarm,
  'alarm.escalated': alarm,
  'finding.opened': finding,
  'finding.closed': finding,
  'maintenance.due': maintenance,
  'service.requested': service,
  'service.moved': service,
  'package.granted': entitlement,
  'package.ended': entitlement,
} as const satisfies Record<WebhookKind, z.ZodObject>
export type PayloadOf<Kind extends WebhookKind> = z.input<(typeof payloads)[Kind]>

const said: Readonly<Record<WebhookKind, string>> = {
  'alarm.raised': 'An alarm of a machine was raised, or has come again',
  'alarm.cleared': 'What raised an alarm holds no more',
  'alarm.acknowledged': 'Somebody has taken note of an alarm',
  'alarm.escalated': 'Nobody has acknowledged an alarm for as long as its rule lets it wait',
  'finding.opened': 'A machine deviates from what is usual at itself',
  'finding.closed': 'It does no more',
  'maintenance.due': 'Maintenance of a machine is due soon, or overdue',
  'service.requested': 'Service for a machine was asked for',
  'service.moved': 'A request for service has another status',
  'package.granted': 'A service package for a machine is in force, or a trial of one',
  'package.ended': 'A service package for a machine was ended before its time, or a request for one declined',
}

const envelope = <Kind extends MessageKind, Data extends z.ZodType>(kind: Kind, data: Data) =>
  z.object({
    type: z.literal(kind),
    /** when it happened in the portal */
    timestamp: moment,
    data,
  })

const bundled = z.object({
  id: z.string(),
  type: z.enum(webhookKinds),
  timestamp: moment,
  data: z.record(z.string(), z.unknown()),
})

/** The body of each type of message, with what it says: for the OpenAPI document. */
export const webhookMessages: Readonly<Record<string, { summary: string; body: z.ZodType }>> = {
  ...Object.fromEntries(webhookKinds.map(kind => [kind, { summary: said[kind], body: envelope(kind, payloads[kind]) }])),
  'webhook.bundle': {
    summary: 'Many messages in one, where there were too many within a minute. Each has the id it would have had by itself',
    body: envelope('webhook.bundle', z.object({ count: z.number().int(), messages: z.array(bundled) })),
  },
  'webhook.test': {
    summary: 'Sent on demand, to try the receiver',
    body: envelope('webhook.test', z.object({ webhook: z.string() })),
  },
}
