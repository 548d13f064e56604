import { expect, test } from 'vitest'
import { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  deactivate,
  endMyOtherSessions,
  endMySession,
  endSessionOf,
  endSessionsOf,
  getMe,
  listMySessions,
  listSessionsOf,
  listStaff,
  reactivate,
  signIn,
} from '../core/index.ts'
import { findStaff, personNames } from './index.ts'

const portal = await testPortal()
const world = await twoCompanies(portal)
const { own, other, database, platform, request } = world
await portal.api('admin') // so that the demo's people are there
const admin = confirmingApi(portal, 'admin')
const { items: staff } = await admin.call(listStaff, { query: { limit: 100 } })
const idOf = (role: string) => staff.find(({ roles }) => roles.some(held => held === role))!.id
const password = 'fettle-demo-2026'

const typeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    thrown => thrown,
  )
  return error instanceof ProblemError ? error.problem.type.slice('/problems/'.length) : error
}
const off = (as: Visitor, accountId: string) => confirmingApi(portal, as).call(deactivate, { params: { accountId } })
const me = async (cookie: string) =>
  ((await (await request('/api/v1/me', { headers: { cookie } })).json()) as { account: { id: string } | null }).account

test('deactivation ends sessions and open streams at once, refuses like a wrong password, and can be taken back', async () => {
  const cookie = await portal.newSession('marketing')
  const stream = await request('/api/v1/live?topics=leads', { headers: { cookie } })
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  await reader.read()
  await off('admin', idOf('marketing'))
  for (let next = await reader.read(); !next.done; next = await reader.read());
  expect(await me(cookie)).toBeNull()

  const visitor = await portal.api()
  const wrong = { email: 'marketing@zhizao.example', password: 'not the password' }
  expect(await typeOf(visitor.call(signIn, { body: { ...wrong, password } }))).toBe('sign-in-refused')
  expect(await typeOf(visitor.call(signIn, { body: wrong }))).toBe('sign-in-refused')
  expect(await findStaff(platform, idOf('marketing'), 'lead.read')).toBeNull()
  expect((await personNames(database, [idOf('marketing')])).size).toBe(1)

  await admin.call(reactivate, { params: { accountId: idOf('marketing') } })
  await visitor.call(signIn, { body: { ...wrong, password } })
})

test('a session written behind the back of deactivation is nobody', async () => {
  const cookie = await portal.newSession('product')
  await database.pool.query('update person set deactivated_at = now() where id = $1', [idOf('product')])
  expect(await me(cookie)).toBeNull()
  await database.pool.query('update person set deactivated_at = null where id = $1', [idOf('product')])
})

test('nobody reaches himself, his like, those above, or people of another company; the last administrator stays', async () => {
  expect(await typeOf(off('admin', idOf('admin')))).toBe('out-of-reach')
  expect(await typeOf(off('sales', idOf('service')))).toBe('not-found')
  expect(await typeOf(off(own.admin.visitor, idOf('sales')))).toBe('not-found')
  expect(await typeOf(off(own.admin.visitor, other.member.id))).toBe('not-found')
  expect(await typeOf(off(own.member.visitor, own.admin.id))).toBe('not-permitted')
  expect(await typeOf(off('sales', own.admin.id))).toBe('last-company-admin')
})

test('an administrator of a company deactivates his member, and staff who look after companies do', async () => {
  for (const as of [own.admin.visitor, 'sales'] as const) {
    await off(as, own.member.id)
    const { rows } = await database.pool.query('select deactivated_at from person where id = $1', [own.member.id])
    expect(rows[0].deactivated_at).not.toBeNull()
    await confirmingApi(portal, as).call(reactivate, { params: { accountId: own.member.id } })
  }
})

