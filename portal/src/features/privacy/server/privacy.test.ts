import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { getMe, signIn, signUp, verifyEmail } from '#features/accounts/core'
import { getProduct } from '#features/products/core'
import { getLead, listLeads, submitInquiry } from '#features/sales/core'
import type { Api, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  askAsVisitor,
  askForMyself,
  confirmRequest,
  currentConsent,
  eraseAlone,
  fetchExport,
  getDeclarations,
  getMyPrivacy,
  getRequest,
  listRequests,
  moveRequest,
  withdrawConsent,
} from '../core/index.ts'
import { eraseAgain } from './erase-person.ts'
import { remind, retire } from './nightly.ts'

const portal = await testPortal()
const { api, platform, database, mails, request } = portal
await publishDrillStand(platform)
const visitor = await api()
const admin = await api('admin')
const confirming = confirmingApi(portal, 'admin')
const sales = await api('sales')
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
const password = 'a bench, a vice and a file'
const proof = { method: 'password', password } as const

const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

const tokenTo = async (email: string) => {
  const mail = (await mails()).findLast(({ to }) => to === email)!
  return /[?&]token=([\w-]+)/.exec(mail.text)![1]!
}

async function customer(email: string): Promise<Api> {
  await visitor.call(signUp, { body: { name: 'Zhou Erased', email, password } })
  await visitor.call(verifyEmail, { body: { token: await tokenTo(email) } })
  return api({ email, password })
}

async function inquire(contact: { name?: string; company?: string; email?: string; phone?: string }, headers = {}, as?: Api) {
  const body = {
    configuration: standardDraft(modelVersionId),
    contact,
    message: 'words of the person',
    consent: { version: currentConsent('inquiry').version, accepted: true as const },
    source: { utm_source: 'baidu' },
  }
  if (as) await as.call(submitInquiry, { body })
  else
    await request('/api/v1/inquiries', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  await portal.portal.settled()
  const { items } = await sales.call(listLeads, { query: { search: contact.email ?? '' } })
  return items[0]!.id
}

async function openRequestOf(email: string) {
  const { items } = await admin.call(listRequests, { query: { limit: 100 } })
  return items.find(item => item.email === email)!
}

test('who is signed in gets all that is held of him, after a proof, and nobody else does', async () => {
  const email = 'export@own.example'
  const own = await customer(email)
  await inquire({ name: 'Zhou', email }, {}, own)
  expect((await refused(own.call(askForMyself, { body: { kind: 'export', proof: { ...proof, password: 'x' } } }))).status).toBe(
    403,
  )
  const { id, state } = await own.call(askForMyself, { body: { kind: 'export', proof } })
  expect(state).toBe('identity-checked')
  await mails()
  const params = { requestId: id }
  const { content } = await own.call(fetchExport, { params, body: { format: 'json', proof } })
  const data = JSON.stringify(JSON.parse(content))
  for (const held of [email, 'words of the person', 'Zhou Erased', currentConsent('inquiry').version])
    expect(data).toContain(held)
  const page = await own.call(fetchExport, { params, body: { format: 'html', proof } })
  expect(page.content).toContain('words of the person')
  const stranger = await customer('stranger@other.example')
  expect((await refused(stranger.call(fetchExport, { params, body: { format: 'json', proof } }))).status).toBe(404)
  expect((await own.call(getMyPrivacy, {})).requests).toMatchObject([{ kind: 'export', state: 'done', ready: true }])
})

test('what is still being worked on is not asked for a second time', async () => {
  const own = await customer('twice@own.example')
  const ask = () => own.call(askForMyself, { body: { kind: 'correction', words: 'My name is spelt Zhou.', proof } }) // done by a person
  await ask()
  expect((await refused(ask())).type).toBe('/problems/request-open')
})

test('a visitor proves his address by the mail, once, and is sent what is held under it', async () => {
  const email = 'visitor@access.example'
  await inquire({ name: 'Access', email })
  await visitor.call(askAsVisitor, { body: { kind: 'access', email: email.toUpperCase() } })
  const token = await tokenTo(email)
  expect(await openRequestOf(email)).toMatchObject({ state: 'received', account: false })
  await visitor.call(confirmRequest, { body: { token } })
  expect((await refused(visitor.call(confirmRequest, { body: { token } }))).status).toBe(410)
  const mail = (await mails()).findLast(({ to }) => to === email)!
  expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['text/html', 'application/json'])
})

