import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import type { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { mailServer } from '../../../../test/mail-server.ts'
import { freePort, testPortal } from '../../../../test/test-portal.ts'
import { getMailServer, listMail, type MailServerToSave, removeMailServer, saveMailServer, tryMailServer } from '../core/index.ts'
import { lacksPassword } from './mail-server.ts'

const portal = await testPortal({ config: { catchMail: false, outgoingPrivate: true } })
const { api, platform, database } = portal
const admin = await api('admin')
const confirming = confirmingApi(portal, 'admin')

const secret = 'p@ss:word of the mail server'
const needsSignIn = await mailServer(() => null, {
  authOptional: false,
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _, done) =>
    username === 'portal' && password === secret
      ? done(null, { user: 'portal' })
      : done(Object.assign(new Error('535 5.7.8 wrong password'), { responseCode: 535 })),
  onMailFrom: ({ address }, _, done) =>
    address === 'portal@example.com' ? done() : done(Object.assign(new Error('not your address'), { responseCode: 553 })),
  onRcptTo: ({ address }, _, done) =>
    address.startsWith('nobody') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
})

const server = (change: Partial<MailServerToSave> = {}): MailServerToSave => ({
  host: '127.0.0.1',
  port: needsSignIn.port,
  security: 'none',
  user: 'portal',
  password: secret,
  senderName: '华东包装机械',
  senderAddress: 'portal@example.com',
  replyTo: 'sales@example.com',
  ...change,
})
const save = async (body: MailServerToSave) =>
  confirming.call(saveMailServer, { body, ifMatch: (await admin.callWithEtag(getMailServer, {})).etag })
const attempt = (change: Partial<MailServerToSave>, to = 'wang@example.com') =>
  admin.call(tryMailServer, { body: { to, server: server(change) } })
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )
const send = (subject: string) =>
  database.transaction(() => platform.mail.send({ to: 'wang@example.com', subject, text: '您好' }))

test('without a server mails wait, the page says how many, and a saved server gets them at once, in its own name', async () => {
  expect(await admin.call(getMailServer, {})).toMatchObject({ by: 'nothing', server: null, waiting: 0 })
  await send('waits')
  await expect.poll(async () => (await admin.call(getMailServer, {})).waiting).toBe(1)
  expect((await admin.call(listMail, {})).items).toMatchObject([{ subject: 'waits', waiting: true, refusal: null }])
  expect((await save(server())).by).toBe('console')
  await expect.poll(() => needsSignIn.received.length, { timeout: 15_000 }).toBe(1)
  const { text } = needsSignIn.received[0]!
  expect(text).toMatch(/From: =\?UTF-8\?.*<portal@example.com>/)
  expect(text).toContain('Reply-To: sales@example.com')
  expect(await admin.call(getMailServer, {})).toMatchObject({ waiting: 0 })
})

test('another process sends by the new server without a restart', async () => {
  const other = await mailServer(() => null)
  const { sendMailJob } = await import('#platform/server')
  const elsewhere = sendMailJob(platform.config)
  const handle = (jobId: string) =>
    elsewhere.handlers['platform.send-mail']!.handle(
      { to: 'wang@example.com', subject: jobId, text: 'x', attachments: [] },
      { jobId, lastTry: false, platform },
    )
  await save(server())
  await handle('before')
  expect(needsSignIn.received.at(-1)!.text).toContain('Subject: before')
  await save(server({ port: other.port, user: '', password: '' }))
  await handle('after')
  expect(other.received.at(-1)!.text).toContain('Subject: after')
  elsewhere.close()
})

