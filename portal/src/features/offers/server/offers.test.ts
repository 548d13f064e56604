import { expect, test } from 'vitest'
import { getMe } from '#features/accounts/core'
import { demoAccounts } from '#features/accounts/server'
import { getPreset, getProduct, savePreset } from '#features/products/core'
import { publishModel } from '#features/products/server'
import { contactConsent, getLead, listLeads, submitInquiry } from '#features/sales/core'
import { type Api, ProblemError } from '#platform/core'
import { readPdf } from '../../../../stories/read-pdf.ts'
import { drillStand, publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { newCustomer } from '../../../../test/two-companies.ts'
import {
  acceptOffer,
  agreement,
  answerOffer,
  createOffer,
  declineOffer,
  followOffer,
  getMyOffer,
  getOffer,
  getSharedOffer,
  listMyOffers,
  listOffers,
  type OfferContent,
  type OfferDetail,
  saveOfferDraft,
  sendOffer,
  withdrawOffer,
  writeOnOffer,
} from '../core/index.ts'
import { expireOffers, remindCustomers } from './expire-offers.ts'
import { personal } from './personal.ts'

const testing = await testPortal()
const { api, platform, portal, mails, database, request } = testing
await publishDrillStand(platform)
const visitor = await api()
const [sales, admin] = [await api('sales'), await api('admin')]
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

async function newLead(contact: { name?: string; email?: string; phone?: string }, as: Api = visitor): Promise<string> {
  const consent = { version: contactConsent.version, accepted: true as const }
  await as.call(submitInquiry, { body: { configuration: standardDraft(modelVersionId), contact, consent } })
  await portal.settled()
  return (await sales.call(listLeads, { query: { search: contact.email ?? contact.phone ?? '' } })).items[0]!.id
}

/** A draft of one's own. */
async function draft(contact: Parameters<typeof newLead>[0] = { email: `${crypto.randomUUID()}@a.example` }, as?: Api) {
  const leadId = await newLead({ name: '王磊', ...contact }, as)
  const { id } = await sales.call(createOffer, { params: { leadId } })
  return { leadId, params: { offerId: id } }
}

type Params = { offerId: string }
const read = (params: Params, as: Api = sales) => as.callWithEtag(getOffer, { params })

async function change(
  params: Params,
  edit: (content: OfferContent) => OfferContent,
  as: Api = sales,
  recipient?: OfferDetail['recipient'],
) {
  const { value, etag } = await read(params, as)
  const body = { recipient: recipient ?? value.recipient, content: edit(value.content) }
  return as.call(saveOfferDraft, { params, body, ifMatch: etag })
}

async function send(params: Params, as: Api = sales) {
  const { etag } = await read(params, as)
  const { history } = await as.call(sendOffer, { params, ifMatch: etag })
  return { token: history[0]!.path!.replace('/offers/', '') }
}

const acceptance = { name: '周建国', agreed: true as const, agreementVersion: agreement.version }
const accept = (token: string) => visitor.call(acceptOffer, { params: { token }, body: acceptance })
const statusOfLead = async (leadId: string) => {
  await portal.settled()
  return (await sales.call(getLead, { params: { leadId } })).status
}

const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}

