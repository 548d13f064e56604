import { setTimeout as delay } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

/** A mail as the server took it. */
export interface TakenMail {
  messageId: string
  to: string
  /** which portal sent it: the number of its port among the sink's */
  from: number
  /** performance.now() when the server had read all of it */
  readAt: number
  /** performance.now() when the server said 250 to a portal that was still there; null: it had gone */
  acknowledgedAt: number | null
}

export interface MailSink {
  /** SMTP_URL for each portal */
  urls: string[]
  taken: TakenMail[]
  /** conversations of a portal in which a mail is under way */
  open(from: number): number
  close(): Promise<void>
}

/** A real SMTP server on one port per portal. It thinks for up to `think` ms before it says 250, as servers that store a mail do. */
export async function openMailSink(portals: number, chance: () => number, think = 30): Promise<MailSink> {
  const taken: TakenMail[] = []
  const open = Array.from({ length: portals }, () => 0)
  const servers = Array.from({ length: portals }, (_, from) => {
    const under = new Set<string>()
    const end = (session: string) => {
      if (under.delete(session)) open[from]!--
    }
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', chunk => chunks.push(chunk))
        stream.on('end', async () => {
          const [, messageId] = /^Message-ID: <(.+)>\r?$/m.exec(Buffer.concat(chunks).toString()) ?? []
          const mail: TakenMail = {
            messageId: messageId!,
            to: session.envelope.rcptTo[0]!.address,
            from,
            readAt: performance.now(),
            acknowledgedAt: null,
          }
          taken.push(mail)
          await delay(chance() * think)
          if (sessions.has(session.id)) mail.acknowledgedAt = performance.now()
          end(session.id)
          done()
        })
      },
      onConnect(session, done) {
        sessions.add(session.id)
        done()
      },
      onMailFrom(_, session, done) {
        under.add(session.id)
        open[from]!++
        done()
      },
      onClose(session) {
        sessions.delete(session.id)
        end(session.id)
      },
    })
    server.on('error', () => {}) // a portal that was killed
    return server
  })
  const sessions = new Set<string>()
  const urls = await Promise.all(
    servers.map(
      server =>
        new Promise<string>(resolve => {
          server.listen(0, '127.0.0.1', () => {
            resolve(`smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`)
          })
        }),
    ),
  )
  return {
    urls,
    taken,
    open: from => open[from]!,
    close: async () => {
      await Promise.all(servers.map(server => new Promise<void>(resolve => server.close(() => resolve()))))
    },
  }
}
