import { z } from 'zod'
import { draftSchema } from '#features/configurator/core'
import { endpoint, fileAnswer, fileBody, fileFacts, normalizePhone } from '#platform/core'
import { attachmentsSchema, callBack, localizedText, long, short, sourceSchema } from './inquiry-parts.ts'
import { subjectSchema } from './subject.ts'

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
/** What a visitor may send with one inquiry. bytes: of each file */
export const attachmentLimits = { files: 5, bytes: 20_000_000 }
const preview = z.object({ preview: z.boolean().default(false) })

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
    /** what it is about: a configuration, or the subject */
    configurationToken: z.string().nullable(),
    subject: subjectSchema.omit({ deskPath: true }).nullable(),
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