test('an offer begins with the configuration that was asked for, at its price, and the lead is won when it is accepted', async () => {
  const { leadId, params } = await draft({ email: 'story@a.example' })
  const { value } = await read(params)
  expect(value).toMatchObject({ number: expect.stringMatching(/^AN-\d{4}-\d{4}$/), version: 1, status: 'draft', currency: 'CNY' })
  expect(value.content.lines).toMatchObject([
    { kind: 'configuration', name: '钻台', unitPrice: 100_000, listPrice: 100_000, quantity: 1 },
  ])
  expect(await statusOfLead(leadId)).toBe('new')
  const { token } = await send(params)
  expect(await statusOfLead(leadId)).toBe('offered')

  const mail = (await mails()).findLast(({ to }) => to === 'story@a.example')!
  expect(mail).toMatchObject({
    subject: expect.stringContaining(value.number),
    attachments: [{ contentType: 'application/pdf' }],
  })
  expect(mail.text).toContain(`/offers/${token}`)

  const shared = await visitor.call(getSharedOffer, { params: { token } })
  expect(shared.totals).toEqual({ subtotal: 100_000, discount: 0, net: 100_000, tax: 13_000, gross: 113_000 })
  expect(JSON.stringify(shared)).not.toMatch(/cost|listPrice/)
  expect(await accept(token)).toMatchObject({ status: 'accepted', acceptance: { name: '周建国' } })
  expect(await statusOfLead(leadId)).toBe('won')
  const { entries } = await sales.call(getLead, { params: { leadId } })
  expect(entries.filter(({ kind }) => kind === 'offer').map(({ data }) => data.happening)).toEqual(['sent', 'accepted'])
})

test('accepted twice it stays accepted by whoever was first, with the hashes of what was agreed', async () => {
  const { params } = await draft()
  const { token } = await send(params)
  await accept(token)
  const again = await visitor.call(acceptOffer, { params: { token }, body: { ...acceptance, name: 'Somebody else' } })
  expect(again.acceptance?.name).toBe('周建国')
  const { rows } = await database.pool.query(
    'select a.*, v.digest from offer_acceptance a join offer_version v on v.id = a.version_id where v.token = $1',
    [token],
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ document_digest: rows[0].digest, agreement_version: agreement.version })
  expect(rows[0].name).not.toContain('周')
})

test('of accepting and withdrawing at once one wins, and the other is told', async () => {
  const { params } = await draft()
  const { token } = await send(params)
  const { etag } = await read(params)
  const withdraw = sales.call(withdrawOffer, { params, body: {}, ifMatch: etag })
  const outcomes = await Promise.allSettled([accept(token), withdraw])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const { status } = await visitor.call(getSharedOffer, { params: { token } })
  expect(status).toBe(outcomes[0].status === 'fulfilled' ? 'accepted' : 'withdrawn')
})

test('a newer version takes the place of the one before, whose link leads on; what was sent never changes', async () => {
  const { params } = await draft()
  const { token: first } = await send(params)
  const before = await visitor.call(getSharedOffer, { params: { token: first } })
  const counter = { kind: 'counter' as const, name: '周建国', text: '九折可以吗？', proposedNet: 90_000 }
  expect((await visitor.call(writeOnOffer, { params: { token: first }, body: counter })).status).toBe('countered')
  await sales.call(followOffer, { params, ifMatch: (await read(params)).etag })
  await change(params, content => ({ ...content, discount: { kind: 'percent', percent: 10 } }), sales, {
    name: '李四',
    company: '',
  })
  expect((await visitor.call(getSharedOffer, { params: { token: first } })).newerToken).toBeNull()
  const { token: second } = await send(params)
  const old = await visitor.call(getSharedOffer, { params: { token: first } })
  expect(old).toMatchObject({
    status: 'superseded',
    newerToken: second,
    totals: before.totals,
    lines: before.lines,
    recipient: { name: '王磊' },
  })
  expect(await refused(accept(first))).toMatchObject({ type: '/problems/offer-transition', from: 'superseded' })
  expect((await accept(second)).totals.net).toBe(90_000)
  const problem = await refused(sales.call(followOffer, { params, ifMatch: (await read(params)).etag }))
  expect(problem.type).toBe('/problems/offer-transition')
})

test('beyond the limit of the role nobody sends: line, limit and who may are named', async () => {
  const { params } = await draft()
  await change(params, ({ lines, ...content }) => ({ ...content, lines: lines.map(line => ({ ...line, discountPercent: 15 })) }))
  const problem = await refused(send(params))
  expect(problem).toMatchObject({ type: '/problems/offer-incomplete', status: 422 })
  expect(problem.errors).toMatchObject([{ field: '/content/lines/0/discountPercent', value: '15 %' }])
  expect(problem.errors![0]!.message).toContain('10%')
  expect(problem.errors![0]!.remedy).toContain('管理员')
  await send(params, admin)
  expect((await read(params)).value.status).toBe('sent')
})

