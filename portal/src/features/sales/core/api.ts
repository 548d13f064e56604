import { z } from 'zod'
import { draftSchema } from '#features/configurator/core'
import {
  defaultTimeZone,
  endpoint,
  fileAnswer,
  fileBody,
  fileFacts,
  isTimeZone,
  normalizePhone,
  notATimeZone,
  spreadsheetFormats,
} from '#platform/core'
import { leadStatuses } from './lead-status.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const short = z.string().trim().max(200)
const long = z.string().trim().max(5000)

/** Where the visitor came from, as the page knew it. */
const sourceSchema = z
  .strictObject({
    utm_source: short,
    utm_medium: short,
    utm_campaign: short,
    utm_term: short,
    utm_content: short,
    /** host of the page that linked here */
    referrer: short,
    /** printed code that was scanned */
    qr: short,
  })
  .partial()
export type Source = z.output<typeof sourceSchema>

const eitherContact = {
  message: { 'zh-CN': '邮箱和电话都为空。', en: 'Neither an e-mail address nor a phone number is given.' },
  remedy: { 'zh-CN': '请填写其中一项。', en: 'Give one of them.' },
}
const notAPhone = {
  message: { 'zh-CN': '这不是有效的电话号码。', en: 'This is not a phone number.' },
  remedy: {
    'zh-CN': '请填写手机号或含区号的电话；国外号码请加国家代码，如 +49。',
    en: 'Give it with its country code, such as +49 89 123456.',
  },
}
const nothingToChange = {
  message: { 'zh-CN': '没有要修改的内容。', en: 'There is nothing to change.' },
  remedy: { 'zh-CN': '请填写 status 或 assigneeId。', en: 'Give status or assigneeId.' },
}

/** What a visitor may send with one inquiry. bytes: of each file */
export const attachmentLimits = { files: 5, bytes: 20_000_000 }

const attachmentsSchema = z.array(fileFacts.extend({ id: z.string() }))
export type Attachment = z.output<typeof attachmentsSchema>[number]

const preview = z.object({ preview: z.boolean().default(false) })

/** When somebody would like to be called back, by the clock of the manufacturer. */
export const callBackTimes = ['any', 'morning', 'afternoon', 'evening'] as const
export type CallBackTime = (typeof callBackTimes)[number]
const callBack = z.enum(callBackTimes)

const noNumberToCall = {
  message: { 'zh-CN': '请求回电，但没有填写电话。', en: 'A call is wished for, but there is no phone number.' },
  remedy: { 'zh-CN': '请填写电话，或取消回电。', en: 'Give a phone number, or wish for no call.' },
}

const contactSchema = z.strictObject({
  name: short.default(''),
  company: short.default(''),
  email: z.union([z.literal(''), z.email().max(254)]).default(''),
  phone: short.default(''),
})

export const submitInquiry = endpoint({
  id: 'sales.submitInquiry',
  method: 'POST',
  path: '/inquiries',
  summary: 'Ask for an offer. E-mail or phone, either is enough; consent to be contacted is needed',
  access: 'public',
  body: z
    .object({
      /** a configuration to be saved with the inquiry, or one saved before */
      configuration: z.union([draftSchema, z.strictObject({ token: z.string().max(64) })]),
      contact: contactSchema
        .refine(contact => contact.email !== '' || contact.phone !== '', { path: ['email'], params: eitherContact })
        .refine(contact => contact.phone === '' || normalizePhone(contact.phone) !== null, {
          path: ['phone'],
          params: notAPhone,
        }),
      message: long.default(''),
      unlisted: long.default(''),
      /** absent: no call is wished for */
      callBack: callBack.optional(),
      /** tokens of files uploaded before */
      attachments: z.array(z.string().max(64)).max(attachmentLimits.files).default([]),
      consent: z.strictObject({ version: short, accepted: z.literal(true) }),
      source: sourceSchema.default({}),
    })
    .refine(({ callBack, contact }) => callBack === undefined || contact.phone !== '', {
      path: ['contact', 'phone'],
      params: noNumberToCall,
    }),
  bodyLimit: 2_000_000,
  audit: { none: 'a visitor writes a thing of his own; inquiry and event are the trace' },
  status: 201,
  result: z.object({ token: z.string(), path: z.string() }),
  problems: ['selection-invalid', 'price-differs', 'model-withdrawn', 'file-refused'],
})