test('the password is sealed, never answered, in no log, and goes to no other server than its own', async () => {
  await save(server())
  const { rows } = await database.pool.query('select * from mail_server')
  expect(JSON.stringify(rows)).not.toContain(secret)
  const shown = await admin.call(getMailServer, {})
  expect(shown.server).toEqual({
    host: '127.0.0.1',
    port: needsSignIn.port,
    security: 'none',
    user: 'portal',
    passwordKept: true,
  })
  const { items } = await admin.call(listAuditEntries, { query: { action: 'mail-server.changed' } })
  expect(JSON.stringify([shown, items])).not.toContain(secret)
  expect(JSON.stringify(items[0])).toContain('portal@example.com')

  const { password: _, ...kept } = server()
  const { etag } = await admin.callWithEtag(getMailServer, {})
  // the sender's name alone needs no confirmation
  await admin.call(saveMailServer, { body: { ...kept, senderName: '华东' }, ifMatch: etag })
  expect(await admin.call(tryMailServer, { body: { to: 'wang@example.com', server: kept } })).toMatchObject({ stage: 'taken' })
  expect(await lacksPassword(platform, kept)).toBe(false)
  for (const change of [{ host: 'localhost' }, { port: 2525 }, { user: 'somebody' }, { security: 'starttls' as const }]) {
    expect((await refused(save({ ...kept, ...change }))).errors).toMatchObject([{ field: '/password' }])
    const call = admin.call(tryMailServer, { body: { to: 'wang@example.com', server: { ...kept, ...change } } })
    expect((await refused(call)).errors).toMatchObject([{ field: '/server/password' }])
    expect(await lacksPassword(platform, { ...kept, ...change })).toBe(true)
  }
})

test('another server is confirmed, and of two who save at once the second is told', async () => {
  const { etag } = await admin.callWithEtag(getMailServer, {})
  expect((await refused(admin.call(saveMailServer, { body: server(), ifMatch: etag }))).type).toContain('confirmation-needed')
  await save(server())
  expect((await refused(confirming.call(saveMailServer, { body: server(), ifMatch: etag }))).status).toBe(412)
})

test('of two who enter the first server at once the second is told', async () => {
  await confirming.call(removeMailServer, {})
  const enter = (senderName: string) => confirming.call(saveMailServer, { body: server({ senderName }), ifMatch: '0' })
  const outcomes = await Promise.allSettled([enter('one'), enter('other')])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('what cannot be is refused with its field and what to do', async () => {
  const wrong = server({ host: 'smtp://mail', port: 0, senderAddress: 'nobody', senderName: 'A <b>', replyTo: 'x' })
  const { errors } = await refused(save(wrong))
  expect(errors?.map(({ field }) => field).sort()).toEqual(['/host', '/port', '/replyTo', '/senderAddress', '/senderName'])
  expect(errors?.every(({ remedy }) => remedy)).toBe(true)
})

test('a test mail tells what the server says, and what it stumbles over', async () => {
  expect(await attempt({})).toMatchObject({ stage: 'taken', answer: expect.stringMatching(/^250/) })
  expect(await attempt({ password: 'wrong' })).toMatchObject({ stage: 'sign-in', answer: expect.stringContaining('535') })
  expect(await attempt({ senderAddress: 'boss@example.com' })).toMatchObject({
    stage: 'sender',
    answer: expect.stringContaining('553'),
  })
  expect(await attempt({}, 'nobody@example.com')).toMatchObject({
    stage: 'recipient',
    answer: expect.stringContaining('no such user'),
  })
  expect(await attempt({ security: 'starttls' })).toMatchObject({ stage: 'no-starttls' })
  expect(await attempt({ security: 'tls' })).toMatchObject({ stage: 'tls' })
  expect(await attempt({ port: await freePort() })).toMatchObject({
    stage: 'connect',
    answer: expect.stringContaining('ECONNREFUSED'),
  })
  expect(await attempt({ host: 'mail.nowhere.invalid' })).toMatchObject({ stage: 'lookup' })
  const self = await mailServer(() => null, { secure: true, disabledCommands: [] }) // its certificate is signed by itself
  expect(await attempt({ port: self.port, security: 'tls' })).toMatchObject({ stage: 'certificate' })
  const busy = await mailServer(() => 554)
  expect(await attempt({ port: busy.port, user: '', password: '' })).toMatchObject({ stage: 'content' })
})

test('what is no mail server is not quoted', async () => {
  const other = createServer(socket => socket.end('HTTP/1.1 400 the secret of another service\r\n\r\n')).listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const trial = await attempt({ port })
  other.close()
  expect(trial).toEqual({ stage: 'no-mail-server', answer: '' })
})

test('who takes it away lets mails wait again', async () => {
  await save(server())
  await confirming.call(removeMailServer, {})
  expect(await admin.call(getMailServer, {})).toMatchObject({ by: 'nothing', server: null })
  await confirming.call(removeMailServer, {})
})

test('nobody but administrators looks at it', async () => {
  for (const role of ['sales', 'product', 'service', 'marketing'] as const)
    expect((await refused((await api(role)).call(getMailServer, {}))).status).toBe(403)
})
