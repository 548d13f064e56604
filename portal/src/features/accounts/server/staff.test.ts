import { expect, test } from 'vitest'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  changeStaff,
  getStaffMember,
  inviteStaff,
  listStaff,
  resendStaffInvitation,
  resetPassword,
  setUp,
  signIn,
  withdrawStaffInvitation,
} from '../core/index.ts'
import { accounts, findStaff, personNames, listStaff as whoMay } from './index.ts'
import { firstAdminPath } from './set-up.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal({ features: [accounts] })
const { api, database, platform } = portal
const setUpPath = await firstAdminPath(platform)
await api('admin') // so that the demo's people are there
const admin = confirmingApi(portal, 'admin')

const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })
const invite = (email: string, roles: ('admin' | 'sales' | 'product')[] = ['sales']) =>
  admin.call(inviteStaff, { body: { name: '新同事', email, roles, language: 'en' } })

test('an administrator invites a colleague, who sets a password by the mail and signs in', async () => {
  const invited = await invite('New.Colleague@zhizao.example', ['sales', 'product'])
  expect(invited).toMatchObject({ email: 'new.colleague@zhizao.example', roles: ['product', 'sales'], active: false })
  expect(await findStaff(platform, invited.id, 'lead.write')).toBeNull()

  const mail = await lastMail(portal, 'new.colleague@zhizao.example')
  expect(mail.subject).toBe('Your staff account')
  expect(mail.text).toContain('http://portal.test/en/reset?token=')
  const visitor = await api()
  await visitor.call(resetPassword, { body: { token: tokenIn(mail), password: 'welcome on board' } })
  const { account } = await visitor.call(signIn, {
    body: { email: 'new.colleague@zhizao.example', password: 'welcome on board' },
  })
  expect(account).toMatchObject({ kind: 'staff', roles: ['product', 'sales'], language: 'en', emailVerified: true })
  expect(await findStaff(platform, invited.id, 'lead.write')).toMatchObject({ id: invited.id })
})

test('inviting an address that has an account is refused', async () => {
  await invite('double@zhizao.example')
  await expect(invite('double@zhizao.example')).rejects.toEqual(problem('email-taken'))
})

test('an invitation is sent again, which ends the earlier link, or withdrawn, until a password is set', async () => {
  const email = 'waiting@zhizao.example'
  const { id, invitedUntil } = await invite(email)
  expect(new Date(invitedUntil!).getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 60 * 60_000)
  const first = tokenIn(await lastMail(portal, email))
  const params = { accountId: id }
  await admin.call(resendStaffInvitation, { params })
  const second = tokenIn(await lastMail(portal, email))
  const visitor = await api()
  const password = 'welcome on board'
  await expect(visitor.call(resetPassword, { body: { token: first, password } })).rejects.toEqual(problem('link-expired'))
  await visitor.call(resetPassword, { body: { token: second, password } })
  await expect(admin.call(resendStaffInvitation, { params })).rejects.toEqual(problem('invitation-settled'))
  await expect(admin.call(withdrawStaffInvitation, { params })).rejects.toEqual(problem('invitation-settled'))
  expect(await admin.call(getStaffMember, { params })).toMatchObject({ active: true, invitedUntil: null })

  const gone = await invite('gone@zhizao.example', ['admin'])
  const token = tokenIn(await lastMail(portal, 'gone@zhizao.example'))
  await expect((await api('admin')).call(withdrawStaffInvitation, { params: { accountId: gone.id } })).rejects.toEqual(
    problem('confirmation-needed'),
  )
  await admin.call(withdrawStaffInvitation, { params: { accountId: gone.id } })
  await expect(visitor.call(resetPassword, { body: { token, password } })).rejects.toEqual(problem('link-expired'))
  await expect(admin.call(getStaffMember, { params: { accountId: gone.id } })).rejects.toEqual(problem('not-found'))
})

test.each(['sales', 'product', 'service', 'marketing', 'customer'] as const)(
  '%s may neither see nor create staff',
  async role => {
    const other = await api(role)
    await expect(other.call(listStaff, {})).rejects.toEqual(problem('not-permitted'))
    await expect(other.call(inviteStaff, { body: { name: 'X', email: 'x@example.com', roles: ['admin'] } })).rejects.toEqual(
      problem('not-permitted'),
    )
  },
)

test('nobody may neither see nor create staff', async () => {
  await expect((await api()).call(listStaff, {})).rejects.toEqual(problem('sign-in-needed'))
})

test('roles change at once, for the version seen only', async () => {
  const { id } = await invite('changing@zhizao.example')
  const { value, etag } = await admin.callWithEtag(getStaffMember, { params: { accountId: id } })
  expect(value.roles).toEqual(['sales'])
  const changed = await admin.call(changeStaff, {
    params: { accountId: id },
    body: { roles: ['service', 'sales'] },
    ifMatch: etag,
  })
  expect(changed.roles).toEqual(['sales', 'service'])
  await expect(
    admin.call(changeStaff, { params: { accountId: id }, body: { roles: ['product'] }, ifMatch: etag }),
  ).rejects.toEqual(problem('changed-meanwhile'))
})

test('the last administrator who can sign in stays one', async () => {
  await invite('second.admin@zhizao.example', ['admin']) // has not set a password: cannot take over
  const { items } = await admin.call(listStaff, { query: { limit: 100 } })
  const self = items.find(({ email }) => email === 'admin@zhizao.example')!
  const { etag } = await admin.callWithEtag(getStaffMember, { params: { accountId: self.id } })
  const change = admin.call(changeStaff, { params: { accountId: self.id }, body: { roles: ['sales'] }, ifMatch: etag })
  await expect(change).rejects.toEqual(problem('last-admin'))
})

test('the list of staff pages by cursor without loss or repetition', async () => {
  const all = await admin.call(listStaff, { query: { limit: 100 } })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await admin.call(listStaff, { query: { limit: 2, ...(cursor ? { cursor } : {}) } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(all.items.map(({ id }) => id))
  await expect(admin.call(listStaff, { query: { cursor: 'nonsense' } })).rejects.toEqual(problem('validation'))
})

test('work goes to those whose roles allow it', async () => {
  const emails = (await whoMay(platform, 'lead.write')).map(({ email }) => email)
  expect(emails).toContain('sales@zhizao.example')
  expect(emails).toContain('admin@zhizao.example')
  expect(emails).not.toContain('service@zhizao.example')
  expect(await findStaff(platform, 'not an id', 'lead.write')).toBeNull()
  const { id, name } = (await whoMay(platform, 'lead.write'))[0]!
  expect(await personNames(database, [id])).toEqual(new Map([[id, name]]))
})

test('once there is an administrator, the link of the first start is worthless and none is made', async () => {
  const token = new URL(setUpPath!, 'http://portal.test').searchParams.get('token')!
  const visitor = await api()
  const attempt = visitor.call(setUp, {
    body: { token, name: 'Mallory', email: 'mallory@example.com', password: 'let me in please' },
  })
  await expect(attempt).rejects.toEqual(problem('link-expired'))
  expect(await firstAdminPath(platform)).toBeNull()
})
