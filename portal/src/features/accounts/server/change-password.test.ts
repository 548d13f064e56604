import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import { changePassword, getMe, signIn, signUp } from '../core/index.ts'
import { accounts } from './index.ts'
import { writeStaff } from './people.ts'
import { lastMail } from './test-links.ts'

const portal = await testPortal({ features: [accounts] })
const { api, platform, request } = portal
const password = 'correct horse battery'
const fresh = 'nine spindles hum along'

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })

async function colleague(name: string) {
  const email = `${name}@zhizao.example`
  await platform.database.transaction(() =>
    writeStaff(platform, { name, email, roles: ['sales'], language: 'en', password, grantedBy: null }),
  )
  return { email, someone: await api({ email, password }) }
}

test('who knows his password sets a new one; his other sessions end, this one stays, and a mail says so', async () => {
  const { email, someone } = await colleague('amy')
  const elsewhere = (
    await request('/api/v1/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
  ).headers
    .getSetCookie()[0]!
    .split(';')[0]!
  await someone.call(changePassword, { body: { current: password, password: fresh } })
  expect((await someone.call(getMe, {})).account).toMatchObject({ email })
  expect(await (await request('/api/v1/me', { headers: { cookie: elsewhere } })).json()).toEqual({ account: null })
  const visitor = await api()
  await expect(visitor.call(signIn, { body: { email, password } })).rejects.toEqual(problem('sign-in-refused'))
  expect((await visitor.call(signIn, { body: { email, password: fresh } })).account).toMatchObject({ email })
  expect((await lastMail(portal, email)).subject).toBe('Your password was changed')
})

test('without the present one nothing changes, and guessing it is slowed down', async () => {
  const { someone } = await colleague('bob')
  const guess = (current: string) => someone.call(changePassword, { body: { current, password: fresh } })
  for (let i = 0; i < 5; i++) await expect(guess(`guess ${i}`)).rejects.toEqual(problem('validation'))
  await expect(guess(password)).rejects.toEqual(problem('too-many-attempts'))
})

test.each(['password2026!', 'carl.zhizao.2026', 'fettle-2026-!!', 'short'])('%s is refused under its field', async bad => {
  const { someone } = await colleague(`carl.${bad.length}`)
  const error = await someone.call(changePassword, { body: { current: password, password: bad } }).then(
    () => null,
    thrown => thrown,
  )
  expect(error.problem).toMatchObject({ status: 422, errors: [{ field: '/password', remedy: expect.any(String) }] })
})

test('a sign-up is refused a password made of its own name and company', async () => {
  const visitor = await api()
  const body = { name: 'Margarethe Weiss', email: 'm.weiss@fraeswerk.example', companyName: 'Fräswerk Ost' }
  for (const bad of ['Fraeswerk-2026!', 'margarethe-7281', 'Fräswerk Ost 26'])
    await expect(visitor.call(signUp, { body: { ...body, password: bad } })).rejects.toEqual(problem('validation'))
  await visitor.call(signUp, { body: { ...body, password: fresh } })
})
