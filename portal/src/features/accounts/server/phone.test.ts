import { beforeEach, expect, test } from 'vitest'
import type { Api } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import { newCustomer } from '../../../../test/two-companies.ts'
import {
  askForPhoneCode,
  askForPhoneProof,
  beginAuthenticator,
  beginPhone,
  changeMe,
  confirmPhone,
  getMe,
  getSecurity,
  listProviders,
  removePhone,
  signInByPhone,
  takeSecondStep,
} from '../core/index.ts'
import { accounts } from './index.ts'
import { personal } from './personal.ts'
import { setAppUp, turnClock } from './test-authenticator.ts'
import { lastMail } from './test-links.ts'
import { lastCode } from './test-phone.ts'

const portal = await testPortal({ features: [accounts], config: { trustProxy: 1 } })
const { database, platform, request } = portal
const clock = turnClock(platform)
const visitor = await portal.api()
const password = 'a bench, a vice and a file'
const byPassword = { method: 'password', password } as const

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })

// each test has numbers of its own, and none is braked by another
let number = 0
beforeEach(async () => {
  number++
  await database.pool.query('delete from phone_code')
  await database.pool.query('delete from sign_in_throttle')
})
const ownNumber = (digit = 0) => `+861390000${digit}${String(number).padStart(3, '0')}`

async function confirm(someone: Api, phone: string): Promise<void> {
  const { token } = await someone.call(beginPhone, { body: { phone, proof: byPassword } })
  await someone.call(confirmPhone, { body: { token, phone, code: (await lastCode(portal, phone))! } })
}

async function customer(name: string) {
  const email = `${name}@phone.example`
  const { api: someone, id } = await newCustomer(portal, { email })
  return { email, id, someone }
}

async function withPhone(name: string) {
  const [person, phone] = [await customer(name), ownNumber()]
  await confirm(person.someone, phone)
  return { ...person, phone }
}

test('a customer confirms a number, signs in by it, and removes it', async () => {
  const { email, someone, phone } = await withPhone('ann')
  expect((await lastMail(portal, email)).subject).toBe('手机号可用于登录')
  expect(await someone.call(getSecurity, {})).toMatchObject({
    methods: ['password', 'phone'],
    phone: { number: phone, since: expect.any(String) },
  })
  clock.forward(60)
  const { token } = await visitor.call(askForPhoneCode, { body: { phone } })
  const code = (await lastCode(portal, phone))!
  const answer = await request('/api/v1/auth/phone', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, code }),
  })
  expect(await answer.json()).toMatchObject({ account: { email }, secondStep: null })
  expect(answer.headers.getSetCookie().join()).toContain('fettle_session=')
  await expect(visitor.call(signInByPhone, { body: { token, code } })).rejects.toEqual(problem('code-refused')) // works once

  await someone.call(removePhone, { body: { proof: byPassword } })
  expect((await lastMail(portal, email)).subject).toBe('手机号已移除')
  expect((await someone.call(getMe, {})).account!.phone).toBeNull()
  clock.forward(60)
  const again = await visitor.call(askForPhoneCode, { body: { phone } })
  expect(await lastCode(portal, phone)).toBe(code) // no other came
  await expect(visitor.call(signInByPhone, { body: { token: again.token, code } })).rejects.toEqual(problem('code-refused'))
})

test('an unknown number is answered as a known one, and gets nothing', async () => {
  const { phone } = await withPhone('ben')
  clock.forward(60)
  const ask = async (number: string) => {
    const { token, ...shape } = await visitor.call(askForPhoneCode, { body: { phone: number } })
    return { token, shape }
  }
  const [known, unknown] = [await ask(phone), await ask(ownNumber(9))]
  expect(unknown.shape).toEqual(known.shape)
  expect(unknown.token).toHaveLength(known.token.length)
  expect(await lastCode(portal, ownNumber(9))).toBeNull()
  const answers = await Promise.all(
    [known, unknown].map(({ token }) => visitor.call(signInByPhone, { body: { token, code: '000000' } }).catch(e => e)),
  )
  const told = answers.map(({ problem: { requestId, instance, ...rest } }) => rest)
  expect(told[0]).toEqual(told[1])
  await expect(ask(phone)).rejects.toEqual(problem('too-many-attempts')) // the wait tells nothing either
  await expect(ask(ownNumber(9))).rejects.toEqual(problem('too-many-attempts'))
})

