import { expect, test } from 'vitest'
import { listMyConfigurations } from '#features/configurator/core'
import { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { newCustomer, twoCompanies } from '../../../../test/two-companies.ts'
import { changeCompanyRole, getMe, getMyCompany, inviteColleague, removeFromCompany } from '../core/index.ts'
import { lastMail } from './test-links.ts'

const portal = await testPortal()
const { own, other, database, request } = await twoCompanies(portal)

const typeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    thrown => thrown,
  )
  return error instanceof ProblemError ? error.problem.type.slice('/problems/'.length) : error
}
const setRole = (as: Visitor, accountId: string, role: 'company-admin' | 'company-member') =>
  confirmingApi(portal, as).call(changeCompanyRole, { params: { accountId }, body: { role } })
const remove = (as: Visitor, accountId: string) => confirmingApi(portal, as).call(removeFromCompany, { params: { accountId } })
/** Somebody more in the company. */
async function colleague(email: string, role: 'admin' | 'member' = 'member') {
  const person = await newCustomer(portal, { email })
  await database.pool.query('update company_member set company_id = $1, role = $2 where person_id = $3', [
    own.id,
    role,
    person.id,
  ])
  return person
}

test('an administrator of a company gives and takes the role, in effect with the next request, told by mail and audited', async () => {
  const ann = await colleague('ann@alpha.example')
  expect(
    await typeOf(own.admin.api.call(changeCompanyRole, { params: { accountId: ann.id }, body: { role: 'company-admin' } })),
  ).toBe('confirmation-needed')
  await setRole(own.admin.visitor, ann.id, 'company-admin')
  expect((await ann.api.call(getMe, {})).account!.roles).toEqual(['company-admin'])
  expect((await lastMail(portal, ann.email)).text).toContain('Alpha Machining')
  await setRole(own.admin.visitor, ann.id, 'company-member') // on his like, for it is confirmed
  expect((await ann.api.call(getMe, {})).account!.roles).toEqual(['company-member'])
  const invite = { params: { companyId: own.id }, body: { email: 'x@alpha.example', language: 'en' as const } }
  expect(await typeOf(ann.api.call(inviteColleague, invite))).toBe('not-permitted')
  const { rows } = await database.pool.query(`select action from audit_entry where action = 'company.role-changed'`)
  expect(rows).toHaveLength(2)
})

test('the last administrator of a company is neither demoted nor removed, by nobody', async () => {
  for (const as of ['sales', 'admin'] as const) {
    expect(await typeOf(setRole(as, other.admin.id, 'company-member'))).toBe('last-company-admin')
    expect(await typeOf(remove(as, other.admin.id))).toBe('last-company-admin')
  }
  expect(await typeOf(setRole(other.admin.visitor, other.admin.id, 'company-member'))).toBe('out-of-reach')
  expect(await typeOf(remove(other.admin.visitor, other.admin.id))).toBe('out-of-reach')
})

test('of two administrators who take each other’s role at once one stays', async () => {
  const bea = await colleague('bea@alpha.example', 'admin')
  const outcomes = await Promise.all([
    typeOf(setRole(own.admin.visitor, bea.id, 'company-member')),
    typeOf(setRole(bea.visitor, own.admin.id, 'company-member')),
  ])
  expect(outcomes.filter(outcome => outcome === null)).toHaveLength(1)
  await setRole('sales', own.admin.id, 'company-admin')
})

test('who is removed sees nothing of the company at once, keeps his account, and what he saved stays', async () => {
  const cy = await colleague('cy@alpha.example')
  const cookie = await portal.newSession(cy.visitor)
  const stream = await request('/api/v1/live?topics=', { headers: { cookie } })
  await stream.body?.cancel()
  await remove(own.admin.visitor, cy.id)
  const answer = (await (await request('/api/v1/me', { headers: { cookie } })).json()) as { account: unknown }
  expect(answer.account).toBeNull()

  const again = confirmingApi(portal, { ...cy.visitor, email: 'Cy@alpha.example' })
  const { account } = await again.call(getMe, {})
  expect(account).toMatchObject({ roles: ['company-admin'] })
  expect(await again.call(getMyCompany, {})).toMatchObject({ sole: true, people: [{ id: cy.id }] })
  expect((await again.call(listMyConfigurations, {})).items).toEqual([])
  expect((await own.admin.api.call(listMyConfigurations, {})).items.length).toBeGreaterThan(0)
  expect((await own.admin.api.call(getMyCompany, {})).people.map(({ id }) => id)).not.toContain(cy.id)
  expect((await lastMail(portal, cy.email)).subject).toContain('Alpha Machining')
})

test('strangers are not found, members may not, and a person alone has nothing to be taken out of', async () => {
  expect(await typeOf(remove(own.admin.visitor, other.member.id))).toBe('not-found')
  expect(await typeOf(setRole(own.admin.visitor, other.member.id, 'company-admin'))).toBe('not-found')
  expect(await typeOf(remove(own.member.visitor, own.admin.id))).toBe('not-permitted')
  const alone = await newCustomer(portal, { email: 'alone@example.com' })
  expect(await typeOf(remove('sales', alone.id))).toBe('company-of-one')
})

test('staff take the only one out of a firm, who goes on as a company of one', async () => {
  const dan = await newCustomer(portal, { email: 'dan@example.com', companyName: 'Dan & Nobody' })
  await remove('sales', dan.id)
  const again = await portal.api({ ...dan.visitor, email: 'Dan@example.com' })
  expect(await again.call(getMyCompany, {})).toMatchObject({ sole: true, name: `Person ${dan.email}` })
})
