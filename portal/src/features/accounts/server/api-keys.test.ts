import { beforeEach, expect, test } from 'vitest'
import { listMyConfigurations, saveConfiguration } from '#features/configurator/core'
import { type Api, createApi, fillPath, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { standardDraft } from '../../../../test/small-product.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { newCustomer, twoCompanies } from '../../../../test/two-companies.ts'
import {
  changeStaff,
  deactivate,
  forgotPassword,
  getMe,
  getMyCompany,
  getStaffMember,
  listApiKeysOf,
  listCompanies,
  listMyApiKeys,
  listMySessions,
  listStaff,
  makeApiKey,
  mostKeys,
  type PermissionName,
  reactivate,
  resetPassword,
  revokeApiKeyOf,
  revokeMyApiKey,
  signOut,
} from '../core/index.ts'
import { warnOfExpiringKeys } from './api-key-expiry.ts'
import { turnClock } from './test-authenticator.ts'
import { lastMail, tokenIn } from './test-links.ts'

const portal = await testPortal({ config: { trustProxy: 1 } })
const world = await twoCompanies(portal)
const { own, other, database, platform, request } = world
await portal.api('admin') // so that the demo's people are there
const admin = confirmingApi(portal, 'admin')
const { items: staff } = await admin.call(listStaff, { query: { limit: 100 } })
const idOf = (role: string) => staff.find(({ roles }) => roles.some(held => held === role))!.id

const { now } = platform
beforeEach(async () => {
  platform.now = now // some turn it
  await database.pool.query('delete from api_key')
})

interface Wish {
  name?: string
  scopes: PermissionName[]
  days?: number
}
const newKey = (as: Visitor, { name = 'ERP sync', ...wish }: Wish) =>
  confirmingApi(portal, as).call(makeApiKey, { body: { name, ...wish } })

/** A request as a program sends it: with a key, and no more. */
const byKey = (key: string, path: string, init: RequestInit = {}, address = '192.0.2.1') =>
  request(path, { ...init, headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': address, ...init.headers } })
const program = (key: string): Api =>
  createApi((path, { method, headers, body = null }) =>
    byKey(key, path, { method, headers: headers as Record<string, string>, body: body as string | null }),
  )

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error(`no problem, but ${error}`)
  return { ...error.problem, type: error.problem.type.slice('/problems/'.length) }
}
const typeOf = async (work: Promise<unknown>) => (await problemOf(work)).type
const stateOf = async (key: string) => (await byKey(key, '/api/v1/me')).status
const entries = async (action: string) => {
  const { rows } = await database.pool.query('select * from audit_entry where action = $1 order by position', [action])
  return rows
}

test('a program reads in the name of its owner what the scopes name; the key is shown once and kept as a hash', async () => {
  const made = await newKey(own.member.visitor, { scopes: ['configuration.read-own'] })
  expect(made).toMatchObject({ name: 'ERP sync', scopes: ['configuration.read-own'], lost: [], expired: false, usedAt: null })
  expect(made.key.startsWith(`${made.prefix}_`)).toBe(true)

  const { items } = await program(made.key).call(listMyConfigurations, { query: {} })
  expect(items.map(({ token }) => token)).toContain(own.configurationToken)

  const { items: mine } = await own.member.api.call(listMyApiKeys, {})
  expect(mine).toMatchObject([{ id: made.id, prefix: made.prefix, usedFrom: '192.0.2.1' }])
  const secret = made.key.slice(made.prefix.length + 1)
  const { rows } = await database.pool.query('select row_to_json(k)::text as row from api_key k')
  expect(JSON.stringify([mine, rows, await entries('api-key.made')])).not.toContain(secret)
  expect(rows[0].row).not.toContain('192.0.2.1')

  const mail = await lastMail(portal, own.member.email)
  expect(mail.text).toContain(made.prefix)
  expect(mail.text).not.toContain(secret)
})

test('what the scopes do not name is refused with the permission that is missing', async () => {
  const { key } = await newKey(own.member.visitor, { scopes: ['configuration.read-own'] })
  const problem = await problemOf(program(key).call(getMyCompany, {}))
  expect(problem).toMatchObject({ type: 'not-permitted', status: 403, permission: 'company.read-own' })
})

test('nobody gives a key what he may not do himself, and nobody gives it the mailbox', async () => {
  const beyond = await problemOf(newKey(own.member.visitor, { scopes: ['company.read-own', 'lead.read'] }))
  expect(beyond).toMatchObject({ type: 'validation', errors: [{ field: '/scopes/1', value: 'lead.read' }] })
  expect(await typeOf(newKey('admin', { scopes: ['mail.read'] }))).toBe('validation')
  const { key } = await newKey('admin', { scopes: ['audit.read'] })
  await database.pool.query(`update api_key set scopes = '{mail.read}'`)
  expect((await byKey(key, '/api/v1/mail')).status).toBe(403)
})

test('a key loses at once what its owner loses, and has it again with him', async () => {
  const { key } = await newKey('service', { scopes: ['company.read'] })
  const change = async (role: 'service' | 'marketing') => {
    const { value, etag } = await admin.callWithEtag(getStaffMember, { params: { accountId: idOf('service') } })
    await admin.call(changeStaff, { params: { accountId: value.id }, body: { roles: [role] }, ifMatch: etag })
  }
  await program(key).call(listCompanies, { query: {} })
  await change('marketing')
  expect(await typeOf(program(key).call(listCompanies, { query: {} }))).toBe('not-permitted')
  const { items } = await (await portal.api('service')).call(listMyApiKeys, {})
  expect(items).toMatchObject([{ scopes: [], lost: ['company.read'] }])
  await change('service')
  await program(key).call(listCompanies, { query: {} })
})

test('a key sees its own company and no other', async () => {
  const { key } = await newKey(other.admin.visitor, { scopes: ['configuration.read-own', 'company.read-own'] })
  const { items } = await program(key).call(listMyConfigurations, { query: {} })
  expect(items.map(({ token }) => token)).not.toContain(own.configurationToken)
  expect((await program(key).call(getMyCompany, {})).id).toBe(other.id)
})

test('making a key needs a fresh confirmation', async () => {
  const body = { name: 'ERP sync', scopes: ['company.read-own' as const] }
  expect(await typeOf(own.member.api.call(makeApiKey, { body }))).toBe('confirmation-needed')
})

test('a key works for 90 days unless told otherwise, and for a year at most', async () => {
  const days = ({ createdAt, expiresAt }: { createdAt: string; expiresAt: string }) =>
    (Date.parse(expiresAt) - Date.parse(createdAt)) / (24 * 60 * 60_000)
  expect(days(await newKey(own.member.visitor, { scopes: ['company.read-own'] }))).toBe(90)
  expect(days(await newKey(own.member.visitor, { scopes: ['company.read-own'], days: 365 }))).toBe(365)
  expect(await typeOf(newKey(own.member.visitor, { scopes: ['company.read-own'], days: 366 }))).toBe('validation')
})

test.each([
  ['none at all', 'nonsense'],
  ['empty', ''],
  ['invented, of the right shape', `fettle_${'a'.repeat(8)}_${'b'.repeat(38)}`],
])('a key that is %s is refused, where anybody may call too', async (_, key) => {
  for (const path of ['/api/v1/me', '/api/v1/products', '/api/v1/leads', '/api/v1/live?topics=leads']) {
    const answer = await byKey(key, path, {}, '192.0.2.2')
    expect(answer.status, path).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="fettle", error="invalid_token"')
    expect(await answer.json()).toMatchObject({ type: '/problems/key-refused', remedy: expect.any(String) })
  }
})

test('an expired key is refused, and stays in the list for its owner to see why', async () => {
  const { key } = await newKey(own.member.visitor, { scopes: ['company.read-own'], days: 1 })
  expect(await stateOf(key)).toBe(200)
  await database.pool.query(`update api_key set expires_at = now() - interval '1 second'`)
  expect(await stateOf(key)).toBe(401)
  const { items } = await own.member.api.call(listMyApiKeys, {})
  expect(items).toMatchObject([{ expired: true }])
})

test('revoking ends a key and its open streams at once; a stranger cannot', async () => {
  const { key, id } = await newKey('marketing', { scopes: ['lead.read'] })
  const stream = await byKey(key, '/api/v1/live?topics=leads')
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  await reader.read()
  expect(await typeOf(own.admin.api.call(revokeMyApiKey, { params: { keyId: id } }))).toBe('not-found')
  await (await portal.api('marketing')).call(revokeMyApiKey, { params: { keyId: id } })
  for (let next = await reader.read(); !next.done; next = await reader.read());
  expect(await stateOf(key)).toBe(401)
  expect((await entries('api-key.revoked')).at(-1)).toMatchObject({ actor_id: idOf('marketing'), target_id: idOf('marketing') })
})

test('cookies beside a key do not count, and no page elsewhere can borrow them by sending one', async () => {
  const cookie = await portal.newSession('admin')
  const { key } = await newKey(own.member.visitor, { scopes: ['company.read-own'] })
  const both = await byKey(key, '/api/v1/me', { headers: { cookie } })
  expect(await both.json()).toMatchObject({ account: { id: own.member.id } })
  const wrong = await byKey('wrong', '/api/v1/me', { headers: { cookie } })
  expect(wrong.status).toBe(401)
})

test('a program may come from any origin, a browser with a cookie from ours alone', async () => {
  const { modelVersionId } = world
  const { key } = await newKey(own.member.visitor, { scopes: ['configuration.read-own'] })
  const body = JSON.stringify(standardDraft(modelVersionId))
  const headers = { 'content-type': 'application/json', origin: 'https://elsewhere.example' }
  const path = `/api/v1${fillPath(saveConfiguration.path, {})}`
  expect((await byKey(key, path, { method: 'POST', headers, body })).status).toBe(201)
  expect((await request(path, { method: 'POST', headers, body }, own.member.visitor)).status).toBe(403)
})

test('pages know no keys', async () => {
  const { key } = await newKey('admin', { scopes: ['lead.read'] })
  const page = await byKey(key, '/problems/key-refused')
  expect(page.status).toBe(200)
  expect((await byKey('wrong', '/problems/key-refused')).status).toBe(200)
})

test('the account, its sessions and its keys are out of reach of a key with every scope', async () => {
  const { key, id } = await newKey('admin', { scopes: ['staff.manage', 'company.manage'] })
  const { call } = program(key)
  const closed = [
    call(listMyApiKeys, {}),
    call(makeApiKey, { body: { name: 'child', scopes: ['staff.manage'] } }),
    call(revokeMyApiKey, { params: { keyId: id } }),
    call(listMySessions, {}),
    call(signOut, {}),
    call(listApiKeysOf, { params: { accountId: own.member.id } }),
    call(deactivate, { params: { accountId: own.member.id } }),
  ]
  expect(await Promise.all(closed.map(typeOf))).toEqual(closed.map(() => 'not-for-keys'))
  expect((await call(getMe, {})).account?.id).toBe(idOf('admin'))
})

test('what a program did is told of its owner, with the key', async () => {
  const { key, id } = await newKey('product', { scopes: ['product.read', 'product.write'] })
  const { rows } = await database.pool.query('select revision from product where id = $1', [world.productId])
  const answer = await byKey(key, `/api/v1/console/products/${world.productId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': `"${rows[0].revision}"` },
    body: JSON.stringify({ status: 'withdrawn' }),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  const [entry] = (await entries('product.changed')).slice(-1)
  expect(entry).toMatchObject({ actor_kind: 'api-key', actor_id: idOf('product') })
  expect(JSON.stringify(entry.changes)).toContain(id)
})

test('deactivation ends the keys for good', async () => {
  const { key } = await newKey('marketing', { scopes: ['lead.read'] })
  await admin.call(deactivate, { params: { accountId: idOf('marketing') } })
  expect(await stateOf(key)).toBe(401)
  await admin.call(reactivate, { params: { accountId: idOf('marketing') } })
  expect(await stateOf(key)).toBe(401)
})

test('a password set anew by mail ends the keys', async () => {
  const person = await newCustomer(portal, { email: 'forgetful@gamma.example' })
  const { key } = await newKey(person.visitor, { scopes: ['company.read-own'] })
  await (await portal.api()).call(forgotPassword, { body: { email: person.email } })
  const token = tokenIn(await lastMail(portal, person.email))
  expect(await stateOf(key)).toBe(200)
  await (await portal.api()).call(resetPassword, { body: { token, password: 'a bench, a vice and a rasp' } })
  expect(await stateOf(key)).toBe(401)
})

test('a key made in one company does not follow its owner into another', async () => {
  const person = await newCustomer(portal, { email: 'moves@delta.example' })
  const { key } = await newKey(person.visitor, { scopes: ['company.read-own'] })
  expect(await stateOf(key)).toBe(200)
  await database.pool.query('update company_member set company_id = $1 where person_id = $2', [own.id, person.id])
  expect(await stateOf(key)).toBe(401)
})

test('who looks after somebody sees and revokes his keys, and the owner is told; equals and strangers do not', async () => {
  const { id, key } = await newKey(own.member.visitor, { scopes: ['company.read-own'] })
  const accountId = own.member.id
  expect(await stateOf(key)).toBe(200)
  const { items } = await own.admin.api.call(listApiKeysOf, { params: { accountId } })
  expect(items).toMatchObject([{ id, name: 'ERP sync', usedAt: expect.any(String), usedFrom: null }])
  const params = { accountId, keyId: id }
  expect(await typeOf(other.admin.api.call(revokeApiKeyOf, { params }))).toBe('not-found')
  await own.admin.api.call(revokeApiKeyOf, { params })
  expect(await stateOf(key)).toBe(401)
  expect((await lastMail(portal, own.member.email)).text).toContain('ERP sync')
})

test(`somebody has ${mostKeys} keys at most, however many he asks for at once`, async () => {
  await database.pool.query(
    `insert into api_key (id, person_id, company_id, name, prefix, digest, scopes, created_at, expires_at)
     select gen_random_uuid(), $1, $2, 'one of many', '', gen_random_uuid(), '{}', now(), now() + interval '1 day'
     from generate_series(1, $3)`,
    [own.member.id, own.id, mostKeys - 1],
  )
  const wishes = [1, 2, 3].map(() => newKey(own.member.visitor, { scopes: ['company.read-own'] }))
  const done = await Promise.allSettled(wishes)
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of done) if (one.status === 'rejected') expect(one.reason.problem.type).toBe('/problems/too-many-keys')
})

test('the last use is written once a minute, not with every call', async () => {
  const clock = turnClock(platform)
  const { key } = await newKey(own.member.visitor, { scopes: ['company.read-own'] })
  const used = async () => {
    await byKey(key, '/api/v1/me')
    return (await own.member.api.call(listMyApiKeys, {})).items[0]!.usedAt
  }
  const first = await used()
  clock.forward(59)
  expect(await used()).toBe(first)
  clock.forward(1)
  expect(await used()).toBe(new Date(Date.parse(first!) + 60_000).toISOString())
})

test('the owner is told once, in the week before a key expires, unless he made it for a week', async () => {
  const clock = turnClock(platform)
  await newKey(own.admin.visitor, { name: 'short', scopes: ['company.read-own'], days: 7 })
  await newKey(own.admin.visitor, { name: 'long', scopes: ['company.read-own'], days: 30 })
  const warn = async () => {
    await database.transaction(() => warnOfExpiringKeys(platform))
    const mails = (await portal.mails()).filter(({ to, subject }) => to === own.admin.email && /到期|expires/.test(subject))
    return mails.map(({ text }) => (text.includes('“long”') ? 'long' : 'short'))
  }
  expect(await warn()).toEqual([])
  clock.forward(23 * 24 * 60 * 60)
  await warn()
  expect(await warn()).toEqual(['long'])
})

test('whoever tries keys from one place has to wait, and a key that holds never does', async () => {
  const { key } = await newKey(own.member.visitor, { scopes: ['company.read-own'] })
  const place = '203.0.113.9'
  const guesses: number[] = []
  for (let i = 0; i < 32; i++) guesses.push((await byKey(`guess ${i}`, '/api/v1/me', {}, place)).status)
  expect(guesses.slice(0, 30)).toEqual(Array(30).fill(401))
  expect(guesses.slice(30)).toEqual([429, 429])
  expect((await byKey(key, '/api/v1/me', {}, place)).status).toBe(200)
})

test('erasing the owner ends his keys, and his copy of the data lists them', async () => {
  const person = await newCustomer(portal, { email: 'leaves@epsilon.example' })
  const { key } = await newKey(person.visitor, { name: 'to the warehouse', scopes: ['company.read-own'] })
  expect(await stateOf(key)).toBe(200)
  const subject = { accountId: person.id, emailDigest: null, phoneDigest: null }
  const copy = await platform.people.collect(platform, subject)
  expect(JSON.stringify(copy)).toContain('to the warehouse')
  expect(JSON.stringify(copy)).toContain('192.0.2.1')
  await database.transaction(() => platform.people.erase(platform, subject))
  expect(await stateOf(key)).toBe(401)
})
