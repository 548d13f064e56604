import { createTransport, type SendMailOptions } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import type { Config } from './config.ts'
import type { JobHandler } from './feature.ts'
import { newId } from './ids.ts'
import type { Jobs } from './jobs.ts'
import type { Platform } from './platform.ts'
import { emailDigest } from './sealed-fields.ts'
import type { Sealed, Vault } from './vault.ts'

/** Outgoing mail. Queued as a job in the ambient transaction; the job sends by SMTP under a stable Message-ID. */
export interface Mailer {
  send(message: MailMessage): Promise<void>
}

export interface MailMessage {
  to: string
  subject: string
  /** plain text; the HTML part is made from `html` where given */
  text: string
  html?: string
  attachments?: { filename: string; contentType: string; content: Uint8Array }[]
  replyTo?: string
}

export interface MailTables {
  caught_mail: {
    id: string
    message_id: string
    /** JSON of a KeptMail */
    content: Sealed
    recipient_digest: string | null
    /** by the mail server; false: caught */
    refused: boolean
    at: Date
  }
}

/** A mail that was caught or refused, as it is kept. */
export interface KeptMail {
  sender: string
  recipient: string
  subject: string
  text: string
  html: string | null
  replyTo: string | null
  /** size in bytes; content in base64 */
  attachments: { filename: string; contentType: string; size: number; content: string }[]
  /** what the mail server said to a mail it does not take; null: caught, not sent */
  refusal: string | null
}

/** What was kept of a mail. */
export const openKeptMail = async (vault: Vault, content: Sealed): Promise<KeptMail> =>
  JSON.parse(await vault.open(content, keptContext)) as KeptMail

const keptContext = 'caught_mail.content'

/** As it waits in the job: JSON. */
type QueuedMail = Omit<MailMessage, 'attachments'> & { attachments: { filename: string; contentType: string; content: string }[] }

const jobName = 'platform.send-mail'

export const createMailer = (jobs: Jobs): Mailer => ({
  async send({ attachments = [], ...message }) {
    const encoded = attachments.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content).toString('base64') }))
    await jobs.enqueue(jobName, { ...message, attachments: encoded } satisfies QueuedMail)
  },
})

/**
 * The job that sends: to the SMTP server, or, where none is set, into the table of caught mail. A mail that is refused for good,
 * or for too long, is kept in that table with the reason.
 */
export function sendMailJob(config: Config): { handlers: Record<string, JobHandler>; close(): void } {
  const smtp = config.smtpUrl ? createTransport({ url: config.smtpUrl, ...patience } as SMTPPool.Options) : null
  const host = new URL(config.publicUrl).hostname
  const handle: JobHandler['handle'] = async (data, { jobId, lastTry, platform }) => {
    const mail = data as QueuedMail
    const messageId = `<${jobId}@${host}>` // the same at every try: a mail server that got it twice shows it once
    const keep = (refusal: string | null) => keepMail(platform, { mail, messageId, sender: config.mailFrom, refusal })
    if (!smtp) return keep(null)
    try {
      await smtp.sendMail({ ...toSmtp(mail), from: config.mailFrom, messageId })
    } catch (thrown) {
      const error = thrown as SmtpError
      if (!isFinal(error) && !lastTry) throw withoutWords(error)
      await keep(error.response ?? error.message)
      platform.log.error({ jobId, ...codesOf(error) }, 'a mail could not be delivered; it is kept in caught_mail')
    }
  }
  return { handlers: { [jobName]: { handle, outside: true, retries: 10 } }, close: () => smtp?.close() }
}

const patience = { pool: true, connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 }

interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
}

/** Whether the server refused this mail, and will again. A refused sign-in or connection says nothing about the mail. */
const isFinal = ({ code, responseCode = 0 }: SmtpError) => responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')

const codesOf = ({ code, responseCode }: SmtpError) => ({ code, responseCode })

// What a mail server says repeats the recipient's address, and errors are logged.
function withoutWords(error: SmtpError): Error {
  const { code = 'no code', responseCode } = error
  return new Error(`The mail server did not take the mail (${[code, responseCode].filter(Boolean).join(' ')})`)
}

const toSmtp = ({ attachments, ...mail }: QueuedMail): SendMailOptions => ({
  ...mail,
  attachments: attachments.map(({ content, ...file }) => ({ ...file, content, encoding: 'base64' })),
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** Queues a refused mail again, as it was, and takes it out of the list in the same transaction. false: there is no such mail. */
export async function resendRefusedMail(
  { database, vault, jobs }: Pick<Platform, 'database' | 'vault' | 'jobs'>,
  mailId: string,
): Promise<boolean> {
  return database.transaction(async () => {
    const row = await database
      .db<MailTables>()
      .deleteFrom('caught_mail')
      .where('id', '=', mailId)
      .where('refused', '=', true)
      .returning('content')
      .executeTakeFirst()
    if (!row) return false
    const { recipient, subject, text, html, replyTo, attachments } = await openKeptMail(vault, row.content)
    await jobs.enqueue(jobName, {
      to: recipient,
      subject,
      text,
      ...(html === null ? {} : { html }),
      ...(replyTo === null ? {} : { replyTo }),
      attachments,
    } satisfies QueuedMail)
    return true
  })
}

interface Keeping {
  mail: QueuedMail
  messageId: string
  sender: string
  refusal: string | null
}

async function keepMail({ database, vault, now }: Platform, { mail, messageId, sender, refusal }: Keeping): Promise<void> {
  const { to, subject, text, html = null, replyTo = null } = mail
  const attachments = mail.attachments.map(file => ({ ...file, size: Buffer.byteLength(file.content, 'base64') }))
  const kept: KeptMail = { sender, recipient: to, subject, text, html, replyTo, attachments, refusal }
  await database
    .db<MailTables>()
    .insertInto('caught_mail')
    .values({
      id: newId(),
      message_id: messageId,
      content: await vault.seal(JSON.stringify(kept), keptContext),
      recipient_digest: emailDigest(vault, to),
      refused: refusal !== null,
      at: now(),
    })
    .onConflict(conflict => conflict.column('message_id').doNothing())
    .execute()
}
