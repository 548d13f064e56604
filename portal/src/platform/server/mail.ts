import { createTransport, type SendMailOptions } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { JobHandler } from './feature.ts'
import { newId } from './ids.ts'
import type { Jobs } from './jobs.ts'

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
    sender: string
    recipient: string
    subject: string
    text: string
    html: string | null
    /** JSON: { filename, contentType, size, content (base64) }[] */
    attachments: unknown
    at: Date
  }
}

/** As it waits in the job: JSON. */
type QueuedMail = Omit<MailMessage, 'attachments'> & { attachments: { filename: string; contentType: string; content: string }[] }

const jobName = 'platform.send-mail'

export const createMailer = (jobs: Jobs): Mailer => ({
  async send({ attachments = [], ...message }) {
    const encoded = attachments.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content).toString('base64') }))
    await jobs.enqueue(jobName, { ...message, attachments: encoded } satisfies QueuedMail)
  },
})

/** The job that sends: to the SMTP server, or, where none is set, into the table of caught mail. */
export function sendMailJob(config: Config, database: Database): { handlers: Record<string, JobHandler>; close(): void } {
  const smtp = config.smtpUrl
    ? createTransport({ url: config.smtpUrl, pool: true, connectionTimeout: 20_000, socketTimeout: 60_000 } as SMTPPool.Options)
    : null
  const host = new URL(config.publicUrl).hostname
  async function handle(data: unknown, { jobId }: { jobId: string }): Promise<void> {
    const mail = data as QueuedMail
    const messageId = `<${jobId}@${host}>` // the same at every try: a mail server that got it twice shows it once
    if (smtp) await smtp.sendMail({ ...toSmtp(mail), from: config.mailFrom, messageId })
    else await catchMail(database, config.mailFrom, mail, messageId)
  }
  return { handlers: { [jobName]: { handle, retries: 10 } }, close: () => smtp?.close() }
}

const toSmtp = ({ attachments, ...mail }: QueuedMail): SendMailOptions => ({
  ...mail,
  attachments: attachments.map(({ content, ...file }) => ({ ...file, content, encoding: 'base64' })),
  disableFileAccess: true,
  disableUrlAccess: true,
})

async function catchMail(database: Database, sender: string, mail: QueuedMail, messageId: string): Promise<void> {
  const attachments = mail.attachments.map(file => ({ ...file, size: Buffer.byteLength(file.content, 'base64') }))
  await database
    .db<MailTables>()
    .insertInto('caught_mail')
    .values({
      id: newId(),
      message_id: messageId,
      sender,
      recipient: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html ?? null,
      attachments: JSON.stringify(attachments),
      at: new Date(),
    })
    .onConflict(conflict => conflict.column('message_id').doNothing())
    .execute()
}