test('a list price is the portal’s own: a lower price is a discount, whatever the editor says', async () => {
  const { params } = await draft()
  await change(params, ({ lines, ...content }) => ({
    ...content,
    lines: lines.map(line => ({ ...line, unitPrice: 80_000, listPrice: 80_000 })),
  }))
  expect((await refused(send(params))).errors).toMatchObject([{ value: '20 %' }])
})

test('a draft may be incomplete, but says all that is missing when it is sent', async () => {
  const { params } = await draft()
  const blank = { kind: 'free' as const, code: '', text: '', configurationToken: null, listPrice: null, unit: '', cost: null }
  await change(params, content => ({
    ...content,
    validUntil: '2020-01-01',
    lines: [...content.lines, { ...blank, id: 'x', name: '', quantity: 1.5, unitPrice: null, discountPercent: 0 }],
    terms: { ...content.terms, payment: [{ percent: 30, text: 'x' }] },
  }))
  expect((await refused(send(params))).errors?.map(({ field }) => field)).toEqual([
    '/content/lines/1/name',
    '/content/lines/1/unitPrice',
    '/content/terms/payment',
    '/content/validUntil',
  ])
})

test('costs are seen and changed by whoever may see them, and outlive the edits of others', async () => {
  const { params } = await draft()
  const priced = await change(
    params,
    ({ lines, ...content }) => ({ ...content, lines: lines.map(line => ({ ...line, cost: 60_000 })) }),
    admin,
  )
  expect(priced.content.lines[0]!.cost).toBe(60_000)
  expect((await read(params)).value.content.lines[0]!.cost).toBeNull()
  await change(params, content => ({ ...content, taxPercent: 6 }))
  expect((await read(params, admin)).value.content).toMatchObject({ taxPercent: 6, lines: [{ cost: 60_000 }] })
})

test('who edits an older state is told, and what was sent cannot be edited', async () => {
  const { params } = await draft()
  const { value, etag } = await read(params)
  const body = { recipient: value.recipient, content: value.content }
  await sales.call(saveOfferDraft, { params, body, ifMatch: etag })
  expect((await refused(sales.call(saveOfferDraft, { params, body, ifMatch: etag }))).status).toBe(412)
  await send(params)
  const sent = await read(params)
  const problem = await refused(sales.call(saveOfferDraft, { params, body, ifMatch: sent.etag }))
  expect(problem.type).toBe('/problems/offer-transition')
})

test('after its last day it cannot be accepted, sales is told once, and renewal may be asked for', async () => {
  const { leadId, params } = await draft()
  const { token } = await send(params)
  const over = `update offer_version set expires_at = now() - interval '1 minute' where token = $1`
  await database.pool.query(over, [token])
  expect(await refused(accept(token))).toMatchObject({ type: '/problems/offer-transition', from: 'expired' })
  expect((await visitor.call(getSharedOffer, { params: { token } })).status).toBe('expired')
  const { number } = (await read(params)).value
  await Promise.all([expireOffers(platform), expireOffers(platform)])
  const told = (await mails()).filter(({ subject }) => subject.includes(number) && subject.includes('已过期'))
  expect(told.map(({ to }) => to)).toEqual(['sales@zhizao.example'])
  const renewal = { kind: 'renewal' as const, name: '周', text: '请延期' }
  await visitor.call(writeOnOffer, { params: { token }, body: renewal })
  expect((await read(params)).value.messages).toMatchObject([{ kind: 'renewal', text: '请延期' }])
  expect(await statusOfLead(leadId)).toBe('offered')
})

