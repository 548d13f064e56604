import { afterAll, expect, test } from 'vitest'
import { mailServer } from '../../../test/mail-server.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { newKey } from './cipher.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLog } from './log.ts'
import { createMailer, type MailTables, openKeptMail, sendMailJob } from './mail.ts'
import { createMetrics } from './metrics.ts'
import type { Platform } from './platform.ts'
import { openSignals } from './signals.ts'
import { openVault } from './vault.ts'

const clone = await cloneDatabase()
const lines: string[] = []
const log = createLog('info', { write: (line: string) => void lines.push(line) })
const database = openDatabase(clone.url, () => {})
const signals = await openSignals(clone.url, log)
const vault = await openVault(database, signals, [{ name: 'test', key: newKey() }])
const platform = { database, log, vault, metrics: createMetrics('test'), now: () => new Date() } as Platform
const closers: (() => unknown)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
  await signals.close()
  await database.close()
  await clone.drop()
})

const configFor = (smtpUrl: string) =>
  ({ smtpUrl, mailFrom: '智造先锋 <portal@example.com>', publicUrl: 'https://portal.example.com', catchMail: false }) as Config

const message = {
  to: 'wang@example.com',
  subject: '您的配置单',
  text: '请见附件。',
  html: '<p>请见附件。</p>',
  attachments: [{ filename: '规格.pdf', contentType: 'application/pdf', content: new Uint8Array([1, 2, 3]) }],
}

/** What the mailer would queue, as it comes back from the queue. */
async function queued(): Promise<unknown> {
  let data: unknown
  const jobs: Jobs = {
    async enqueue(_, given) {
      data = JSON.parse(JSON.stringify(given))
      return 'queued'
    },
  }
  await createMailer(jobs).send(message)
  return data
}

/** One try of the job. */
async function attempt(smtpUrl: string, jobId: string, lastTry = false): Promise<void> {
  const config = configFor(smtpUrl)
  const { handlers, close } = sendMailJob(config)
  try {
    await handlers['platform.send-mail']!.handle(await queued(), { jobId, lastTry, platform: { ...platform, config } })
  } finally {
    close()
  }
}

async function kept(jobId: string) {
  const rows = await database
    .db<MailTables>()
    .selectFrom('caught_mail')
    .selectAll()
    .where('message_id', '=', `<${jobId}@portal.example.com>`)
    .execute()
  return Promise.all(rows.map(({ content }) => openKeptMail(vault, content)))
}

test('mail goes out by SMTP in both scripts, with attachments', async () => {
  const { port, received } = await mailServer(() => null)
  await attempt(`smtp://127.0.0.1:${port}`, 'plain')
  expect(received[0]!.to).toEqual(['wang@example.com'])
  expect(received[0]!.text).toContain('Message-ID: <plain@portal.example.com>')
  expect(received[0]!.text).toMatch(/Subject: =\?UTF-8\?/)
  expect(received[0]!.text).toContain('AQID')
  expect(await kept('plain')).toEqual([])
})

test('a server that is busy gets the mail again by the queue, under the same Message-ID, until it takes it', async () => {
  const { port, received } = await mailServer((_, tries) => (tries === 1 ? 451 : null))
  const config = configFor(`smtp://127.0.0.1:${port}`)
  const { handlers, close } = sendMailJob(config)
  const jobs = createJobs(database, signals, vault, log)
  await jobs.prepare(handlers)
  await jobs.work(handlers, {}, { ...platform, config })
  await createMailer(jobs).send(message)
  for (const deadline = Date.now() + 20_000; received.length < 2 && Date.now() < deadline; )
    await new Promise(resolve => setTimeout(resolve, 20))
  await jobs.stop()
  close()
  const ids = received.map(({ text }) => /^Message-ID: (.*)$/m.exec(text)![1]!.trim())
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a mail refused for good is not tried again, but kept with what the server said', async () => {
  const { port } = await mailServer(() => 554)
  await attempt(`smtp://127.0.0.1:${port}`, 'refused')
  expect(await kept('refused')).toMatchObject([
    { recipient: 'wang@example.com', subject: '您的配置单', refusal: expect.stringContaining('554') },
  ])
})

test('a recipient the server does not know is a refusal too', async () => {
  const { port } = await mailServer(() => null, {
    onRcptTo: (_, __, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
  })
  await attempt(`smtp://127.0.0.1:${port}`, 'unknown')
  expect(await kept('unknown')).toMatchObject([{ refusal: expect.stringContaining('no such user') }])
})

test('the last of many tries keeps the mail as well', async () => {
  const { port } = await mailServer(() => 451)
  await expect(attempt(`smtp://127.0.0.1:${port}`, 'tired')).rejects.toThrow('451')
  expect(await kept('tired')).toEqual([])
  await attempt(`smtp://127.0.0.1:${port}`, 'tired', true)
  expect(await kept('tired')).toMatchObject([{ refusal: expect.stringContaining('451') }])
})

test('user and password of the address are used, and a wrong password is tried again rather than held against the mail', async () => {
  const { port, received } = await mailServer(() => null, {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === 'portal' && password === 'p@ss:word' ? done(null, { user: 'portal' }) : done(new Error('wrong')),
  })
  await attempt(`smtp://portal:${encodeURIComponent('p@ss:word')}@127.0.0.1:${port}`, 'signed-in')
  expect(received).toHaveLength(1)
  await expect(attempt(`smtp://portal:wrong@127.0.0.1:${port}`, 'wrong-password')).rejects.toThrow('EAUTH')
  expect(await kept('wrong-password')).toEqual([])
})

test('a server whose certificate nobody vouches for gets nothing', async () => {
  const { port, received } = await mailServer(() => null, { secure: true, disabledCommands: [] }) // its certificate is signed by itself
  await expect(attempt(`smtps://127.0.0.1:${port}`, 'tls')).rejects.toThrow(/did not take the mail/)
  expect(received).toEqual([])
})

test('a server that is not there is waited for', async () => {
  await expect(attempt('smtp://127.0.0.1:1', 'away')).rejects.toThrow(/did not take the mail \(E/)
})

test('no address of a recipient is logged', () => {
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.join('')).not.toContain('wang@example.com')
})
