import { expect, test } from 'vitest'
import { testPortal } from '../../../../test/test-portal.ts'
import { changeMe, getCompany, getMe, getMyCompany, listCompanies, signUp, verifyEmail } from '../core/index.ts'
import { accounts, companyName, companyOf, findCompanyByContact } from './index.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal({ features: [accounts] })
const { api, database, platform } = portal
const password = 'correct horse battery'
const problem = (type: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ type: expect.stringContaining(type) }) })

async function customer(email: string, company: string) {
  const visitor = await api()
  await visitor.call(signUp, { body: { name: `Owner of ${company}`, email, password, companyName: company } })
  await visitor.call(verifyEmail, { body: { token: tokenIn(await lastMail(portal, email)) } })
  return api({ email, password })
}
const alpha = await customer('owner@alpha.example', 'Alpha 100% Machining')
const beta = await customer('owner@beta.example', 'Beta Tools')

test('a customer sees his own company and people, and no other', async () => {
  const mine = await alpha.call(getMyCompany, {})
  expect(mine).toMatchObject({ name: 'Alpha 100% Machining', people: [{ email: 'owner@alpha.example', role: 'company-admin' }] })
  const other = await beta.call(getMyCompany, {})
  await expect(alpha.call(getCompany, { params: { companyId: other.id } })).rejects.toEqual(problem('not-permitted'))
  await expect(alpha.call(listCompanies, {})).rejects.toEqual(problem('not-permitted'))
})

test('staff belong to no company', async () => {
  await expect((await api('sales')).call(getMyCompany, {})).rejects.toEqual(problem('not-permitted'))
})

test('sales finds companies by part of a name and by a whole address; wildcards are letters', async () => {
  const sales = await api('sales')
  const names = async (q: string) => (await sales.call(listCompanies, { query: { q } })).items.map(({ name }) => name)
  expect(await names('alpha')).toEqual(['Alpha 100% Machining'])
  expect(await names('owner of beta')).toEqual(['Beta Tools'])
  expect(await names('Owner@Beta.example')).toEqual(['Beta Tools'])
  expect(await names('@beta.example')).toEqual([])
  expect(await names('100%')).toEqual(['Alpha 100% Machining'])
  expect(await names('_eta')).toEqual([])
  const first = await sales.call(listCompanies, { query: { limit: 1 } })
  const second = await sales.call(listCompanies, { query: { limit: 1, cursor: first.nextCursor! } })
  expect(second.items[0]!.id).not.toBe(first.items[0]!.id)
})

test.each(['product', 'marketing'] as const)('%s may not look customers up', async role => {
  await expect((await api(role)).call(listCompanies, {})).rejects.toEqual(problem('not-permitted'))
})

test('a company is recognised by a confirmed address or a stated phone number', async () => {
  await beta.call(changeMe, { body: { phone: '138 0013 8000' } })
  expect(await findCompanyByContact(platform, { email: 'OWNER@alpha.example' })).toMatchObject({
    companyName: 'Alpha 100% Machining',
    via: 'email',
  })
  expect(await findCompanyByContact(platform, { phone: '+86 13800138000' })).toMatchObject({
    companyName: 'Beta Tools',
    via: 'phone',
  })
  expect(await findCompanyByContact(platform, { email: 'unknown@example.com', phone: 'nonsense' })).toBeNull()
  await (await api()).call(signUp, { body: { name: 'M', email: 'unconfirmed@example.com', password } })
  expect(await findCompanyByContact(platform, { email: 'unconfirmed@example.com' })).toBeNull()
})

test('the company of an account and its name can be asked by other features', async () => {
  const { account } = await alpha.call(getMe, {})
  const company = await companyOf(database, account!.id)
  expect(company).toEqual({ id: account!.companyId, name: 'Alpha 100% Machining', sole: false })
  expect(await companyName(database, company!.id)).toBe('Alpha 100% Machining')
})

test('a person changes his own name, phone and language, and a wrong number is refused under its field', async () => {
  const { account } = await alpha.call(changeMe, { body: { name: '李雷', phone: '0512-6688 0000', language: 'en' } })
  expect(account).toMatchObject({ name: '李雷', phone: '+8651266880000', language: 'en' })
  expect((await alpha.call(changeMe, { body: { phone: '' } })).account.phone).toBeNull()
  const failure = await alpha.call(changeMe, { body: { phone: 'call me' } }).catch(error => error)
  expect(failure.problem).toMatchObject({ status: 422, errors: [{ field: '/phone' }] })
  await expect((await api()).call(changeMe, { body: { name: 'X' } })).rejects.toEqual(problem('sign-in-needed'))
})
