import { expect, test } from 'vitest'
import { emailDigest } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { resendVerification, signIn, signUp, verifyEmail } from '../core/index.ts'
import { accounts } from './index.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal({ features: [accounts] })
const { api, database, platform } = portal
const password = 'correct horse battery'
const digestOf = (email: string) => emailDigest(platform.vault, email)

const signUpAs = async (email: string, more: Record<string, string> = {}) =>
  (await api()).call(signUp, { body: { name: '周建国', email, password, companyName: '苏州恒锐', ...more } })

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })

test('a customer signs up, confirms his address and signs in, as owner of his company', async () => {
  await signUpAs('Zhou@Example.com')
  const visitor = await api()
  await expect(visitor.call(signIn, { body: { email: 'zhou@example.com', password } })).rejects.toEqual(
    problem('email-not-verified'),
  )

  const mail = await lastMail(portal, 'zhou@example.com')
  expect(mail.subject).toBe('请验证您的邮箱')
  expect(mail.text).toContain('http://portal.test/verify?token=')
  await expect(visitor.call(verifyEmail, { body: { token: tokenIn(mail) } })).resolves.toEqual({ email: 'zhou@example.com' })

  const { account } = await visitor.call(signIn, { body: { email: 'ZHOU@example.com', password } })
  expect(account).toMatchObject({ kind: 'customer', name: '周建国', roles: ['company-admin'], emailVerified: true })
  const companies = await rows(
    'select name, sole, role from company join company_member m on m.company_id = company.id where m.person_id = $1',
    account!.id,
  )
  expect(companies).toEqual([{ name: '苏州恒锐', sole: false, role: 'owner' }])
})

test('a confirmation link works once', async () => {
  await signUpAs('once@example.com')
  const token = tokenIn(await lastMail(portal, 'once@example.com'))
  const visitor = await api()
  await visitor.call(verifyEmail, { body: { token } })
  await expect(visitor.call(verifyEmail, { body: { token } })).rejects.toEqual(problem('link-expired'))
})

test('an expired link and an invented one are refused alike', async () => {
  await signUpAs('late@example.com')
  const token = tokenIn(await lastMail(portal, 'late@example.com'))
  await database.pool.query("update one_time_token set expires_at = now() - interval '1 minute'")
  const visitor = await api()
  await expect(visitor.call(verifyEmail, { body: { token } })).rejects.toEqual(problem('link-expired'))
  await expect(visitor.call(verifyEmail, { body: { token: 'x'.repeat(32) } })).rejects.toEqual(problem('link-expired'))
})

test('the database holds no token as it stands in the mail', async () => {
  await signUpAs('hash@example.com')
  const token = tokenIn(await lastMail(portal, 'hash@example.com'))
  const stored = JSON.stringify(await rows('select * from one_time_token'))
  expect(stored).not.toContain(token)
})