test('the customer is reminded once, some days before the end', async () => {
  const { params } = await draft({ email: 'remind@a.example' })
  const { token } = await send(params)
  const { rows } = await database.pool.query('select expires_at - remind_at as before from offer_version where token = $1', [
    token,
  ])
  expect(rows[0].before.days ?? rows[0].before).toEqual(3)
  await database.pool.query('update offer_version set remind_at = now() where token = $1', [token])
  for (const _ of [1, 2]) await platform.database.transaction(() => remindCustomers(platform))
  const mine = (await mails()).filter(({ to, subject }) => to === 'remind@a.example' && subject.includes('即将到期'))
  expect(mine).toHaveLength(1)
})

test('declined it stays declined, and the lead where it was; a question moves nothing and is answered by mail', async () => {
  const { leadId, params } = await draft({ email: 'ask@a.example' })
  const { token } = await send(params)
  const question = { kind: 'question' as const, name: '周', text: '含安装吗？' }
  expect((await visitor.call(writeOnOffer, { params: { token }, body: question })).status).toBe('sent')
  await sales.call(answerOffer, { params, body: { text: '包含。' } })
  const subjects = (await mails()).filter(({ to }) => to === 'ask@a.example').map(({ subject }) => subject)
  expect(subjects).toContainEqual(expect.stringContaining('答复'))
  const body = { name: '周', reason: '太贵' }
  expect((await visitor.call(declineOffer, { params: { token }, body })).status).toBe('declined')
  await visitor.call(declineOffer, { params: { token }, body })
  expect((await read(params)).value.messages.map(({ kind }) => kind)).toEqual(['question', 'answer', 'declined'])
  expect(await statusOfLead(leadId)).toBe('offered')
  expect((await refused(accept(token))).status).toBe(409)
})

test('a lead whose table does not allow it is not forced: the timeline says so', async () => {
  const { leadId, params } = await draft()
  await database.pool.query(`update lead set status = 'lost' where id = $1`, [leadId])
  const { token } = await send(params)
  expect(await statusOfLead(leadId)).toBe('lost')
  await accept(token)
  expect(await statusOfLead(leadId)).toBe('lost')
  const { entries } = await sales.call(getLead, { params: { leadId } })
  expect(entries.filter(({ kind }) => kind === 'offer').map(({ data }) => data.notMoved)).toEqual(['offered', 'won'])
})

test('nobody has the link of a draft, an unknown link is not found, and a company sees its own offers only', async () => {
  const { params } = await draft({ email: 'customer@example.com' }, await api('customer'))
  const { rows } = await database.pool.query('select token from offer_version where offer_id = $1', [params.offerId])
  for (const token of [rows[0].token, 'nothing'])
    expect((await refused(visitor.call(getSharedOffer, { params: { token } }))).status).toBe(404)
  const customer = await api('customer')
  expect((await customer.call(listMyOffers, {})).items).toEqual([])
  const { token } = await send(params)
  expect((await customer.call(listMyOffers, {})).items).toMatchObject([{ token, about: '钻台', gross: 113_000 }])
  expect((await refused(sales.call(listMyOffers, {}))).status).toBe(403)
  expect((await refused(customer.call(getOffer, { params }))).status).toBe(403)
  expect(demoAccounts(platform).length).toBeGreaterThan(1)
})

/** A customer of his own, with a confirmed address. */
async function signedUp(name: string, companyName?: string, email = `${name}-${crypto.randomUUID()}@b.example`) {
  const person = await newCustomer(testing, { email, ...(companyName ? { companyName } : {}) })
  const { account } = await person.api.call(getMe, {})
  return { ...person, name: account!.name, companyId: account!.companyId }
}

