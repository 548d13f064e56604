import { z } from 'zod'
import { defaultTimeZone, endpoint, fileAnswer, isTimeZone, notATimeZone, spreadsheetFormats } from '#platform/core'
import { attachmentsSchema, callBack, localizedText, long, short, sourceSchema } from './inquiry-parts.ts'
import { leadStatuses } from './lead-status.ts'
import { subjectSchema } from './subject.ts'

const nothingToChange = {
  message: { 'zh-CN': '没有要修改的内容。', en: 'There is nothing to change.' },
  remedy: { 'zh-CN': '请填写 status 或 assigneeId。', en: 'Give status or assigneeId.' },
}

export const leadStatus = z.enum(leadStatuses)
export const leadSorts = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', '-net', 'net'] as const

const leadSummary = z.object({
  id: z.string(),
  number: z.number().int(),
  status: leadStatus,
  productName: localizedText,
  contactName: z.string(),
  companyName: z.string(),
  net: z.number().nullable(),
  currency: z.string(),
  source: sourceSchema,
  /** null: no call is wished for */
  callBack: callBack.nullable(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type LeadSummary = z.output<typeof leadSummary>

const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(value => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).optional())

const leadFilters = {
  /** part of a name or company, or a whole e-mail address, phone number or lead number */
  search: z.string().trim().max(100).optional(),
  status: list(leadStatus),
  /** account id, 'me' or 'none' */
  assignee: z.string().max(64).optional(),
  product: z.string().max(80).optional(),
  sort: z.enum(leadSorts).default('-createdAt'),
}

export const listLeads = endpoint({
  id: 'sales.listLeads',
  method: 'GET',
  path: '/leads',
  summary: 'Leads, filtered, searched and sorted',
  access: { staff: 'lead.read' },
  query: z.object({
    ...leadFilters,
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  result: z.object({ items: z.array(leadSummary), nextCursor: z.string().nullable(), total: z.number().int() }),
})

/** More people than this, in one export or within a day, and a second person has to approve. */
export const exportAlone = 1000

export const exportLeads = endpoint({
  id: 'sales.exportLeads',
  method: 'POST',
  path: '/leads/export',
  summary:
    'Leads with their contact data as an Excel workbook or CSV, filtered and sorted as the list. X-Export-Rows says how many they are; more than 1,000 within a day need a second person',
  access: { staff: 'lead.export' },
  body: z.strictObject({
    ...leadFilters,
    status: z.array(leadStatus).max(leadStatuses.length).optional(),
    format: z.enum(spreadsheetFormats),
    /** IANA name: which clock its times are read on */
    timeZone: z.string().max(64).default(defaultTimeZone).refine(isTimeZone, { params: notATimeZone }),
  }),
  transfers: 'download',
  confirm: true,
  idempotency: 'ignored',
  limit: 'export',
  audit: 'lead.exported',
  result: fileAnswer,
})

const leadDetail = leadSummary.extend({
  revision: z.number().int(),
  /** statuses it may move to now */
  moves: z.array(leadStatus),
  contact: z.object({ name: z.string(), company: z.string(), email: z.string(), phone: z.string(), language: z.string() }),
  message: z.string(),
  unlisted: z.string(),
  attachments: attachmentsSchema,
  consent: z.object({ version: z.string(), at: z.string() }),
  inquiryToken: z.string(),
  /** what it is about: a configuration, or the subject */
  configurationToken: z.string().nullable(),
  subject: subjectSchema.nullable(),
  /** the company of his account, where he was signed in */
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** the customer who has this e-mail address or phone number, where the inquiry came without signing in */
  knownCustomer: z
    .object({ companyId: z.string(), companyName: z.string(), accountName: z.string(), same: z.enum(['email', 'phone']) })
    .nullable(),
  /** leads of the same e-mail, phone or company */
  related: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      status: leadStatus,
      contactName: z.string(),
      companyName: z.string(),
      createdAt: z.string(),
      same: z.array(z.enum(['email', 'phone', 'company'])),
    }),
  ),
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['submitted', 'status', 'assigned', 'note', 'answered', 'configured', 'offer']),
      at: z.string(),
      author: z.object({ id: z.string(), name: z.string() }).nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
})
export type LeadDetail = z.output<typeof leadDetail>

const leadId = z.object({ leadId: z.uuid() })

export const getLead = endpoint({
  id: 'sales.getLead',
  method: 'GET',
  path: '/leads/{leadId}',
  summary: 'A lead with its timeline',
  access: { staff: 'lead.read' },
  params: leadId,
  concurrency: 'etag',
  result: leadDetail,
})

export const changeLead = endpoint({
  id: 'sales.changeLead',
  method: 'PATCH',
  path: '/leads/{leadId}',
  summary: 'Move a lead to another status or assign it',
  access: { staff: 'lead.write' },
  params: leadId,
  body: z
    .strictObject({ status: leadStatus, assigneeId: z.string().max(64).nullable() })
    .partial()
    .refine(change => change.status !== undefined || change.assigneeId !== undefined, { params: nothingToChange }),
  concurrency: 'if-match',
  audit: 'lead.changed',
  result: leadDetail,
  problems: ['lead-transition'],
})

export const addLeadNote = endpoint({
  id: 'sales.addLeadNote',
  method: 'POST',
  path: '/leads/{leadId}/notes',
  summary: 'Add a note to the timeline',
  access: { staff: 'lead.write' },
  params: leadId,
  body: z.strictObject({ text: long.min(1) }),
  status: 201,
  audit: 'lead.noted',
  result: leadDetail,
})

export const answerLead = endpoint({
  id: 'sales.answerLead',
  method: 'POST',
  path: '/leads/{leadId}/answers',
  summary: 'Answer the contact by mail',
  access: { staff: 'lead.write' },
  params: leadId,
  body: z.strictObject({ subject: short.min(1), text: long.min(1) }),
  status: 201,
  audit: 'lead.answered',
  result: leadDetail,
  problems: ['no-email'],
})

export const returnConfiguration = endpoint({
  id: 'sales.returnConfiguration',
  method: 'POST',
  path: '/leads/{leadId}/configurations',
  summary: 'Make a saved configuration the one of the lead, and tell the customer, who finds it in place of what he sent',
  access: { staff: 'lead.write' },
  params: leadId,
  body: z.strictObject({ token: z.string().min(1).max(64), note: long.default('') }),
  status: 201,
  audit: 'lead.configured',
  result: leadDetail,
  problems: ['configuration-unchanged', 'lead-closed', 'lead-without-configuration'],
})

export const listAssignees = endpoint({
  id: 'sales.listAssignees',
  method: 'GET',
  path: '/lead-assignees',
  summary: 'Staff who may work on leads',
  access: { staff: 'lead.read' },
  result: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
})
