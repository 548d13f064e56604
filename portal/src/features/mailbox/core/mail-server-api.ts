import { z } from 'zod'
import { endpoint, mailSecurities, mailTrialStages, normalizeEmail } from '#platform/core'

const words = (most: number) => z.string().trim().max(most)
const isEmail = (text: string) => z.email().safeParse(normalizeEmail(text)).success

const noHost = {
  message: { 'zh-CN': '这不是服务器地址。', en: 'This is not the name of a server.' },
  remedy: {
    'zh-CN': '请填写主机名或 IP 地址，如 smtp.exmail.qq.com，不含协议和端口。',
    en: 'Give a host name or address such as smtp.example.com, without protocol and port.',
  },
}
const noEmail = {
  message: { 'zh-CN': '这不是邮箱地址。', en: 'This is not an e-mail address.' },
  remedy: { 'zh-CN': '请填写完整的邮箱，如 portal@example.com。', en: 'Give a whole address such as portal@example.com.' },
}
const noName = {
  message: { 'zh-CN': '发件人名称含有不能使用的字符。', en: 'The name has a sign that a sender’s name cannot have.' },
  remedy: { 'zh-CN': '请去掉 < > " \\ 和换行。', en: 'Leave out < > " \\ and line breaks.' },
}

/** A name of the network, or an address of either version. */
function isHost(text: string): boolean {
  if (text.includes(':')) return /^[0-9a-f:.]+$/.test(text)
  return /^[a-z0-9.-]+$/.test(text) && !text.startsWith('-') && !/[.-]$/.test(text)
}

const email = words(254).refine(isEmail, { params: noEmail })

/** A mail server as it is entered. */
export const mailServerToSave = z.object({
  host: words(253).toLowerCase().refine(isHost, { params: noHost }),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  /** empty: the server takes mail without signing in */
  user: words(254),
  /** absent: the one that is kept, for the same server and user alone */
  password: z.string().max(500).optional(),
  senderName: words(100).refine(name => !/[<>"\\\r\n]/.test(name), { params: noName }),
  senderAddress: email,
  /** empty: answers go to the sender */
  replyTo: words(254).refine(address => address === '' || isEmail(address), { params: noEmail }),
})
export type MailServerToSave = z.output<typeof mailServerToSave>

const mailServer = z.object({
  host: z.string(),
  port: z.number().int(),
  /** offered: STARTTLS where the server has it, as smtp:// of the environment means */
  security: z.enum([...mailSecurities, 'offered']),
  user: z.string(),
  /** a password is kept; it is never answered */
  passwordKept: z.boolean(),
})

const standing = z.object({
  /** by what mail leaves: SMTP_URL, the server entered here, not at all since the demo catches it, or not at all yet */
  by: z.enum(['environment', 'console', 'demo', 'nothing']),
  server: mailServer.nullable(),
  sender: z.object({ name: z.string(), address: z.string(), replyTo: z.string() }),
  /** MAIL_FROM says who the sender is */
  senderFixed: z.boolean(),
  /** mails that wait until there is a server */
  waiting: z.number().int(),
})
export type MailServerStanding = z.output<typeof standing>

const trial = z.object({
  stage: z.enum(mailTrialStages),
  /** in the words of the server, or of the network */
  answer: z.string(),
})
export type MailServerTrial = z.output<typeof trial>

const access = { staff: 'manufacturer.manage' } as const

export const getMailServer = endpoint({
  id: 'mailbox.getMailServer',
  method: 'GET',
  path: '/mail-server',
  summary: 'By which server mail leaves, without its password',
  access,
  concurrency: 'etag',
  result: standing,
})

export const saveMailServer = endpoint({
  id: 'mailbox.saveMailServer',
  method: 'PUT',
  path: '/mail-server',
  summary:
    'Say by which server mail leaves, from the next mail on in every process. User and password are sealed and not shown again. Mails that waited are sent',
  access,
  concurrency: 'if-match',
  confirm: true,
  audit: 'mail-server.changed',
  body: mailServerToSave,
  result: standing,
  problems: ['mail-server-fixed'],
})

export const removeMailServer = endpoint({
  id: 'mailbox.removeMailServer',
  method: 'DELETE',
  path: '/mail-server',
  summary: 'Forget the mail server with its password. Mails wait from then on',
  access,
  confirm: true,
  audit: { sometimes: 'mail-server.removed' },
})

export const tryMailServer = endpoint({
  id: 'mailbox.tryMailServer',
  method: 'POST',
  path: '/mail-server/trial',
  summary: 'Send a test mail now, by the server given or the present one, and answer what the server says',
  access,
  keys: 'refused',
  idempotency: 'ignored',
  audit: 'mail-server.tried',
  limit: 'export',
  body: z.object({ to: email, server: mailServerToSave.optional() }),
  result: trial,
})
