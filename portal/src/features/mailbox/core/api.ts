import { z } from 'zod'
import { endpoint } from '#platform/core'

const summary = z.object({
  id: z.string(),
  kind: z.enum(['mail', 'text-message']),
  /** an e-mail address or a phone number */
  to: z.string(),
  /** of a text message, what it is about */
  subject: z.string(),
  /** number of attachments */
  attachments: z.number().int(),
  /** ISO 8601, UTC */
  at: z.string(),
  /** what the mail server or the carrier said to what it does not take; null: caught by the demo, or waiting */
  refusal: z.string().nullable(),
  /** it is sent as soon as there is a mail server */
  waiting: z.boolean(),
})
export type CaughtMailSummary = z.output<typeof summary>

const mail = summary.extend({
  /** null: a text message, whose sender the carrier knows */
  from: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  /** size in bytes; path: where the file is read, below the portal's origin */
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), size: z.number().int(), path: z.string() })),
})
export type CaughtMail = z.output<typeof mail>

export const listMail = endpoint({
  id: 'mailbox.listMail',
  method: 'GET',
  path: '/mail',
  summary:
    'Mail and text messages that did not go out: caught by the demo, refused by mail server or carrier, or waiting for a mail server; newest first',
  access: { staff: 'mail.read' },
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  result: z.object({ items: z.array(summary), nextCursor: z.string().nullable() }),
})

export const getMail = endpoint({
  id: 'mailbox.getMail',
  method: 'GET',
  path: '/mail/{mailId}',
  summary: 'One of them with its parts',
  access: { staff: 'mail.read' },
  params: z.object({ mailId: z.uuid() }),
  result: mail,
})