test('a code ends after five minutes, and after five wrong tries', async () => {
  const { phone } = await withPhone('cleo')
  const asked = async () => {
    clock.forward(60)
    const { token } = await visitor.call(askForPhoneCode, { body: { phone } })
    return { token, code: (await lastCode(portal, phone))! }
  }
  const late = await asked()
  clock.forward(300)
  await expect(visitor.call(signInByPhone, { body: late })).rejects.toEqual(problem('code-refused'))
  const { token, code } = await asked()
  const wrong = code === '111111' ? '222222' : '111111'
  for (let tries = 0; tries < 4; tries++)
    await expect(visitor.call(signInByPhone, { body: { token, code: wrong } })).rejects.toEqual(problem('code-refused'))
  clock.forward(40) // the brake of all ways of signing in
  await expect(visitor.call(signInByPhone, { body: { token, code: wrong } })).rejects.toEqual(problem('refused'))
  clock.forward(60)
  await expect(visitor.call(signInByPhone, { body: { token, code } })).rejects.toEqual(problem('code-refused'))
})

test('of a hundred tries at once five count, and of a right code sent ten times at once one signs in', async () => {
  const { phone } = await withPhone('dora')
  clock.forward(60)
  const { token } = await visitor.call(askForPhoneCode, { body: { phone } })
  const code = (await lastCode(portal, phone))!
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      request('/api/v1/auth/phone', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${i}` },
        body: JSON.stringify({ token, code }),
      }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  clock.forward(3600)
  const second = await visitor.call(askForPhoneCode, { body: { phone } })
  const right = (await lastCode(portal, phone))!
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      request('/api/v1/auth/phone', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.${i}.1` },
        body: JSON.stringify({ token: second.token, code: String((Number(right) + 1 + i) % 10 ** 6).padStart(6, '0') }),
      }),
    ),
  )
  const { rows } = await database.pool.query('select tries from phone_code order by created_at desc limit 1')
  expect(rows[0].tries).toBe(5)
})

test('codes are sent a minute apart, ten a day to a number, thirty a day for an address', async () => {
  const phone = ownNumber()
  const ask = (number: string, address: string) =>
    request('/api/v1/auth/phone/code', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ phone: number }),
    })
  expect((await ask(phone, '192.0.2.1')).status).toBe(202)
  const soon = await ask(phone, '192.0.2.2')
  expect(soon.status).toBe(429)
  expect(await soon.json()).toMatchObject({ retryAfter: 60 })
  for (let sent = 1; sent < 10; sent++) {
    clock.forward(60)
    expect((await ask(phone, `192.0.2.${sent + 2}`)).status).toBe(202)
  }
  clock.forward(60)
  expect((await ask(phone, '192.0.2.99')).status).toBe(429)
  const one = (i: number) => ask(`+86137${String(10 ** 7 + i * 100 + number).padStart(8, '0')}`, '192.0.2.200')
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => one(i)))
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(30)
})

test('two-step sign-in is asked for after the phone, and a text message does not answer it', async () => {
  const { email, someone, phone } = await withPhone('emil')
  const { app } = await setAppUp(someone, platform, password)
  expect((await someone.call(getSecurity, {})).methods).toEqual(['totp', 'recovery'])
  clock.forward(60)
  const { token } = await visitor.call(askForPhoneCode, { body: { phone } })
  const body = { token, code: (await lastCode(portal, phone))! }
  const { account, secondStep } = await visitor.call(signInByPhone, { body })
  expect(account).toBeNull()
  expect(secondStep!.methods).toEqual(['totp', 'recovery'])
  clock.forward(30)
  const proof = { method: 'totp', code: app(platform.now()) } as const
  expect(await visitor.call(takeSecondStep, { body: { token: secondStep!.token, proof } })).toMatchObject({ account: { email } })
})

test('a code to the number proves who it is, once, and only one that was asked for as a proof by the same person', async () => {
  const { someone, phone } = await withPhone('fay')
  clock.forward(60)
  const { token } = await someone.call(askForPhoneProof, {})
  const proof = { method: 'phone', token, code: (await lastCode(portal, phone))! } as const
  await expect(visitor.call(signInByPhone, { body: proof })).rejects.toEqual(problem('code-refused')) // of another purpose
  const { someone: other } = await customer('fay.other')
  await expect(other.call(beginAuthenticator, { body: { proof } })).rejects.toEqual(problem('proof-refused'))
  await someone.call(beginAuthenticator, { body: { proof } })
  await expect(someone.call(beginAuthenticator, { body: { proof } })).rejects.toEqual(problem('proof-refused'))
})