test('an erasure ends the account and its sessions, empties his leads, keeps their number and amount, and comes back after a restore', async () => {
  const email = 'zhou@erased.example'
  const own = await customer(email)
  const { account } = await own.call(getMe, {})
  const leadId = await inquire({ name: 'Zhou Erased', company: 'Erased Ltd', email, phone: '+49 89 7654321' }, {}, own)
  const before = await sales.call(getLead, { params: { leadId } })
  await own.call(askForMyself, { body: { kind: 'erasure', words: 'please', proof } })

  const { id } = await openRequestOf(email)
  const { etag } = await admin.callWithEtag(getRequest, { params: { requestId: id } })
  const erase = { params: { requestId: id }, body: { state: 'done', note: '' }, ifMatch: etag } as const
  expect((await refused(admin.call(moveRequest, erase))).type).toBe('/problems/confirmation-needed')
  expect((await own.call(getMe, {})).account).not.toBeNull()
  const done = await confirming.call(moveRequest, erase)
  expect(done).toMatchObject({ state: 'done', email: null, words: '' })

  expect((await own.call(getMe, {})).account).toBeNull()
  expect((await refused(visitor.call(signIn, { body: { email, password } }))).type).toBe('/problems/sign-in-refused')
  const after = await sales.call(getLead, { params: { leadId } })
  expect(after).toMatchObject({ number: before.number, net: before.net, status: before.status, message: '', source: {} })
  expect(after.contact).toMatchObject({ name: '已删除 · erased', company: '', email: '', phone: '' })

  const journal = readFileSync(join(platform.config.dataDir, 'journal/erasures.jsonl'), 'utf8')
  expect(journal).toContain(account!.id)
  expect(journal).not.toContain('zhou')

  // a backup from before brings him back
  const sealed = await platform.vault.seal(email, 'contact.email')
  await database.pool.query(
    `update contact set name = 'Zhou Erased', email = $1, email_digest = (select email_digest from privacy_request where id = $2)
     where id in (select i.contact_id from inquiry i join lead l on l.inquiry_id = i.id where l.id = $3)`,
    [sealed, id, leadId],
  )
  expect((await sales.call(getLead, { params: { leadId } })).contact.email).toBe(email)
  await eraseAgain(platform)
  await eraseAgain(platform)
  expect((await sales.call(getLead, { params: { leadId } })).contact).toMatchObject({ name: '已删除 · erased', email: '' })
})

test('who has erased as many people in a day as he may alone needs a second person for the next', async () => {
  const anErasure = async (email: string) => {
    await (await customer(email)).call(askForMyself, { body: { kind: 'erasure', words: 'please', proof } })
    const { id } = await openRequestOf(email)
    const { etag } = await admin.callWithEtag(getRequest, { params: { requestId: id } })
    return { params: { requestId: id }, body: { state: 'done', note: '' }, ifMatch: etag } as const
  }
  const secondPerson = async (erasure: Awaited<ReturnType<typeof anErasure>>) =>
    (await refused(admin.call(moveRequest, erasure))).confirmation

  const first = await anErasure('first@erased.example')
  expect(await secondPerson(first)).toMatchObject({ secondPerson: 'not-needed' })
  await confirming.call(moveRequest, first)
  await database.pool.query(
    `insert into privacy_request_entry select gen_random_uuid(), request_id, actor_id, state, note, at
     from privacy_request_entry, generate_series(1, $2) where request_id = $1 and state = 'done'`,
    [first.params.requestId, eraseAlone],
  )
  expect(await secondPerson(await anErasure('next@erased.example'))).toMatchObject({ secondPerson: 'nobody-else' })
})

test('a staff account is not erased by a request', async () => {
  const marketing = await api('marketing')
  const { id } = await marketing.call(askForMyself, {
    body: { kind: 'erasure', proof: { method: 'password', password: 'fettle-demo-2026' } },
  })
  const { etag } = await admin.callWithEtag(getRequest, { params: { requestId: id } })
  const erase = admin.call(moveRequest, { params: { requestId: id }, body: { state: 'done' }, ifMatch: etag })
  expect((await refused(erase)).type).toBe('/problems/staff-not-erased')
  expect((await marketing.call(getMe, {})).account).not.toBeNull()
})

