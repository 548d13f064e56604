import type { SendMailOptions } from 'nodemailer'
import type { MailTrialStage } from '../core/index.ts'
import type { Config } from './config.ts'
import type { MailRoute } from './mail-server.ts'
import { type SmtpError, sendOnce } from './mail-smtp.ts'
import { OutgoingRefused } from './outgoing.ts'

export interface MailTrial {
  stage: MailTrialStage
  /** the server's words, or the network's */
  answer: string
}

/** Longest time a test mail takes. */
const withinMs = 14_000

/** Sends one mail now and says what came of it, as the server says it. */
export async function tryMailRoute(
  route: MailRoute,
  mail: Pick<SendMailOptions, 'to' | 'subject' | 'text' | 'html' | 'attachments'>,
  settings: Pick<Config, 'catchMail' | 'outgoingPrivate'>,
): Promise<MailTrial> {
  try {
    const replyTo = route.replyTo ? { replyTo: route.replyTo } : {}
    const whole = { ...mail, ...replyTo, from: route.sender, disableFileAccess: true, disableUrlAccess: true }
    return { stage: 'taken', answer: shorten(await sendOnce(route, whole, settings, withinMs)) }
  } catch (error) {
    const stage = stageOf(error as SmtpError)
    return { stage, answer: shorten(wordsOf(error as SmtpError, stage)) }
  }
}

const certificateErrors = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|HOSTNAME_MISMATCH/

function stageOf(error: SmtpError & { originalCode?: string }): MailTrialStage {
  if (error instanceof OutgoingRefused) return error.reason === 'private' ? 'private' : 'lookup'
  const { code = '', originalCode = '', command = '', message } = error
  const codes = `${code} ${originalCode}`
  if (code === 'EPROTOCOL') return 'no-mail-server'
  if (/ENOTFOUND|EAI_|EDNS/.test(codes)) return 'lookup'
  if (certificateErrors.test(codes) || /certificate|altname/i.test(message)) return 'certificate'
  if (code === 'ETLS' && command === 'STARTTLS') return error.response ? 'no-starttls' : 'tls'
  if (code === 'ETLS' || /ERR_SSL|wrong version number|\bEPROTO\b/i.test(`${codes} ${message}`)) return 'tls'
  if (code === 'EAUTH') return error.response ? 'sign-in' : 'no-sign-in'
  if (code === 'EENVELOPE') return command === 'RCPT TO' ? 'recipient' : command === 'MAIL FROM' ? 'sender' : 'content'
  if (code === 'EMESSAGE') return 'content'
  if (code === 'ETIMEDOUT') return 'late'
  return /ECONN|EHOST|ENET|ESOCKET/.test(codes) ? 'connect' : 'other'
}

/** What does not speak SMTP is not quoted: somebody might read with it what only the portal can reach. */
function wordsOf({ response, message }: SmtpError, stage: MailTrialStage): string {
  if (stage === 'no-mail-server') return ''
  if (!response) return message
  return /^\d{3}[ -]/.test(response) ? response : ''
}

const shorten = (answer: string) => answer.replace(/\r\n?/g, '\n').slice(0, 1000)