test('a number takes a proof to be changed, and the profile does not change it', async () => {
  const { someone, phone } = await withPhone('gil')
  const wrong = { method: 'password', password: 'not my password' } as const
  await expect(someone.call(beginPhone, { body: { phone: ownNumber(1), proof: wrong } })).rejects.toEqual(
    problem('proof-refused'),
  )
  await expect(someone.call(removePhone, { body: { proof: wrong } })).rejects.toEqual(problem('proof-refused'))
  await expect(someone.call(changeMe, { body: { phone: ownNumber(1) } })).rejects.toEqual(problem('phone-confirmed'))
  expect((await someone.call(changeMe, { body: { phone, name: 'Gil' } })).account).toMatchObject({ phone, name: 'Gil' })
  const { token } = await someone.call(beginPhone, { body: { phone: ownNumber(1), proof: byPassword } })
  const code = (await lastCode(portal, ownNumber(1)))!
  await expect(someone.call(confirmPhone, { body: { token, phone: ownNumber(2), code } })).rejects.toEqual(
    problem('code-refused'),
  )
  expect((await someone.call(getMe, {})).account!.phone).toBe(phone) // until the new one is confirmed
})

test('who shows that a number is his has it, and who had it before is told', async () => {
  const before = await withPhone('hal')
  const after = await customer('hal.after')
  clock.forward(60)
  await confirm(after.someone, before.phone)
  expect((await lastMail(portal, before.email)).subject).toBe('手机号已用于另一个账户')
  expect((await before.someone.call(getSecurity, {})).phone).toMatchObject({ since: null })
  clock.forward(60)
  const { token } = await visitor.call(askForPhoneCode, { body: { phone: before.phone } })
  const body = { token, code: (await lastCode(portal, before.phone))! }
  expect(await visitor.call(signInByPhone, { body })).toMatchObject({ account: { email: after.email } })
})

test.each(['+4915112345678', '0512 6767 8888', 'call me'])('%s is refused before anything is sent', async phone => {
  await expect(visitor.call(askForPhoneCode, { body: { phone } })).rejects.toMatchObject({
    problem: { status: 422, errors: [{ field: '/phone' }] },
  })
})

test('a deactivated account gets no code and opens nothing', async () => {
  const { id, phone } = await withPhone('ida')
  clock.forward(60)
  const { token } = await visitor.call(askForPhoneCode, { body: { phone } })
  const code = (await lastCode(portal, phone))!
  await database.pool.query('update person set deactivated_at = now() where id = $1', [id])
  await expect(visitor.call(signInByPhone, { body: { token, code } })).rejects.toEqual(problem('code-refused'))
  clock.forward(60)
  await visitor.call(askForPhoneCode, { body: { phone } })
  expect(await lastCode(portal, phone)).toBe(code)
})

test('the tables hold neither numbers nor codes, an export says what was confirmed, and an erasure leaves nothing', async () => {
  const { id, phone } = await withPhone('jon')
  const code = (await lastCode(portal, phone))!
  const { rows } = await database.pool.query<{ text: string }>(
    'select c::text as text from phone_code c union all select p::text from confirmed_phone p',
  )
  expect(rows.map(({ text }) => text).join()).not.toMatch(new RegExp(`${phone.slice(3)}|[(,]${code}[,)]`))
  const { phone_digest } = (await database.pool.query('select phone_digest from confirmed_phone where person_id = $1', [id]))
    .rows[0]
  const subject = { accountId: id, emailDigest: null, phoneDigest: phone_digest }
  const [account] = await personal.collect!(platform, subject as never)
  expect(account!.rows[0]).toMatchObject({ phone, phone_confirmed_at: expect.any(Date) })
  await personal.erase!(platform, subject as never)
  for (const table of ['phone_code', 'confirmed_phone']) {
    const { rows } = await database.pool.query(`select * from ${table} where phone_digest = $1`, [phone_digest])
    expect(rows).toEqual([])
  }
})

test('staff are offered none of it, and nobody is where text messages are not set up', async () => {
  const staff = await portal.api('sales')
  expect((await staff.call(getSecurity, {})).phone).toBeNull()
  await expect(staff.call(askForPhoneProof, {})).rejects.toMatchObject({ problem: { status: 403 } })
  expect(await visitor.call(listProviders, {})).toMatchObject({ phone: true })
  const { someone, phone } = await withPhone('kim')
  const { sms } = platform
  platform.sms = null
  try {
    expect(await visitor.call(listProviders, {})).toMatchObject({ phone: false })
    expect(await someone.call(getSecurity, {})).toMatchObject({ phone: null, methods: ['password'] })
    await expect(visitor.call(askForPhoneCode, { body: { phone } })).rejects.toEqual(problem('not-found'))
  } finally {
    platform.sms = sms
  }
})