test('a request moves along its table, for the version seen, and its end is mailed', async () => {
  const email = 'moves@privacy.example'
  await visitor.call(askAsVisitor, { body: { kind: 'correction', email, words: 'my name is wrong' } })
  await visitor.call(confirmRequest, { body: { token: await tokenTo(email) } })
  const { id } = await openRequestOf(email)
  const params = { requestId: id }
  const { value, etag } = await admin.callWithEtag(getRequest, { params })
  expect(value).toMatchObject({
    words: 'my name is wrong',
    moves: ['in-work', 'done', 'refused'],
    weekdaysLeft: expect.any(Number),
  })
  const back = admin.call(moveRequest, { params, body: { state: 'received' }, ifMatch: etag })
  expect((await refused(back)).type).toBe('/problems/request-transition')
  await admin.call(moveRequest, { params, body: { state: 'in-work', note: 'asked sales' }, ifMatch: etag })
  expect((await refused(admin.call(moveRequest, { params, body: { state: 'done' }, ifMatch: etag }))).status).toBe(412)
  const { etag: next } = await admin.callWithEtag(getRequest, { params })
  const done = await admin.call(moveRequest, { params, body: { state: 'done', note: 'corrected' }, ifMatch: next })
  expect(done.entries.map(({ state }) => state)).toEqual(['received', 'identity-checked', 'in-work', 'done'])
  expect((await mails()).findLast(({ to }) => to === email)!.text).toContain('corrected')
})

test('a consent is kept with its text’s version and hash, and its withdrawal tells those concerned', async () => {
  const email = 'consent@own.example'
  await inquire({ email }) // before he had an account
  const own = await customer(email)
  const { consents } = await own.call(getMyPrivacy, {})
  expect(consents).toMatchObject([{ purpose: 'inquiry', text: currentConsent('inquiry').text, withdrawnAt: null }])
  const params = { consentId: consents[0]!.id }
  expect((await refused((await customer('other@own.example')).call(withdrawConsent, { params }))).status).toBe(404)
  expect((await own.call(withdrawConsent, { params })).withdrawnAt).not.toBeNull()
  expect(await openRequestOf(email)).toMatchObject({ kind: 'withdrawal', state: 'identity-checked' })
  const { rows } = await database.pool.query('select text_hash, request_id, form from consent where id = $1', [params.consentId])
  expect(rows).toEqual([{ text_hash: expect.stringMatching(/^[\da-f]{64}$/), request_id: expect.any(String), form: 'inquiry' }])
})

test('where a browser asks not to be followed, nothing is kept of where the visit came from', async () => {
  const leadId = await inquire({ email: 'gpc@privacy.example' }, { 'sec-gpc': '1' })
  expect((await sales.call(getLead, { params: { leadId } })).source).toEqual({})
  const other = await inquire({ email: 'no-gpc@privacy.example' })
  expect((await sales.call(getLead, { params: { leadId: other } })).source).toEqual({ utm_source: 'baidu' })
  expect(await (await request('/.well-known/gpc.json')).json()).toMatchObject({ gpc: true })
})

test('the declarations say of every kind of data what for and how long, in both languages', async () => {
  const { items } = await visitor.call(getDeclarations, {})
  expect(items.length).toBeGreaterThan(12)
  for (const { about, why, kept, fields } of items) {
    for (const text of [about, why, kept]) expect(Object.values(text).every(words => words.length > 1)).toBe(true)
    expect(fields.length).toBeGreaterThan(0)
  }
})

test('what was kept long enough goes at night, and closed leads lose the person', async () => {
  const leadId = await inquire({ name: 'Long Ago', email: 'long@ago.example' })
  await database.pool.query(`update lead set status = 'won', updated_at = now() - interval '3 years' where id = $1`, [leadId])
  await mails() // the last of them is still on its way
  await database.pool.query(`update caught_mail set at = now() - interval '31 days'`)
  await retire(platform)
  expect((await sales.call(getLead, { params: { leadId } })).contact.name).toBe('已删除 · erased')
  expect((await database.pool.query('select from caught_mail')).rowCount).toBe(0)
})

test('those who look after requests are reminded of what is due, by numbers alone', async () => {
  await visitor.call(askAsVisitor, { body: { kind: 'correction', email: 'due@privacy.example' } })
  await visitor.call(confirmRequest, { body: { token: await tokenTo('due@privacy.example') } })
  await database.pool.query(`update privacy_request set due_at = now() - interval '1 day' where closed_at is null`)
  await remind(platform)
  const mail = (await mails()).findLast(({ to }) => to === 'admin@zhizao.example')!
  expect(mail.subject).toMatch(/^\d+ 项隐私申请/)
  expect(mail.text).not.toContain('due@privacy.example')
})
