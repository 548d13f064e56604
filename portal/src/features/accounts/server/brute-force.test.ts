import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import { accounts } from './index.ts'
import { writeStaff } from './people.ts'
import { turnClock } from './test-authenticator.ts'

const portal = await testPortal({ features: [accounts], config: { trustProxy: 1 } })
const { platform, database, request } = portal
const clock = turnClock(platform)
const password = 'correct horse battery'

/** An account each test has for itself. */
async function account(name: string): Promise<string> {
  const email = `${name}@zhizao.example`
  await platform.database.transaction(() =>
    writeStaff(platform, { name, email, roles: ['sales'], language: 'en', password, grantedBy: null }),
  )
  return email
}

interface Try {
  email: string
  password: string
  address: string
  cookie?: string
}
const attempt = ({ email, password, address, cookie = '' }: Try) =>
  request('/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
    body: JSON.stringify({ email, password }),
  })
const statusOf = async (one: Try) => (await attempt(one)).status
/** The browser of somebody who has signed in before. */
async function browserOf(email: string, address: string): Promise<string> {
  const answer = await attempt({ email, password, address })
  expect(answer.status).toBe(200)
  return answer.headers
    .getSetCookie()
    .find(cookie => cookie.startsWith('fettle_device'))!
    .split(';')[0]!
}

test('an account tried from many addresses is slowed for strangers, and its owner goes on in his browser', async () => {
  const email = await account('owner')
  const cookie = await browserOf(email, '198.51.100.7')
  const botnet = Array.from({ length: 60 }, (_, i) => `203.0.113.${i}`)
  const answers: number[] = []
  for (const address of botnet) answers.push(await statusOf({ email, password: `guess ${address}`, address }))
  expect(answers.filter(status => status === 401)).toHaveLength(20)
  expect(answers.slice(20)).toEqual(Array(40).fill(429))

  expect(await statusOf({ email, password, address: '192.0.2.99' })).toBe(429) // even with the right password
  expect(await statusOf({ email, password, address: '192.0.2.99', cookie })).toBe(200) // he moved, and took his browser along
  clock.forward(3)
  expect(await statusOf({ email, password, address: '192.0.2.99' })).toBe(200) // slowed, not locked
})

test('a hundred guesses at once get no more answers than a hundred in a row', async () => {
  const email = await account('parallel')
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => statusOf({ email, password: `guess ${i}`, address: `203.0.${i}.1` })),
  )
  expect(answers.filter(status => status === 401)).toHaveLength(20)
  const fromOne = await account('parallel.one')
  const more = await Promise.all(
    Array.from({ length: 30 }, (_, i) => statusOf({ email: fromOne, password: `guess ${i}`, address: '192.0.2.50' })),
  )
  expect(more.filter(status => status === 401)).toHaveLength(5)
})

test('one password for everybody from one address is slowed, and its neighbours are not', async () => {
  const spray = (i: number, address: string) =>
    statusOf({ email: `person-${i}@zhizao.example`, password: 'Sommer2026!!', address })
  const answers: number[] = []
  for (let i = 0; i < 40; i++) answers.push(await spray(i, '192.0.2.10'))
  expect(answers.filter(status => status === 401)).toHaveLength(30)
  expect(answers.slice(30)).toEqual(Array(10).fill(429))
  expect(await spray(99, '192.0.2.11')).toBe(401)
  const email = await account('colleague')
  const cookie = await browserOf(email, '192.0.2.12')
  expect(await statusOf({ email, password, address: '192.0.2.10', cookie })).toBe(200) // a colleague behind the same address
})

test('an IPv6 subscriber is one address', async () => {
  for (let i = 0; i < 30; i++)
    await statusOf({ email: `six-${i}@zhizao.example`, password: 'Sommer2026!!', address: `2001:db8:1:2::${i.toString(16)}` })
  expect(await statusOf({ email: 'six@zhizao.example', password: 'Sommer2026!!', address: '2001:db8:1:2:ffff::1' })).toBe(429)
  expect(await statusOf({ email: 'six@zhizao.example', password: 'Sommer2026!!', address: '2001:db8:1:3::1' })).toBe(401)
})

test('the cookie of a known browser opens nothing faster than five guesses, nor anybody else', async () => {
  const email = await account('stolen.browser')
  const cookie = await browserOf(email, '198.51.100.8')
  const answers: number[] = []
  for (let i = 0; i < 8; i++) answers.push(await statusOf({ email, password: `guess ${i}`, address: `203.0.114.${i}`, cookie }))
  expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
  const other = await account('other.browser')
  for (let i = 0; i < 5; i++) await statusOf({ email: other, password: 'guess', address: '203.0.115.1', cookie })
  expect(await statusOf({ email: other, password, address: '203.0.115.1', cookie })).toBe(429) // it is no known browser of his
})

test('signing in counts nothing against anybody', async () => {
  const email = await account('busy')
  for (let i = 0; i < 30; i++) expect(await statusOf({ email, password, address: '198.51.100.9' })).toBe(200)
})

test('the memory of tries names nobody', async () => {
  await statusOf({ email: 'named@zhizao.example', password: 'guess', address: '198.51.100.77' })
  const { rows } = await database.pool.query('select string_agg(key, chr(10)) as keys from sign_in_throttle')
  expect(rows[0].keys).not.toMatch(/zhizao|198\.51|named/)
})
