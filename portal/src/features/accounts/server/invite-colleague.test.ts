import { expect, test } from 'vitest'
import { listMyConfigurations, saveConfiguration } from '#features/configurator/core'
import { ProblemError } from '#platform/core'
import { emailDigest } from '#platform/server'
import { confirmingApi } from '../../../../test/confirming.ts'
import { standardDraft } from '../../../../test/small-product.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { newCustomer, twoCompanies } from '../../../../test/two-companies.ts'
import {
  changeCompany,
  getCompany,
  getMe,
  getMyCompany,
  inviteColleague,
  joinAsNewcomer,
  joinCompany,
  listInvitations,
  openInvitationsMost,
  readInvitation,
  resendInvitation,
  signUp,
  withdrawInvitation,
} from '../core/index.ts'
import { personal } from './personal.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal()
const world = await twoCompanies(portal)
const { own, other, database } = world
const params = { companyId: own.id }
const password = 'a bench, a vice and a file'
const admin = confirmingApi(portal, own.admin.visitor)
const visitor = await portal.api()

const typeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    thrown => thrown,
  )
  return error instanceof ProblemError ? error.problem.type.slice('/problems/'.length) : error
}
const invite = (email: string, more: { role?: 'company-admin'; name?: string } = {}, api = admin) =>
  api.call(inviteColleague, { params, body: { email, language: 'en', ...more } })
const tokenTo = async (email: string) => tokenIn(await lastMail(portal, email))
const join = async (email: string) =>
  visitor.call(joinAsNewcomer, { body: { token: await tokenTo(email), name: 'New Colleague', password } })
const standing = async (token: string, as?: Visitor) =>
  (await (await portal.api(as)).call(readInvitation, { params: { token } })).standing
const actions = async () =>
  (await database.pool.query('select action from audit_entry order by position')).rows.map(({ action }) => action)

test('an administrator invites a colleague, who joins by the mail and belongs to the company', async () => {
  const invited = await invite('Ann@alpha.example', { name: 'Ann' })
  expect(invited).toMatchObject({ email: 'ann@alpha.example', name: 'Ann', role: 'company-member', expired: false })
  const mail = await lastMail(portal, 'ann@alpha.example')
  expect(mail.subject).toBe('An invitation to join Alpha Machining')
  expect(mail.text).toContain('Hello Ann,')
  expect(mail.text).toContain('http://portal.test/en/join?token=')

  const read = await visitor.call(readInvitation, { params: { token: tokenIn(mail) } })
  expect(read).toMatchObject({ company: own.name, email: 'ann@alpha.example', role: 'company-member', standing: 'newcomer' })
  const { account } = await join('ann@alpha.example')
  expect(account).toMatchObject({ name: 'New Colleague', companyId: own.id, roles: ['company-member'], emailVerified: true })
  const ann = await portal.api({ email: 'ann@alpha.example', password })
  expect((await ann.call(getMyCompany, {})).people.map(({ id }) => id)).toContain(account.id)
  expect((await lastMail(portal, own.admin.email)).text).toContain('New Colleague')
  expect(await actions()).toEqual(expect.arrayContaining(['colleague.invited', 'colleague.joined', 'account.email-confirmed']))
})

test('a link works once, and a second reader learns nothing', async () => {
  await invite('once@alpha.example')
  const token = await tokenTo('once@alpha.example')
  const both = await Promise.all([typeOf(join('once@alpha.example')), typeOf(join('once@alpha.example'))])
  expect(both.toSorted()).toEqual(['link-expired', null].toSorted())
  expect(await typeOf(visitor.call(readInvitation, { params: { token } }))).toBe('link-expired')
  expect(await typeOf(visitor.call(readInvitation, { params: { token: 'x'.repeat(32) } }))).toBe('link-expired')
})

test('what is kept of an invitation is sealed, and its token only a hash', async () => {
  await invite('sealed@alpha.example')
  const token = await tokenTo('sealed@alpha.example')
  for (const table of ['company_invitation', 'one_time_token', 'audit_entry', 'event']) {
    const { rows } = await database.pool.query(`select t::text as line from ${table} t`)
    const text = rows.map(({ line }) => line).join('\n')
    expect(text).not.toContain('sealed@alpha.example')
    expect(text).not.toContain(token)
  }
})