test('an offer stands in the account of the contact and of his colleagues with all its versions, and nobody else finds it', async () => {
  const owner = await signedUp('owner', 'Own Works')
  const params = (await draft({ email: owner.email }, owner.api)).params
  const mine = (as: Api, query: { version?: number } = {}) => as.call(getMyOffer, { params, query })
  expect((await refused(mine(owner.api))).status).toBe(404) // a draft
  const first = await send(params)
  await sales.call(followOffer, { params, ifMatch: (await read(params)).etag })
  expect((await mine(owner.api)).version).toBe(1)
  const second = await send(params)

  const colleague = await signedUp('colleague')
  expect((await refused(mine(colleague.api))).status).toBe(404)
  await database.pool.query(`update company_member set company_id = $1, role = 'member' where person_id = $2`, [
    owner.companyId,
    colleague.id,
  ])
  const seen = await mine(colleague.api)
  expect(seen).toMatchObject({ id: params.offerId, token: second.token, own: { offerId: params.offerId, name: colleague.name } })
  expect(seen.versions).toMatchObject([
    { version: 2, status: 'sent' },
    { version: 1, status: 'superseded' },
  ])
  expect(await mine(owner.api, { version: 1 })).toMatchObject({ token: first.token, newerToken: second.token })
  expect(JSON.stringify(seen)).not.toMatch(/cost|listPrice/)

  expect((await refused(mine((await signedUp('stranger')).api))).status).toBe(404)
  expect((await refused(mine(sales))).status).toBe(403)
  expect((await refused(mine(visitor))).status).toBe(401)
  expect((await refused(mine(owner.api, { version: 3 }))).status).toBe(404)
  const byLink = (as: Api) => as.call(getSharedOffer, { params: { token: second.token } })
  expect((await byLink(colleague.api)).own?.offerId).toBe(params.offerId)
  for (const other of [visitor, sales, (await signedUp('passer-by')).api]) expect((await byLink(other)).own).toBeNull()

  await colleague.api.call(acceptOffer, { params: { token: second.token }, body: { ...acceptance, name: '总经理' } })
  expect((await mine(owner.api)).acceptance).toMatchObject({ name: '总经理' })
  expect((await read(params)).value.history[0]?.acceptance).toMatchObject({ name: '总经理', account: colleague.name })
  expect(JSON.stringify(await mine(owner.api))).not.toContain('"account"')
})

test('who asked before he had an account finds the offer in it once his address is confirmed; it is of no other account', async () => {
  const email = `later-${crypto.randomUUID()}@a.example`
  const { params } = await draft({ email })
  await send(params)
  await portal.settled()
  const later = await signedUp('later', undefined, email)
  const listed = async (as: Api) => (await as.call(listMyOffers, {})).items.map(({ id }) => id)
  expect(await listed(later.api)).toEqual([params.offerId])
  expect((await later.api.call(getMyOffer, { params })).own).not.toBeNull()
  const other = await signedUp('other')
  expect(await listed(other.api)).toEqual([])
  expect((await refused(other.api.call(getMyOffer, { params }))).status).toBe(404)
})

test('the list finds by number, name and status, page by page', async () => {
  const { params } = await draft({ name: 'Findable Person', email: 'find@a.example' })
  const { number } = (await read(params)).value
  for (const search of [number, 'findable', number.toLowerCase()])
    expect((await sales.call(listOffers, { query: { search } })).items.map(({ id }) => id)).toContain(params.offerId)
  const first = await sales.call(listOffers, { query: { limit: 2 } })
  const second = await sales.call(listOffers, { query: { limit: 2, cursor: first.nextCursor! } })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
  const drafts = await sales.call(listOffers, { query: { status: ['draft'] } })
  expect(new Set(drafts.items.map(({ status }) => status))).toEqual(new Set(['draft']))
})

