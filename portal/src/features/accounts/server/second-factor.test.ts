import { expect, test } from 'vitest'
import type { Account } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  beginAuthenticator,
  beginInSecondStep,
  confirmAuthenticator,
  getMe,
  getSecurity,
  renewRecoveryCodes,
  signIn,
  takeSecondStep,
  turnAuthenticatorOff,
} from '../core/index.ts'
import { accounts, methodsOf, prove } from './index.ts'
import { deviceCookie } from './known-devices.ts'
import { writeStaff } from './people.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { appOf, setAppUp, turnClock } from './test-authenticator.ts'
import { lastMail } from './test-links.ts'

const ages = { idleMinutes: 500_000, hours: 9000 } // the clock of this test runs ahead of sessions
const portal = await testPortal({ features: [accounts], config: { sessions: { staff: ages, customer: ages } } })
const { api, database, platform, request } = portal
const clock = turnClock(platform)
const password = 'correct horse battery'
const visitor = await api()

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })
const post = (path: string, body: unknown, cookie = '') =>
  request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', cookie } })

/** A colleague who can sign in, each test its own. */
async function colleague(name: string) {
  const email = `${name}@zhizao.example`
  const id = await platform.database.transaction(() =>
    writeStaff(platform, { name, email, roles: ['sales'], language: 'en', password, grantedBy: null }),
  )
  return { id, email, someone: await api({ email, password }) }
}
const enter = async (email: string) => (await visitor.call(signIn, { body: { email, password } })).secondStep!

test('an authenticator app counts once its code has confirmed it, and is then asked for', async () => {
  const { email, someone } = await colleague('ann')
  const wrong = someone.call(beginAuthenticator, { body: { proof: { method: 'password', password: 'not mine' } } })
  await expect(wrong).rejects.toEqual(problem('proof-refused'))
  const begun = await someone.call(beginAuthenticator, { body: { proof: { method: 'password', password } } })
  expect(begun.uri).toMatch(/^otpauth:\/\/totp\/portal\.test:ann%40zhizao\.example\?/)
  expect(begun.picture).toMatch(/^<svg /)
  expect(begun.key.replaceAll(' ', '')).toMatch(/^[A-Z2-7]{32}$/)
  expect(await visitor.call(signIn, { body: { email, password } })).toMatchObject({ secondStep: null, account: { email } })

  const app = appOf(begun)
  const stale = app(new Date(platform.now().getTime() - 3_600_000))
  await expect(someone.call(confirmAuthenticator, { body: { code: stale } })).rejects.toEqual(problem('validation'))
  const { recoveryCodes } = await someone.call(confirmAuthenticator, { body: { code: app(platform.now()) } })
  expect(new Set(recoveryCodes).size).toBe(10)
  expect(await someone.call(getSecurity, {})).toMatchObject({
    methods: ['totp', 'recovery'],
    authenticator: { recoveryCodes: 10 },
  })
  expect((await lastMail(portal, email)).subject).toBe('Two-step sign-in is on')
  await expect(someone.call(beginAuthenticator, { body: { proof: { method: 'password', password } } })).rejects.toEqual(
    problem('proof-refused'),
  )

  const { account, secondStep } = await visitor.call(signIn, { body: { email, password } })
  expect(account).toBeNull()
  expect(secondStep).toMatchObject({ methods: ['totp', 'recovery'] })
  clock.forward(60)
  const entered = await visitor.call(takeSecondStep, {
    body: { token: secondStep!.token, proof: { method: 'totp', code: app(platform.now()) } },
  })
  expect(entered).toMatchObject({ account: { email }, recoveryCodes: null })
})

test('another second factor signs all other browsers out', async () => {
  const { email, someone } = await colleague('ada')
  const who = async (cookie: string) =>
    ((await (await request('/api/v1/me', { headers: { cookie } })).json()) as { account: { email: string } | null }).account
      ?.email
  await someone.call(getSecurity, {})
  const elsewhere = await portal.newSession({ email, password })
  expect(await who(elsewhere)).toBe(email)
  await setAppUp(someone, platform, password)
  expect(await who(elsewhere)).toBeUndefined()
  expect((await someone.call(getSecurity, {})).authenticator).not.toBeNull()
})