test('sent again, the earlier link ends; withdrawn or expired, none works', async () => {
  const { id } = await invite('again@alpha.example')
  const first = await tokenTo('again@alpha.example')
  await admin.call(resendInvitation, { params: { invitationId: id } })
  const second = await tokenTo('again@alpha.example')
  expect(await typeOf(visitor.call(readInvitation, { params: { token: first } }))).toBe('link-expired')
  expect(await standing(second)).toBe('newcomer')

  await database.pool.query(`update one_time_token set expires_at = now() where value = $1`, [id])
  await database.pool.query(`update company_invitation set expires_at = now() where id = $1`, [id])
  expect(await typeOf(join('again@alpha.example'))).toBe('link-expired')
  const { items } = await admin.call(listInvitations, { params })
  expect(items.find(item => item.id === id)).toMatchObject({ expired: true })

  await admin.call(resendInvitation, { params: { invitationId: id } })
  expect(await standing(await tokenTo('again@alpha.example'))).toBe('newcomer')
  await admin.call(withdrawInvitation, { params: { invitationId: id } })
  expect(await typeOf(join('again@alpha.example'))).toBe('link-expired')
  expect(await typeOf(admin.call(withdrawInvitation, { params: { invitationId: id } }))).toBe('not-found')
  const { rows } = await database.pool.query('select from company_invitation where id = $1', [id])
  expect(rows).toEqual([])
})

test('nobody is invited twice, nor where he is already, and an administrator only with a confirmation', async () => {
  await invite('twice@alpha.example')
  expect(await typeOf(invite('twice@alpha.example'))).toBe('already-invited')
  expect(await typeOf(invite(own.member.email))).toBe('already-member')
  expect(await typeOf(invite('chief@alpha.example', { role: 'company-admin' }, own.admin.api))).toBe('confirmation-needed')
  await invite('chief@alpha.example', { role: 'company-admin' })
  const { account } = await join('chief@alpha.example')
  expect(account.roles).toEqual(['company-admin'])
})

test('the answer is the same whether the address has an account elsewhere', async () => {
  const [unknown, known] = [await invite('unknown@alpha.example'), await invite(other.member.email)]
  expect(Object.keys(known)).toEqual(Object.keys(unknown))
  expect(known).toMatchObject({ name: null, role: 'company-member', expired: false })
})

test('who has an account joins signed in, and what he saved and asked moves with him', async () => {
  const late = await newCustomer(portal, { email: 'late@example.com' })
  const { token: configuration } = await late.api.call(saveConfiguration, { body: standardDraft(world.modelVersionId) })
  const { account } = await late.api.call(getMe, {})
  await invite('late@example.com')
  const token = await tokenTo('late@example.com')
  expect(await standing(token)).toBe('sign-in-first')
  expect(await typeOf(visitor.call(joinAsNewcomer, { body: { token, name: 'X', password } }))).toBe('cannot-join')
  expect(await standing(token, other.member.visitor)).toBe('other-address')
  expect(await typeOf(other.member.api.call(joinCompany, { body: { token } }))).toBe('cannot-join')

  expect(await standing(token, late.visitor)).toBe('moves')
  expect(await late.api.call(joinCompany, { body: { token } })).toMatchObject({ id: own.id, name: own.name })
  await portal.portal.settled()
  const { items } = await own.member.api.call(listMyConfigurations, {})
  expect(items.map(item => item.token)).toContain(configuration)
  const { rows } = await database.pool.query('select from company where id = $1', [account!.companyId])
  expect(rows).toEqual([])
})

test('who belongs to another company or is staff does not join', async () => {
  const { items } = await admin.call(listInvitations, { params })
  const open = items.find(({ email }) => email === other.member.email)!
  await admin.call(resendInvitation, { params: { invitationId: open.id } })
  const token = await tokenTo(other.member.email)
  expect(await standing(token, other.member.visitor)).toBe('elsewhere')
  expect(await typeOf(other.member.api.call(joinCompany, { body: { token } }))).toBe('cannot-join')
  await portal.newSession('sales') // so that the demo's people are there
  await invite('sales@zhizao.example')
  expect(await standing(await tokenTo('sales@zhizao.example'))).toBe('staff')
})