test('the PDF says what the page says, in both languages', async () => {
  const { params } = await draft()
  await change(params, content => ({
    ...content,
    lines: [
      ...content.lines,
      {
        ...content.lines[0]!,
        id: 'service',
        kind: 'service',
        code: 'S-1',
        name: '现场安装与培训',
        text: '两名工程师，三天',
        configurationToken: null,
        quantity: 1.5,
        unit: '天',
        unitPrice: 333_333,
        discountPercent: 5,
      },
    ],
    discount: { kind: 'amount', amount: 12_345 },
  }))
  const { token } = await send(params)
  const shared = await visitor.call(getSharedOffer, { params: { token } })
  for (const [path, words] of [
    [`/offers/${token}/offer.pdf`, ['报价单', '含税总额', '现场安装与培训']],
    [`/en/offers/${token}/offer.pdf`, ['Offer', 'Totalwithtax', '现场安装与培训']],
  ] as const) {
    const answer = await request(path)
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    const { text, pages } = readPdf(new Uint8Array(await answer.arrayBuffer()))
    expect(pages).toBeGreaterThan(0)
    const amounts = [...shared.lines.map(({ amount }) => amount), ...Object.values(shared.totals)]
    const money = (amount: number) => (amount / 100).toLocaleString('en', { minimumFractionDigits: amount % 100 ? 2 : 0 })
    for (const said of [...words, shared.number, ...amounts.map(money)]) expect(text).toContain(said)
  }
  expect((await request('/offers/nothing/offer.pdf')).status).toBe(404)
})

test('a person’s copy has his offers, and his erasure leaves goods and amounts but nothing of him', async () => {
  const { params } = await draft({ email: 'erase@a.example' })
  const { token } = await send(params)
  await visitor.call(writeOnOffer, { params: { token }, body: { kind: 'question', name: '周建国', text: '我的问题' } })
  await accept(token)
  const { rows } = await database.pool.query('select email_digest from offer where id = $1', [params.offerId])
  const subject = { accountId: null, emailDigest: rows[0].email_digest, phoneDigest: null }
  const copy = JSON.stringify(await personal.collect!(platform, subject))
  for (const said of ['王磊', '周建国', '我的问题', '钻台']) expect(copy).toContain(said)
  await personal.erase!(platform, subject)
  await personal.erase!(platform, subject)
  const { value } = await read(params)
  expect(JSON.stringify([value.recipient, value.messages, value.history])).not.toMatch(/王磊|周建国|我的问题/)
  expect(value).toMatchObject({ status: 'accepted', content: { lines: [{ name: '钻台', unitPrice: 100_000 }] } })
  expect((await refused(visitor.call(getSharedOffer, { params: { token } }))).status).toBe(404)
  expect(await personal.collect!(platform, subject)).toEqual([])
})

test('what has been closed for two years is blanked by the nightly job', async () => {
  const { params } = await draft()
  await accept((await send(params)).token)
  await database.pool.query(`update offer set updated_at = now() - interval '3 years' where id = $1`, [params.offerId])
  expect(await personal.retire!(platform, platform.now())).toEqual({ offer: 1 })
  expect(await personal.retire!(platform, platform.now())).toEqual({})
})

test('an offer for a product that names no tax begins with that of the house, any other with its own', async () => {
  const { tax: _, ...untaxed } = drillStand
  await publishModel(platform, {
    model: { ...untaxed, id: 'untaxed_stand' },
    sourceFormat: 'json',
    publish: true,
    slug: 'untaxed',
  })
  const product = await visitor.call(getProduct, { params: { slug: 'untaxed' } })
  const { etag } = await admin.callWithEtag(getPreset, {})
  const tax = { name: { 'zh-CN': '增值税', en: 'VAT' }, percent: 9 }
  await admin.call(savePreset, { body: { currency: 'CNY', tax }, ifMatch: etag! })
  const percentOf = async (version: string) => {
    const email = `${crypto.randomUUID()}@a.example`
    const consent = { version: contactConsent.version, accepted: true as const }
    await visitor.call(submitInquiry, { body: { configuration: standardDraft(version), contact: { email }, consent } })
    await portal.settled()
    const leadId = (await sales.call(listLeads, { query: { search: email } })).items[0]!.id
    const { id } = await sales.call(createOffer, { params: { leadId } })
    return (await read({ offerId: id })).value.content.taxPercent
  }
  expect(await percentOf(product.modelVersionId)).toBe(9)
  expect(await percentOf(modelVersionId)).toBe(13)
})
