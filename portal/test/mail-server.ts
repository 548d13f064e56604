import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll } from 'vitest'

/** A mail server that answers each mail as `answer` says: an SMTP status, or null to take it. Gone after the file's tests. */
export async function mailServer(answer: (text: string, tries: number) => number | null, options: SMTPServerOptions = {}) {
  const received: { to: string[]; text: string }[] = []
  let tries = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 50, // a portal that keeps its connection is stopped later
    ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
        const status = answer(text, ++tries)
        done(status ? Object.assign(new Error(`not for ${received[0]!.to[0]}`), { responseCode: status }) : null)
      })
    },
  })
  server.on('error', () => {}) // a client that hangs up
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.server.address() as { port: number }).port))
  })
  afterAll(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { received, port }
}
