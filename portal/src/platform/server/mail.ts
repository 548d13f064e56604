import { type Expression, type ExpressionBuilder, type Generated, type SqlBool, sql } from 'kysely'
import type { SendMailOptions } from 'nodemailer'
import type { Language } from '../core/index.ts'
import type { Config } from './config.ts'
import type { JobHandler } from './feature.ts'
import { newId } from './ids.ts'
import type { Jobs } from './jobs.ts'
import { type LaidOutMail, logoCid, type MailLook, mailHtml, plainLook } from './mail-layout.ts'
import { lockMailServer, type MailRoute, mailRoute, presetSender } from './mail-server.ts'
import { createSmtpSender, type SmtpError } from './mail-smtp.ts'
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
  /** plain text; beside it stands `html`, or what is made of `layout` when the mail leaves */
  text: string
  html?: string
  layout?: LaidOutMail
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
    /** by the mail server; false: caught, or waiting */
    refused: boolean
    /** until there is a mail server */
    waiting: Generated<boolean>
    at: Date
  }
}

/** A mail that was caught or refused, or waits, as it is kept. */
export interface KeptMail {
  sender: string
  recipient: string
  subject: string
  text: string
  html: string | null
  /** what `html` was made of; absent: it came as it is, or an earlier version kept it */
  layout?: LaidOutMail
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

/** How mails in a language look. */
type Look = (platform: Platform, language: Language) => Promise<MailLook>

/**
 * The job that sends: by the mail server there is when it is done, or, in the demo, into the table of caught mail. A mail that is
 * refused for good, or for too long, is kept in that table with the reason; one for which there is no server yet waits in it.
 */
export function sendMailJob(
  config: Pick<Config, 'catchMail' | 'outgoingPrivate' | 'publicUrl'>,
  look: Look = async () => plainLook,
): { handlers: Record<string, JobHandler>; close(): void } {
  const smtp = createSmtpSender(config)
  const host = new URL(config.publicUrl).hostname
  const handle: JobHandler['handle'] = async (data, { jobId, lastTry, platform }) => {
    const mail = data as QueuedMail
    const messageId = `<${jobId}@${host}>` // the same at every try: a mail server that got it twice shows it once
    const route = await mailRoute(platform)
    const dressed = await dress(mail, (language: Language) => look(platform, language))
    const sender = route === null || route === 'caught' ? (platform.config.mailFrom ?? presetSender) : route.sender
    const keep = (refusal: string | null, waiting = false) =>
      keepMail(platform, { mail, html: dressed.html, messageId, sender, refusal, waiting })
    if (route === 'caught') return keep(null)
    if (route === null) return waitForServer(platform, () => keep(null, true))
    try {
      await smtp.send(route, { ...toSmtp(mail, dressed, route), messageId })
    } catch (thrown) {
      const error = thrown as SmtpError
      if (!isFinal(error) && !lastTry) throw withoutWords(error)
      await keep(error.response ?? error.message)
      platform.log.error({ jobId, ...codesOf(error) }, 'a mail could not be delivered; it is kept in caught_mail')
    }
  }
  return { handlers: { [jobName]: { handle, outside: true, retries: 10 } }, close: smtp.close }
}

/** Lets a mail wait, unless a server has been entered meanwhile: then the queue tries again. */
async function waitForServer(platform: Platform, keep: () => Promise<void>): Promise<void> {
  await platform.database.transaction(async () => {
    await lockMailServer(platform.database)
    if ((await mailRoute(platform)) !== null) throw new Error('A mail server was entered at this moment')
    await keep()
  })
}

/** Whether the server refused this mail, and will again. A refused sign-in or connection says nothing about the mail. */
const isFinal = ({ code, responseCode = 0 }: SmtpError) => responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')

const codesOf = ({ code, responseCode }: SmtpError) => ({ code, responseCode })

// What a mail server says repeats the recipient's address, and errors are logged.
function withoutWords(error: SmtpError): Error {
  const { code = 'no code', responseCode } = error
  return new Error(`The mail server did not take the mail (${[code, responseCode].filter(Boolean).join(' ')})`)
}

interface Dressed {
  html: string | null
  logo: MailLook['logo']
}

async function dress({ html, layout }: QueuedMail, look: (language: Language) => Promise<MailLook>): Promise<Dressed> {
  if (!layout) return { html: html ?? null, logo: null }
  const worn = await look(layout.language)
  return { html: mailHtml(layout, worn), logo: worn.logo }
}

const toSmtp = (
  { to, subject, text, replyTo, attachments }: QueuedMail,
  { html, logo }: Dressed,
  route: MailRoute,
): SendMailOptions => ({
  to,
  subject,
  text,
  from: route.sender,
  ...(html === null ? {} : { html }),
  ...((replyTo ?? route.replyTo) ? { replyTo: replyTo ?? route.replyTo! } : {}),
  attachments: [
    ...attachments.map(({ content, ...file }) => ({ ...file, content, encoding: 'base64' })),
    ...(logo ? [logoAttachment(logo)] : []),
  ],
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** The logo travels with the mail: docs/decisions/0027-mails-carry-the-logo.md. */
export const logoAttachment = ({ png }: NonNullable<MailLook['logo']>) => ({
  filename: 'logo.png',
  contentType: 'image/png',
  contentDisposition: 'inline' as const,
  cid: logoCid,
  content: Buffer.from(png),
})

/** Queues a refused mail again, as it was, and takes it out of the list in the same transaction. false: there is no such mail. */
export const resendRefusedMail = async (
  platform: Pick<Platform, 'database' | 'vault' | 'jobs'>,
  mailId: string,
): Promise<boolean> => (await requeue(platform, eb => eb.and([eb('id', '=', mailId), eb('refused', '=', true)]))) > 0

/** Queues the mails again that waited for a mail server. */
export async function releaseWaitingMails(platform: Pick<Platform, 'database' | 'vault' | 'jobs'>): Promise<void> {
  let released: number
  do released = await requeue(platform, eb => eb('waiting', '=', true))
  while (released > 0)
}

/** Lets mails that wait after a failure be tried now: with another server they may go through. */
export async function hastenMails({ database }: Pick<Platform, 'database'>): Promise<void> {
  await sql`update job.job set start_after = now() where name = ${jobName} and state = 'retry' and start_after > now()`.execute(
    database.db(),
  )
}

/** Mails that wait for a mail server. */
export async function countWaitingMails({ database }: Pick<Platform, 'database'>): Promise<number> {
  const { count } = await database
    .db<MailTables>()
    .selectFrom('caught_mail')
    .select(eb => eb.cast<number>(eb.fn.countAll(), 'integer').as('count'))
    .where('waiting', '=', true)
    .executeTakeFirstOrThrow()
  return count
}

/** With their files, a month of mails is more than memory holds. */
const mostAtOnce = 20

/** The oldest `mostAtOnce` of them; answers how many there were. */
async function requeue(
  { database, vault, jobs }: Pick<Platform, 'database' | 'vault' | 'jobs'>,
  which: (eb: ExpressionBuilder<MailTables, 'caught_mail'>) => Expression<SqlBool>,
): Promise<number> {
  return database.transaction(async () => {
    const db = database.db<MailTables>()
    const oldest = db.selectFrom('caught_mail').select('id').where(which).orderBy('at').limit(mostAtOnce)
    const rows = await db.deleteFrom('caught_mail').where('id', 'in', oldest).returning(['content', 'at']).execute()
    for (const { content } of rows.sort((a, b) => a.at.getTime() - b.at.getTime())) {
      const { recipient, subject, text, html, layout, replyTo, attachments } = await openKeptMail(vault, content)
      await jobs.enqueue(jobName, {
        to: recipient,
        subject,
        text,
        ...(layout ? { layout } : html === null ? {} : { html }),
        ...(replyTo === null ? {} : { replyTo }),
        attachments,
      } satisfies QueuedMail)
    }
    return rows.length
  })
}

interface Keeping {
  mail: QueuedMail
  html: string | null
  messageId: string
  sender: string
  refusal: string | null
  waiting: boolean
}

async function keepMail({ database, vault, now }: Platform, keeping: Keeping): Promise<void> {
  const { mail, html, messageId, sender, refusal, waiting } = keeping
  const { to, subject, text, layout, replyTo = null } = mail
  const attachments = mail.attachments.map(file => ({ ...file, size: Buffer.byteLength(file.content, 'base64') }))
  const made = layout ? { layout } : {}
  const kept: KeptMail = { sender, recipient: to, subject, text, html, ...made, replyTo, attachments, refusal }
  await database
    .db<MailTables>()
    .insertInto('caught_mail')
    .values({
      id: newId(),
      message_id: messageId,
      content: await vault.seal(JSON.stringify(kept), keptContext),
      recipient_digest: emailDigest(vault, to),
      refused: refusal !== null,
      waiting,
      at: now(),
    })
    .onConflict(conflict => conflict.column('message_id').doNothing())
    .execute()
}