export const uploadAttachment = endpoint({
  id: 'sales.uploadAttachment',
  method: 'POST',
  path: '/inquiry-attachments',
  summary:
    'Upload a drawing, document or photo, to be named by its token when the inquiry is sent. What is not sent is gone after a day',
  access: 'public',
  transfers: 'upload',
  body: fileBody,
  bodyLimit: attachmentLimits.bytes,
  limit: 'upload',
  audit: { none: 'a visitor keeps a thing of his own; nobody else can reach it before his inquiry' },
  status: 201,
  result: fileFacts.extend({ token: z.string() }),
})

export const discardAttachment = endpoint({
  id: 'sales.discardAttachment',
  method: 'DELETE',
  path: '/inquiry-attachments/{token}',
  summary: 'Take an upload back that has not been sent',
  access: 'public',
  audit: { none: 'a visitor takes back a thing of his own' },
  params: z.object({ token: z.string().max(64) }),
})

export const getInquiryAttachment = endpoint({
  id: 'sales.getInquiryAttachment',
  method: 'GET',
  path: '/inquiries/{token}/attachments/{fileId}',
  summary: 'A file of an inquiry, or a small picture of it, for whoever has the link of the inquiry',
  access: 'public',
  params: z.object({ token: z.string().max(64), fileId: z.uuid() }),
  query: preview,
  transfers: 'download',
  result: fileAnswer,
})

export const getAttachment = endpoint({
  id: 'sales.getAttachment',
  method: 'GET',
  path: '/attachments/{fileId}',
  summary: 'A file of an inquiry, or a small picture of it, for staff who read leads and for the company that sent it',
  access: { staff: 'lead.read', customer: 'inquiry.read-own' },
  params: z.object({ fileId: z.uuid() }),
  query: preview,
  transfers: 'download',
  result: fileAnswer,
})

/** How far an inquiry has come, as whoever sent it is told */
const inquiryStatus = z.enum(['received', 'answered', 'closed'])
export type InquiryStatus = z.output<typeof inquiryStatus>

export const getInquiry = endpoint({
  id: 'sales.getInquiry',
  method: 'GET',
  path: '/inquiries/{token}',
  summary: 'An inquiry for whoever has its link',
  access: 'public',
  params: z.object({ token: z.string().max(64) }),
  result: z.object({
    token: z.string(),
    configurationToken: z.string(),
    createdAt: z.string(),
    status: inquiryStatus,
    /** masked: the link may be passed on */
    contact: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
    message: z.string(),
    unlisted: z.string(),
    callBack: callBack.nullable(),
    /** when sales returned a configuration of its own, with its words and the token of the one before; null: it is as it was sent */
    returned: z.object({ at: z.string(), note: z.string(), from: z.string() }).nullable(),
    attachments: attachmentsSchema,
  }),
})

const ownInquiry = z.object({
  token: z.string(),
  productName: localizedText,
  createdAt: z.string(),
  status: inquiryStatus,
  net: z.number().nullable(),
  currency: z.string(),
  /** who was signed in when it was sent; without a name: erased */
  sentBy: z.object({ id: z.string(), name: z.string() }),
})
export type OwnInquiry = z.output<typeof ownInquiry>

export const listMyInquiries = endpoint({
  id: 'sales.listMyInquiries',
  method: 'GET',
  path: '/my/inquiries',
  summary: 'Inquiries of the own company, sent by oneself and by colleagues, newest first',
  access: { customer: 'inquiry.read-own' },
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  result: z.object({ items: z.array(ownInquiry), nextCursor: z.string().nullable() }),
})

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
  configurationToken: z.string(),
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
  problems: ['configuration-unchanged', 'lead-closed'],
})

export const listAssignees = endpoint({
  id: 'sales.listAssignees',
  method: 'GET',
  path: '/lead-assignees',
  summary: 'Staff who may work on leads',
  access: { staff: 'lead.read' },
  result: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
})
