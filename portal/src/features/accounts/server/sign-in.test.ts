import argon2 from '@node-rs/argon2'
import { expect, onTestFinished, test, vi } from 'vitest'
import { emailDigest } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { forgotPassword, getMe, resetPassword, signIn } from '../core/index.ts'
import { demoPassword, seedDemoAccounts } from './demo-accounts.ts'
import { accounts } from './index.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal({ features: [accounts] })
const { api, request, database } = portal
await seedDemoAccounts(portal.platform)

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } })
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]!.split(';')[0]!
const me = async (cookie: string) => (await request('/api/v1/me', { headers: { cookie } })).json()

test('signing in sets a cookie scripts cannot read, and signing out ends the session', async () => {
  const answer = await post('/api/v1/auth/sign-in', { email: 'sales@zhizao.example', password: demoPassword })
  const [setCookie] = answer.headers.getSetCookie()
  expect(setCookie).toMatch(/^fettle_session=/)
  expect(setCookie).toMatch(/HttpOnly/i)
  expect(setCookie).toMatch(/SameSite=Lax/i)
  expect(setCookie).not.toMatch(/Secure/i)
  const cookie = cookieOf(answer)
  expect(await me(cookie)).toMatchObject({
    account: { email: 'sales@zhizao.example', kind: 'staff', roles: ['sales'], companyId: null },
  })
  const out = await post('/api/v1/auth/sign-out', {}, { cookie })
  expect(out.status).toBe(204)
  expect(out.headers.getSetCookie().join()).toMatch(/fettle_session=;|Max-Age=0/i)
  expect(await me(cookie)).toEqual({ account: null })
})

test('a browser that signs in anew keeps no session beside the new one', async () => {
  const [email, elsewhere] = ['customer@example.com', await portal.newSession('customer')]
  const cookie = cookieOf(await post('/api/v1/auth/sign-in', { email, password: demoPassword }))
  expect(await me(cookie)).toMatchObject({ account: { email } })
  const other = await post('/api/v1/auth/sign-in', { email: 'sales@zhizao.example', password: demoPassword }, { cookie })
  expect(await me(cookieOf(other))).toMatchObject({ account: { email: 'sales@zhizao.example' } })
  expect(await me(cookie)).toEqual({ account: null })
  expect(await me(elsewhere)).toMatchObject({ account: { email } })
})

test('the cookie is Secure where the visitor came by https', async () => {
  const answer = await portal.portal.http.app.request('https://portal.test/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://portal.test' },
    body: JSON.stringify({ email: 'sales@zhizao.example', password: demoPassword }),
  })
  expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure/)
})

test('an unknown address and a wrong password answer alike', async () => {
  const wrong = await (await post('/api/v1/auth/sign-in', { email: 'sales@zhizao.example', password: 'not this one' })).json()
  const unknown = await (await post('/api/v1/auth/sign-in', { email: 'nobody@zhizao.example', password: 'not this one' })).json()
  expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' })
  expect(wrong.status).toBe(401)
})

test('an unknown address costs a hash as a wrong password does', async () => {
  const asked = [vi.spyOn(argon2, 'hash'), vi.spyOn(argon2, 'verify')]
  onTestFinished(() => {
    for (const one of asked) one.mockRestore()
  })
  for (const [before, email] of ['service@zhizao.example', 'nobody@zhizao.example'].entries()) {
    await post('/api/v1/auth/sign-in', { email, password: 'not this one' })
    expect(
      asked.reduce((sum, { mock }) => sum + mock.calls.length, 0),
      email,
    ).toBe(before + 1)
  }
})

test('a forged or altered cookie is nobody', async () => {
  const answer = await post('/api/v1/auth/sign-in', { email: 'product@zhizao.example', password: demoPassword })
  const cookie = cookieOf(answer)
  const [name, value = ''] = cookie.split('=')
  expect(await me(`${name}=${value.replace(/^.{8}/, 'AAAAAAAA')}`)).toEqual({ account: null })
  expect(await me(`${name}=${decodeURIComponent(value).split('.')[0]}.`)).toEqual({ account: null })
  expect(await me('fettle_session=')).toEqual({ account: null })
})

test('an expired session is nobody', async () => {
  const cookie = cookieOf(await post('/api/v1/auth/sign-in', { email: 'marketing@zhizao.example', password: demoPassword }))
  await database.pool.query(
    "update session set expires_at = now() - interval '1 second' where person_id = (select id from person where email_digest = $1)",
    [emailDigest(portal.platform.vault, 'marketing@zhizao.example')],
  )
  expect(await me(cookie)).toEqual({ account: null })
})

test('guessing is slowed down after five failures, on this account only, an idempotency key notwithstanding', async () => {
  const guess = (i: number) =>
    post(
      '/api/v1/auth/sign-in',
      { email: 'admin@zhizao.example', password: `guess number ${i}` },
      { 'idempotency-key': crypto.randomUUID() },
    )
  for (let i = 0; i < 5; i++) expect((await guess(i)).status).toBe(401)
  const slowed = await guess(6)
  expect(slowed.status).toBe(429)
  expect(await slowed.json()).toMatchObject({ retryAfter: expect.any(Number) })
  const right = await post('/api/v1/auth/sign-in', { email: 'admin@zhizao.example', password: demoPassword })
  expect(right.status).toBe(429)
  const other = await post('/api/v1/auth/sign-in', { email: 'sales@zhizao.example', password: demoPassword })
  expect(other.status).toBe(200)
})

test('a new password ends all sessions, works, and is told to the owner; the link works once', async () => {
  const email = 'customer@example.com'
  const cookie = cookieOf(await post('/api/v1/auth/sign-in', { email, password: demoPassword }))
  const visitor = await api()
  await visitor.call(forgotPassword, { body: { email } })
  const token = tokenIn(await lastMail(portal, email))
  await expect(visitor.call(resetPassword, { body: { token, password: 'short' } })).rejects.toEqual(problem('validation'))
  expect(await me(cookie)).toMatchObject({ account: { email } })

  const password = 'a brand new password'
  await expect(visitor.call(resetPassword, { body: { token, password } })).resolves.toEqual({ email })
  expect(await me(cookie)).toEqual({ account: null })
  await expect(visitor.call(signIn, { body: { email, password: demoPassword } })).rejects.toEqual(problem('sign-in-refused'))
  await visitor.call(signIn, { body: { email, password } })
  expect((await lastMail(portal, email)).subject).toBe('您的密码已更改')
  await expect(visitor.call(resetPassword, { body: { token, password } })).rejects.toEqual(problem('link-expired'))
})

test('asking for a new password answers the same for a stranger, who gets no mail', async () => {
  const visitor = await api()
  await expect(visitor.call(forgotPassword, { body: { email: 'stranger@example.com' } })).resolves.toEqual({ status: 'accepted' })
  expect((await portal.mails()).filter(mail => mail.to === 'stranger@example.com')).toEqual([])
})

test('nobody signed in is no error', async () => {
  expect(await (await api()).call(getMe, {})).toEqual({ account: null })
})

test('more guesses at once than there are connections are all answered', async () => {
  const guesses = Array.from({ length: 24 }, (_, i) =>
    post(
      '/api/v1/auth/sign-in',
      { email: `flood-${i}@example.com`, password: 'not this one' },
      { 'idempotency-key': crypto.randomUUID() },
    ),
  )
  expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([401]))
})