test('before the second step there is no session, and its token works once', async () => {
  const { email, someone } = await colleague('ben')
  const { app } = await setAppUp(someone, platform, password)
  const answer = await post('/api/v1/auth/sign-in', { email, password })
  expect(answer.headers.getSetCookie()).toEqual([])
  const { token } = (await answer.json()).secondStep
  clock.forward(60)
  const step = await post('/api/v1/auth/second-step', { token, proof: { method: 'totp', code: app(platform.now()) } })
  expect(step.headers.getSetCookie().join()).toMatch(/fettle_session=.+HttpOnly/)
  clock.forward(60)
  const again = visitor.call(takeSecondStep, { body: { token, proof: { method: 'totp', code: app(platform.now()) } } })
  await expect(again).rejects.toEqual(problem('link-expired'))
})

test('a code works once, and a clock one step wrong does no harm', async () => {
  const { id, someone } = await colleague('cleo')
  const { app } = await setAppUp(someone, platform, password)
  const at = (seconds: number) => ({ method: 'totp', code: app(new Date(platform.now().getTime() + seconds * 1000)) }) as const
  await expect(prove(platform, id, at(0))).rejects.toMatchObject({ type: 'proof-refused' }) // it confirmed the app
  clock.forward(120)
  await prove(platform, id, at(-30))
  await expect(prove(platform, id, at(-30))).rejects.toMatchObject({ type: 'proof-refused' })
  await prove(platform, id, at(30))
  await expect(prove(platform, id, at(0))).rejects.toMatchObject({ type: 'proof-refused' }) // a later one was used
  clock.forward(300)
  await expect(prove(platform, id, at(60))).rejects.toMatchObject({ type: 'proof-refused' })
  await expect(prove(platform, id, at(-60))).rejects.toMatchObject({ type: 'proof-refused' })
})

test('of two who send the same code at once, one gets in', async () => {
  const { id, someone } = await colleague('dora')
  const { app } = await setAppUp(someone, platform, password)
  clock.forward(60)
  const code = app(platform.now())
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => prove(platform, id, { method: 'totp', code })))
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1)
})

test('a recovery code works once however it is typed, its owner is told, and a new set ends the old', async () => {
  const { id, email, someone } = await colleague('emil')
  const { app, recoveryCodes } = await setAppUp(someone, platform, password)
  const [first, second] = recoveryCodes
  const { token } = await enter(email)
  const typed = ` ${first!.toUpperCase().replace('-', ' ')} `
  await visitor.call(takeSecondStep, { body: { token, proof: { method: 'recovery', code: typed } } })
  await expect(prove(platform, id, { method: 'recovery', code: first! })).rejects.toMatchObject({ type: 'proof-refused' })
  expect(await lastMail(portal, email)).toMatchObject({
    subject: 'A recovery code was used',
    text: expect.stringContaining('codes: 9'),
  })
  clock.forward(60)
  const fresh = await someone.call(renewRecoveryCodes, { body: { proof: { method: 'totp', code: app(platform.now()) } } })
  await expect(prove(platform, id, { method: 'recovery', code: second! })).rejects.toMatchObject({ type: 'proof-refused' })
  for (const code of fresh.recoveryCodes.slice(0, 8)) await prove(platform, id, { method: 'recovery', code })
  expect((await lastMail(portal, email)).subject).toBe('Few recovery codes left')
})

test('guessing codes is slowed down for the account, from wherever it comes', async () => {
  const { id, email, someone } = await colleague('fay')
  const { app } = await setAppUp(someone, platform, password)
  const { token } = await enter(email)
  for (let i = 0; i < 5; i++) {
    const guess = visitor.call(takeSecondStep, { body: { token, proof: { method: 'totp', code: `00000${i}` } } })
    await expect(guess).rejects.toEqual(problem('proof-refused'))
  }
  const right = { method: 'totp', code: app(new Date(platform.now().getTime() + 30_000)) } as const
  await expect(visitor.call(takeSecondStep, { body: { token, proof: right } })).rejects.toEqual(problem('too-many-attempts'))
  await expect(prove(platform, id, right)).rejects.toMatchObject({ type: 'too-many-attempts' })
  clock.forward(60)
  await prove(platform, id, { method: 'totp', code: app(platform.now()) })
})

test('a trusted browser is not asked again for thirty days, and only for the account that trusted it', async () => {
  const { email, someone } = await colleague('gil')
  const { app } = await setAppUp(someone, platform, password)
  const { token } = await enter(email)
  clock.forward(60)
  const proof = { method: 'totp', code: app(platform.now()) }
  const step = await post('/api/v1/auth/second-step', { token, proof, trustDevice: true })
  const device = step.headers.getSetCookie().find(cookie => cookie.startsWith(deviceCookie))!
  expect(device).toMatch(/HttpOnly/)
  const cookie = device.split(';')[0]!
  const next = async (cookie: string, who = email) =>
    (await (await post('/api/v1/auth/sign-in', { email: who, password }, cookie)).json()) as { secondStep: unknown }
  expect((await next(cookie)).secondStep).toBeNull()
  const forged = cookie.replace(/=.{8}/, '=AAAAAAAA')
  expect((await next(forged)).secondStep).not.toBeNull()

  const other = await colleague('other')
  await setAppUp(other.someone, platform, password)
  expect((await next(cookie, other.email)).secondStep).not.toBeNull()
  clock.forward(31 * 24 * 3600)
  expect((await next(cookie)).secondStep).not.toBeNull()
})

