import { z } from 'zod'
import { endpoint } from '#platform/core'
import { localizedText, part } from './plan-api.ts'
import { serviceStatuses } from './service-status.ts'

const own = { customer: 'service.request-own' } as const
const read = { staff: 'service.read' } as const
const handle = { staff: 'service.handle' } as const
const requestId = z.object({ requestId: z.uuid() })

export const serviceSubjects = ['free', 'maintenance', 'advice'] as const
export type ServiceSubject = (typeof serviceSubjects)[number]

const message = z.object({
  id: z.string(),
  at: z.string(),
  /** who wrote it, as the reader may know him */
  name: z.string(),
  by: z.enum(['manufacturer', 'customer']),
  text: z.string(),
})
export type ServiceMessage = z.output<typeof message>

const summary = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(serviceStatuses),
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  subject: z.enum(serviceSubjects),
  /** the task or the advice it is about; null: free */
  about: localizedText.nullable(),
  /** YYYY-MM-DD; null: any */
  wishedOn: z.string().nullable(),
  /** when somebody comes; null: not agreed */
  visitAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type ServiceSummary = z.output<typeof summary>

const detail = summary.extend({
  description: z.string(),
  requestedBy: z.string(),
  /** what was done; empty: nothing yet */
  result: z.string(),
  parts: z.array(part),
  messages: z.array(message),
})
export type ServiceRequest = z.output<typeof detail>

const named = z.object({ id: z.string(), name: z.string() })
const desk = { company: z.string(), assignee: named.nullable() }
const deskSummary = summary.extend(desk)
export type DeskSummary = z.output<typeof deskSummary>
const deskDetail = detail.extend({ ...desk, assignees: z.array(named) })
export type DeskRequest = z.output<typeof deskDetail>

const nothingSaid = {
  message: { 'zh-CN': '没有说明。', en: 'Nothing is said.' },
  remedy: { 'zh-CN': '请说明需要什么。', en: 'Say what is needed.' },
}
const words = z.string().trim().max(4000)
const said = words.refine(Boolean, { params: nothingSaid })

export const requestFields = z
  .strictObject({
    subject: z.enum(serviceSubjects).default('free'),
    /** key of the task or of the advice */
    about: z.string().max(40).default(''),
    description: words.default(''),
    wishedOn: z.iso.date().nullable().default(null),
  })
  .refine(({ subject, description }) => subject !== 'free' || description !== '', {
    path: ['description'],
    params: nothingSaid,
  })
export type RequestFields = z.output<typeof requestFields>

export const requestMyService = endpoint({
  id: 'advisory.requestMyService',
  method: 'POST',
  path: '/my/devices/{deviceId}/service-requests',
  summary: 'Ask the manufacturer for service on a machine of the own company',
  access: own,
  params: z.object({ deviceId: z.uuid() }),
  body: requestFields,
  audit: { none: 'a customer asks for himself; request and event are the trace' },
  status: 201,
  result: detail,
})

export const listMyServiceRequests = endpoint({
  id: 'advisory.listMyServiceRequests',
  method: 'GET',
  path: '/my/service-requests',
  summary: 'Requests for service of the own company, newest first: 200 at most',
  access: own,
  result: z.object({ items: z.array(summary) }),
})

export const getMyServiceRequest = endpoint({
  id: 'advisory.getMyServiceRequest',
  method: 'GET',
  path: '/my/service-requests/{requestId}',
  summary: 'A request for service of the own company, with what was written',
  access: own,
  params: requestId,
  result: detail,
})

export const writeMyServiceMessage = endpoint({
  id: 'advisory.writeMyServiceMessage',
  method: 'POST',
  path: '/my/service-requests/{requestId}/messages',
  summary: 'Write to the manufacturer about a request for service',
  access: own,
  params: requestId,
  body: z.strictObject({ text: said }),
  audit: { none: 'the message is the trace' },
  status: 201,
  result: detail,
})

export const withdrawMyServiceRequest = endpoint({
  id: 'advisory.withdrawMyServiceRequest',
  method: 'POST',
  path: '/my/service-requests/{requestId}/withdrawal',
  summary: 'Take back a request for service',
  access: own,
  params: requestId,
  audit: { none: 'a customer takes back a thing of his own; the event is the trace' },
  result: detail,
  problems: ['service-moved'],
})

export const listServiceRequests = endpoint({
  id: 'advisory.listServiceRequests',
  method: 'GET',
  path: '/console/service-requests',
  summary: 'Requests for service, newest first',
  access: read,
  query: z.object({
    status: z.enum(serviceStatuses).optional(),
    /** 'none': nobody's; or an account */
    assignee: z.union([z.literal('none'), z.literal('me'), z.uuid()]).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(deskSummary), nextCursor: z.string().nullable() }),
})

export const getServiceRequest = endpoint({
  id: 'advisory.getServiceRequest',
  method: 'GET',
  path: '/console/service-requests/{requestId}',
  summary: 'A request for service, with what was written',
  access: read,
  params: requestId,
  concurrency: 'etag',
  result: deskDetail,
})

export const changeServiceRequest = endpoint({
  id: 'advisory.changeServiceRequest',
  method: 'PATCH',
  path: '/console/service-requests/{requestId}',
  summary: 'Move a request for service on, assign it, agree when somebody comes, write down what was done',
  access: handle,
  params: requestId,
  body: z.strictObject({
    status: z.enum(serviceStatuses).optional(),
    assigneeId: z.uuid().nullable().optional(),
    visitAt: z.iso.datetime({ offset: true }).nullable().optional(),
    result: words.optional(),
    parts: z.array(part).max(50).optional(),
  }),
  concurrency: 'if-match',
  audit: 'service-request.changed',
  result: deskDetail,
  problems: ['service-moved'],
})

export const writeServiceMessage = endpoint({
  id: 'advisory.writeServiceMessage',
  method: 'POST',
  path: '/console/service-requests/{requestId}/messages',
  summary: 'Write to the customer about his request for service',
  access: handle,
  params: requestId,
  body: z.strictObject({ text: said }),
  audit: 'service-request.answered',
  status: 201,
  result: deskDetail,
})