test('the own sessions are listed with device and address; one or all others are ended', async () => {
  const as = other.member.visitor
  const cookies = [await portal.newSession(as), await portal.newSession(as)]
  for (const cookie of cookies) await me(cookie)
  const { items } = await other.member.api.call(listMySessions, {})
  expect(items.length).toBeGreaterThanOrEqual(3)
  expect(items.filter(({ current }) => current)).toHaveLength(1)
  expect(items.every(({ address }) => address === 'local')).toBe(true)
  const { rows } = await database.pool.query('select address from session where address is not null')
  expect(rows.map(row => row.address)).not.toContain('local')

  const { id } = items.find(({ current }) => !current)!
  expect(await typeOf(own.admin.api.call(endMySession, { params: { sessionId: id } }))).toBe('not-found')
  await other.member.api.call(endMySession, { params: { sessionId: id } })
  await other.member.api.call(endMyOtherSessions, {})
  expect((await other.member.api.call(listMySessions, {})).items).toMatchObject([{ current: true }])
  expect(await me(cookies[0]!)).toBeNull()
})

test('who looks after somebody signs him out everywhere', async () => {
  const cookie = await portal.newSession(own.member.visitor)
  expect(await me(cookie)).toMatchObject({ id: own.member.id })
  await own.admin.api.call(endSessionsOf, { params: { accountId: own.member.id } })
  expect(await me(cookie)).toBeNull()
})

test('one administrator signs another out and lets him in again by a second confirmation only', async () => {
  await database.pool.query(`insert into staff_role (person_id, role, granted_at) values ($1, 'admin', now())`, [idOf('service')])
  const params = { accountId: idOf('service') }
  const unconfirmed = await portal.api('admin')
  const cookie = await portal.newSession('service')
  expect(await me(cookie)).not.toBeNull()
  expect(await typeOf(unconfirmed.call(endSessionsOf, { params }))).toBe('confirmation-needed')
  expect(await me(cookie)).not.toBeNull()
  await admin.call(endSessionsOf, { params })
  expect(await me(cookie)).toBeNull()

  await off('admin', idOf('service'))
  expect(await typeOf(unconfirmed.call(reactivate, { params }))).toBe('confirmation-needed')
  await admin.call(reactivate, { params })
  await database.pool.query(`delete from staff_role where person_id = $1 and role = 'admin'`, [idOf('service')])
})

test('who manages staff sees where a colleague is signed in and ends one session; a company’s administrator does not see it', async () => {
  const cookies = [await portal.newSession('marketing'), await portal.newSession('marketing')]
  for (const cookie of cookies) await me(cookie)
  const params = { accountId: idOf('marketing') }
  const { items } = await admin.call(listSessionsOf, { params })
  expect(items.length).toBeGreaterThanOrEqual(2)
  expect(items.some(({ current }) => current)).toBe(false)
  await admin.call(endSessionOf, { params: { ...params, sessionId: items[0]!.id } })
  const left = (await admin.call(listSessionsOf, { params })).items.map(({ id }) => id)
  expect(left).toEqual(items.slice(1).map(({ id }) => id))
  const { items: others } = await other.member.api.call(listMySessions, {})
  expect(await typeOf(admin.call(endSessionOf, { params: { ...params, sessionId: others[0]!.id } }))).toBe('not-found')
  expect(await typeOf(own.admin.api.call(listSessionsOf, { params: { accountId: own.member.id } }))).toBe('not-permitted')
  expect(await typeOf(admin.call(listSessionsOf, { params: { accountId: idOf('admin') } }))).toBe('out-of-reach')
})

test('an unused session ends, and so does an old one that is used', async () => {
  const cookie = await portal.newSession('service')
  expect(await me(cookie)).toMatchObject({ id: idOf('service') })
  const age = (column: string) =>
    database.pool.query(`update session set ${column} = now() - interval '25 hours' where person_id = $1`, [idOf('service')])
  await age('last_seen_at')
  expect(await me(cookie)).toBeNull()
  await database.pool.query('update session set last_seen_at = now() where person_id = $1', [idOf('service')])
  expect(await me(cookie)).not.toBeNull()
  await age('created_at')
  expect(await me(cookie)).toBeNull()
})

test('when a session was last seen is written at most once a minute', async () => {
  const api = await portal.api('sales')
  await api.call(getMe, {})
  const read = async () => (await database.pool.query('select max(last_seen_at) as at from session')).rows[0].at.getTime()
  const before = await read()
  await api.call(getMe, {})
  expect(await read()).toBe(before)
})