test('the password is stored as argon2id', async () => {
  await signUpAs('argon@example.com')
  const [row] = await rows(
    'select password from credential c join person p on p.id = c.person_id where email_digest = $1',
    digestOf('argon@example.com'),
  )
  expect(row.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('whoever names no company is a company of one', async () => {
  await signUpAs('solo@example.com', { companyName: '', name: 'Ada' })
  const found = await rows(
    'select c.name, c.sole from company c join company_member m on m.company_id = c.id join person p on p.id = m.person_id where email_digest = $1',
    digestOf('solo@example.com'),
  )
  expect(found).toEqual([{ name: 'Ada', sole: true }])
})

test('signing up with a known address answers the same and tells its owner', async () => {
  const first = await signUpAs('owner@example.com')
  await (await api()).call(verifyEmail, { body: { token: tokenIn(await lastMail(portal, 'owner@example.com')) } })
  const second = await signUpAs('owner@example.com', { name: 'Mallory', password: 'another password' })
  expect(second).toEqual(first)
  expect((await lastMail(portal, 'owner@example.com')).subject).toBe('您已有账户')
  const [{ n }] = await rows('select count(*)::int n from person where email_digest = $1', digestOf('owner@example.com'))
  expect(n).toBe(1)
  await (await api()).call(signIn, { body: { email: 'owner@example.com', password } })
})

test('before the address is confirmed the last sign-up counts, and earlier links stop working', async () => {
  await signUpAs('twice@example.com', { password: 'first password' })
  const early = tokenIn(await lastMail(portal, 'twice@example.com'))
  await signUpAs('twice@example.com', { password: 'second password', companyName: '新公司' })
  const visitor = await api()
  await expect(visitor.call(verifyEmail, { body: { token: early } })).rejects.toEqual(problem('link-expired'))
  await visitor.call(verifyEmail, { body: { token: tokenIn(await lastMail(portal, 'twice@example.com')) } })
  await expect(visitor.call(signIn, { body: { email: 'twice@example.com', password: 'first password' } })).rejects.toEqual(
    problem('sign-in-refused'),
  )
  await visitor.call(signIn, { body: { email: 'twice@example.com', password: 'second password' } })
})

test('two sign-ups at the same moment end as one account', async () => {
  await Promise.all([signUpAs('race@example.com'), signUpAs('race@example.com')])
  const [{ n }] = await rows('select count(*)::int n from person where email_digest = $1', digestOf('race@example.com'))
  expect(n).toBe(1)
})

test('person, company and mail vanish together where the event cannot be recorded', async () => {
  const { signUp: useCase } = await import('./sign-up.ts')
  const failing = { ...platform, record: () => Promise.reject(new Error('no room for events')) }
  const entry = {
    name: 'Nobody',
    email: 'nobody@example.com',
    password,
    companyName: '无影公司',
    language: 'en',
    address: 'test',
  } as const
  const mails = () => rows(`select count(*)::int n from job.job where name = 'platform.send-mail'`)
  const mailsBefore = await mails()
  await expect(useCase(failing, entry)).rejects.toThrow('no room for events')
  const [counts] = await rows(
    `select (select count(*)::int from person where email_digest = $1) people,
            (select count(*)::int from company where name = '无影公司') companies`,
    digestOf('nobody@example.com'),
  )
  expect(counts).toEqual({ people: 0, companies: 0 })
  expect(await mails()).toEqual(mailsBefore)
})

test('a short password is refused under its field, with the remedy, and nothing is kept', async () => {
  const failure = await signUpAs('short@example.com', { password: 'short' }).catch(error => error)
  expect(failure.problem).toMatchObject({
    status: 422,
    errors: [{ field: '/password', message: expect.stringContaining('10'), remedy: expect.any(String) }],
  })
  expect(JSON.stringify(failure.problem)).not.toContain('"short"')
  expect(await rows('select 1 from person where email_digest = $1', digestOf('short@example.com'))).toEqual([])
})

test('the confirmation mail can be sent again, and the answer is the same for a stranger', async () => {
  await signUpAs('again@example.com')
  const visitor = await api()
  const known = await visitor.call(resendVerification, { body: { email: 'again@example.com' } })
  const unknown = await visitor.call(resendVerification, { body: { email: 'stranger@example.com' } })
  expect(unknown).toEqual(known)
  const sent = await portal.mails()
  expect(sent.filter(mail => mail.to === 'again@example.com')).toHaveLength(2)
  expect(sent.filter(mail => mail.to === 'stranger@example.com')).toHaveLength(0)
})

test('events carry ids and no personal values', async () => {
  await signUpAs('private@example.com', { name: 'Privatissima', companyName: 'Geheim GmbH' })
  const events = JSON.stringify(await rows('select * from event'))
  expect(events).toContain('customer.signed-up')
  expect(events).not.toMatch(/private@|Privatissima|Geheim/)
})

// biome-ignore lint/suspicious/noExplicitAny: rows of a test's own query
async function rows(query: string, ...values: unknown[]): Promise<any[]> {
  return (await database.pool.query(query, values)).rows
}
