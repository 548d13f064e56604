import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Jobs } from './jobs.ts'
import { createMailer, sendMailJob } from './mail.ts'

const received: { to: string[]; text: string }[] = []
let refuse = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', chunk => chunks.push(chunk))
    stream.on('end', () => {
      if (refuse) return done(Object.assign(new Error('come back later'), { responseCode: 451 }))
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() })
      done()
    })
  },
})
const port = await new Promise<number>(resolve => {
  server.listen(0, '127.0.0.1', () => resolve((server.server.address() as { port: number }).port))
})
afterAll(() => new Promise<void>(resolve => server.close(() => resolve())))

const config = {
  smtpUrl: `smtp://127.0.0.1:${port}`,
  mailFrom: '智造先锋 <portal@example.com>',
  publicUrl: 'https://portal.example.com',
} as Config

test('mail goes out by SMTP in both scripts, with attachments, under the same Message-ID at every try', async () => {
  const queued: { name: string; data: unknown }[] = []
  const jobs: Jobs = { enqueue: async (name, data) => `job-${queued.push({ name, data: JSON.parse(JSON.stringify(data)) })}` }
  await createMailer(jobs).send({
    to: 'wang@example.com',
    subject: '您的配置单',
    text: '请见附件。',
    html: '<p>请见附件。</p>',
    attachments: [{ filename: '规格.pdf', contentType: 'application/pdf', content: new Uint8Array([1, 2, 3]) }],
  })
  const { handlers, close } = sendMailJob(config, {} as Database)
  const { handle } = handlers[queued[0]!.name]!
  refuse = true
  await expect(handle(queued[0]!.data, { jobId: 'j1', platform: {} as never })).rejects.toThrow('451')
  refuse = false
  await handle(queued[0]!.data, { jobId: 'j1', platform: {} as never })
  close()
  expect(received).toHaveLength(1)
  expect(received[0]!.to).toEqual(['wang@example.com'])
  expect(received[0]!.text).toContain('Message-ID: <j1@portal.example.com>')
  expect(received[0]!.text).toMatch(/Subject: =\?UTF-8\?/)
  expect(received[0]!.text).toContain('AQID')
})
