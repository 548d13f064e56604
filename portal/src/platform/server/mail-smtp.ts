import { createTransport, type SendMailOptions } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js'
import { mailPorts } from '../core/index.ts'
import type { Config } from './config.ts'
import type { MailRoute, MailServer } from './mail-server.ts'
import { isHouse, isPrivate, pinHost } from './outgoing.ts'

type Settings = Pick<Config, 'catchMail' | 'outgoingPrivate'>

/** What nodemailer says of a failure. */
export interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/** Sends by the server of the moment; connections are kept as long as it stays the same. */
export interface SmtpSender {
  send(route: MailRoute, mail: SendMailOptions): Promise<void>
  close(): void
}

/** settings: where a server entered in the console may stand */
export function createSmtpSender(settings: Settings): SmtpSender {
  let open: { key: string; transport: ReturnType<typeof pooled> } | null = null
  return {
    async send({ server }, mail) {
      const options = await optionsFor(server, settings)
      const key = JSON.stringify(options)
      if (open?.key !== key) {
        open?.transport.close()
        open = { key, transport: pooled(options) }
      }
      await open.transport.sendMail(mail)
    },
    close: () => open?.transport.close(),
  }
}

const pooled = (options: SMTPTransport.Options) => createTransport({ ...options, ...patience } as SMTPPool.Options)
const patience = { pool: true, connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 }

/** One conversation with the server, no longer than `withinMs` from look-up to goodbye. Answers its last words. */
export async function sendOnce(
  { server }: MailRoute,
  mail: SendMailOptions,
  settings: Settings,
  withinMs: number,
): Promise<string> {
  let transport: { close(): void } | undefined
  let late: NodeJS.Timeout | undefined
  const converse = async () => {
    const options = await optionsFor(server, settings)
    const each = withinMs - 1000
    const one = createTransport({ ...options, connectionTimeout: each, greetingTimeout: each, socketTimeout: each })
    transport = one
    return (await one.sendMail(mail)).response
  }
  const patienceEnds = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' })), withinMs)
  })
  try {
    return await Promise.race([converse(), patienceEnds])
  } finally {
    clearTimeout(late)
    transport?.close()
  }
}

async function optionsFor(server: MailRoute['server'], settings: Settings): Promise<SMTPTransport.Options> {
  if ('url' in server) return { url: server.url } as SMTPTransport.Options
  const { host, port, security, user, password } = server
  const { address } = await pinHost(host, address => !mayCall(address, port, settings))
  return {
    host: address,
    ...(address === host ? {} : { servername: host }), // the name its certificate has to have
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
  } as SMTPTransport.Options
}

/**
 * A mail server of the house is usual, so private networks may be called, but on ports of mail alone, and never link-local and shared
 * ones, where clouds keep the keys of their machines. In the demo everybody knows the administrator's password: it calls no private network.
 */
function mayCall(address: string, port: MailServer['port'], { catchMail, outgoingPrivate }: Settings): boolean {
  if (outgoingPrivate || !isPrivate(address)) return true
  return !catchMail && isHouse(address) && mailPorts.includes(port)
}