test('turning it off needs a proof by it, not the password alone', async () => {
  const { id, email, someone } = await colleague('hal')
  const { app } = await setAppUp(someone, platform, password)
  await expect(someone.call(turnAuthenticatorOff, { body: { proof: { method: 'password', password } } })).rejects.toEqual(
    problem('proof-refused'),
  )
  clock.forward(60)
  await someone.call(turnAuthenticatorOff, { body: { proof: { method: 'totp', code: app(platform.now()) } } })
  expect(await methodsOf(platform, id)).toEqual(['password'])
  expect((await visitor.call(signIn, { body: { email, password } })).account).toMatchObject({ email })
  expect((await lastMail(portal, email)).subject).toBe('Two-step sign-in is off')
  await expect(someone.call(renewRecoveryCodes, { body: { proof: { method: 'password', password } } })).rejects.toEqual(
    problem('no-second-factor'),
  )
})

test('where staff must have a second factor, the sign-in sets it up and hands the recovery codes out', async () => {
  const { email } = await colleague('ida')
  platform.config.staffSecondFactor = 'required'
  try {
    const { token, methods } = await enter(email)
    expect(methods).toEqual([])
    const byPassword = visitor.call(takeSecondStep, { body: { token, proof: { method: 'totp', code: '123456' } } })
    await expect(byPassword).rejects.toEqual(problem('validation'))
    const app = appOf(await visitor.call(beginInSecondStep, { body: { token } }))
    const proof = { method: 'totp', code: app(platform.now()) } as const
    const { account, recoveryCodes } = await visitor.call(takeSecondStep, { body: { token, proof } })
    expect(account).toMatchObject({ email })
    expect(recoveryCodes?.length).toBe(10)

    const { token: next } = await enter(email)
    await expect(visitor.call(beginInSecondStep, { body: { token: next } })).rejects.toEqual(problem('second-factor-on'))
    clock.forward(60)
    const cookie = (
      await post('/api/v1/auth/second-step', { token: next, proof: { method: 'totp', code: app(platform.now()) } })
    ).headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; ')
    clock.forward(60)
    const off = await post('/api/v1/me/authenticator/turn-off', { proof: { method: 'totp', code: app(platform.now()) } }, cookie)
    expect(await off.json()).toMatchObject({ type: '/problems/second-factor-required' })
    const customer = await api('customer')
    expect((await customer.call(getMe, {})).account).toMatchObject({ kind: 'customer' })
  } finally {
    platform.config.staffSecondFactor = 'offered'
  }
})

test('the tables hold neither secret nor codes', async () => {
  const { someone, id } = await colleague('jon')
  const begun = await someone.call(beginAuthenticator, { body: { proof: { method: 'password', password } } })
  const { recoveryCodes } = await someone.call(confirmAuthenticator, { body: { code: appOf(begun)(platform.now()) } })
  const { rows } = await database.pool.query(
    "select coalesce(string_agg(secret, ' '), '') || (select string_agg(hash, ' ') from recovery_code where person_id = $1) as all from authenticator where person_id = $1",
    [id],
  )
  expect(rows[0].all).toContain('$argon2id$')
  for (const secret of [begun.key.replaceAll(' ', ''), ...recoveryCodes]) expect(rows[0].all).not.toContain(secret)
})

test('an administrator resets the second factor of a colleague, whose sessions end and who is told', async () => {
  const { id, email, someone } = await colleague('kim')
  await setAppUp(someone, platform, password)
  const admin = { id, roles: ['admin'] } as unknown as Account
  await expect(resetSecondFactor(platform, id, { ...admin, roles: ['sales'] })).rejects.toMatchObject({ type: 'out-of-reach' })
  expect(await resetSecondFactor(platform, id, admin)).toMatchObject({ email, secondFactor: false })
  expect((await someone.call(getMe, {})).account).toBeNull()
  expect(await methodsOf(platform, id)).toEqual(['password'])
  expect((await lastMail(portal, email)).subject).toBe('Your second factor was reset')
  await expect(resetSecondFactor(platform, id, admin)).rejects.toMatchObject({ type: 'no-second-factor' })
})