test('an account nobody ever confirmed becomes that of who reads the mail', async () => {
  await visitor.call(signUp, { body: { name: 'Impostor', email: 'victim@alpha.example', password: 'the impostor waits here' } })
  await invite('victim@alpha.example')
  expect(await standing(await tokenTo('victim@alpha.example'))).toBe('newcomer')
  await join('victim@alpha.example')
  await expect(
    portal.api({ email: 'victim@alpha.example', password: 'the impostor waits here' }).then(api => api.call(getMe, {})),
  ).rejects.toThrow('cannot sign in')
  const victim = await portal.api({ email: 'victim@alpha.example', password })
  expect((await victim.call(getMyCompany, {})).id).toBe(own.id)
})

test('an erased person’s invitations go, and he learns of them before', async () => {
  await invite('erased@alpha.example', { name: 'Erased Ed' })
  const person = { accountId: null, emailDigest: emailDigest(portal.platform.vault, 'erased@alpha.example'), phoneDigest: null }
  const held = await personal.collect!(portal.platform, person)
  expect(JSON.stringify(held)).toContain('Erased Ed')
  await portal.platform.database.transaction(() => personal.erase!(portal.platform, person))
  const { items } = await admin.call(listInvitations, { params })
  expect(items.map(({ email }) => email)).not.toContain('erased@alpha.example')
})

test('strangers find nothing, members may not, and staff who look after companies invite and see', async () => {
  const stranger = confirmingApi(portal, other.admin.visitor)
  expect(await typeOf(invite('x@alpha.example', {}, stranger))).toBe('not-found')
  expect(await typeOf(stranger.call(listInvitations, { params }))).toBe('not-found')
  expect(await typeOf(invite('x@alpha.example', {}, own.member.api))).toBe('not-permitted')
  const sales = confirmingApi(portal, 'sales')
  const { id } = await invite('by.sales@alpha.example', {}, sales)
  expect(await typeOf(stranger.call(withdrawInvitation, { params: { invitationId: id } }))).toBe('not-found')
  expect(await typeOf(stranger.call(resendInvitation, { params: { invitationId: id } }))).toBe('not-found')
  expect((await sales.call(listInvitations, { params })).items.map(item => item.id)).toContain(id)
})

test('a company has only so many open invitations, and a place that sends too many waits', async () => {
  await database.pool.query('delete from sign_in_throttle')
  const open = async () => (await other.admin.api.call(listInvitations, { params: { companyId: other.id } })).items.length
  const one = (at: number) =>
    other.admin.api.call(inviteColleague, {
      params: { companyId: other.id },
      body: { email: `n${at}@beta.example`, language: 'en' },
    })
  for (let at = await open(); at < openInvitationsMost; at++) await one(at)
  expect(await typeOf(one(99))).toBe('too-many-invitations')
  for (let at = 100; at < 110; at++) await typeOf(one(at))
  expect(await typeOf(one(110))).toBe('too-many-attempts')
  await database.pool.query('delete from sign_in_throttle')
})

test('a person alone names his company first and invites then; a name changed meanwhile is not overwritten', async () => {
  const alone = await newCustomer(portal, { email: 'alone@example.com' })
  const company = await alone.api.call(getMyCompany, {})
  const mine = { params: { companyId: company.id } }
  const body = { email: 'mate@example.com', language: 'en' as const }
  expect(await typeOf(alone.api.call(inviteColleague, { ...mine, body }))).toBe('company-of-one')
  const ifMatch = `"${company.revision}"`
  const renamed = await alone.api.call(changeCompany, { ...mine, body: { name: 'One & Co' }, ifMatch })
  expect(renamed).toMatchObject({ name: 'One & Co', sole: false })
  expect(await typeOf(alone.api.call(changeCompany, { ...mine, body: { name: 'Two' }, ifMatch }))).toBe('changed-meanwhile')
  await alone.api.call(inviteColleague, { ...mine, body })
  const sales = await portal.api('sales')
  expect((await sales.call(getCompany, mine)).name).toBe('One & Co')
})
