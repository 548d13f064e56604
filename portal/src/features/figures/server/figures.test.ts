import { text } from 'node:stream/consumers'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { getMe } from '#features/accounts/core'
import { saveConfiguration } from '#features/configurator/core'
import { acceptOffer, agreement, createOffer, followOffer, getOffer, saveOfferDraft, sendOffer } from '#features/offers/core'
import { getProduct } from '#features/products/core'
import { answerLead, changeLead, contactConsent, getLead, listLeads, type Source, submitInquiry } from '#features/sales/core'
import type { ProblemError } from '#platform/core'
import { readWorkbook } from '../../../../test/read-workbook.ts'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  addDays,
  dayIn,
  type Figures,
  getBefore,
  getFigures,
  getMail,
  mondayOf,
  saveBefore,
  saveMail,
  sendMailNow,
} from '../core/index.ts'
import { removeSampleFigures, seedSampleFigures } from './sample.ts'
import { count, writeTally } from './tally.ts'
import { mailFigures } from './weekly-mail.ts'

const { api, request, platform, database, mails, portal } = await testPortal()
await publishDrillStand(platform)
const [admin, sales, marketing, visitor] = [await api('admin'), await api('sales'), await api('marketing'), await api()]
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const tell = (body: object, headers: Record<string, string> = {}, as?: 'sales' | 'customer') =>
  request(
    '/api/v1/facts',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': browser, ...headers },
      body: JSON.stringify(body),
    },
    as,
  )
const visit = (source: object = {}, headers = {}) => tell({ fact: 'visits', source }, headers)
const month = (query = {}) => admin.call(getFigures, { query })
const now = ({ steps }: Figures) => Object.fromEntries(steps.map(({ step, now }) => [step, now]))
const today = () => dayIn(platform.now(), 'Asia/Shanghai')
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

async function inquire(source: Source): Promise<string> {
  const contact = { name: 'Zhou Jianguo', company: 'Hengrui', email: `${crypto.randomUUID()}@hengrui.example` }
  const consent = { version: contactConsent.version, accepted: true as const }
  await visitor.call(submitInquiry, { body: { configuration: standardDraft(modelVersionId), contact, consent, source } })
  await portal.settled()
  const { items } = await sales.call(listLeads, { query: { search: contact.email } })
  return items[0]!.id
}

async function move(leadId: string, ...to: ('contacted' | 'qualified' | 'offered' | 'won' | 'lost' | 'new')[]) {
  for (const status of to) {
    const { etag } = await sales.callWithEtag(getLead, { params: { leadId } })
    await sales.call(changeLead, { params: { leadId }, body: { status }, ifMatch: etag })
  }
  await portal.settled()
}

beforeEach(async () => {
  await writeTally(platform)
  for (const table of ['day', 'stay', 'lead', 'amount', 'before', 'before_product', 'sample', 'mail'])
    await database.pool.query(`delete from figure_${table}`)
})

test('before anything happened the page says so instead of showing noughts', async () => {
  const { began, weeks, steps } = await month()
  expect(began).toEqual({ pages: null, leads: null })
  expect(weeks.every(({ counts }) => counts === null)).toBe(true)
  expect(steps.every(({ earlier, before }) => earlier === null && before === null)).toBe(true)
})

test('a visitor comes by a campaign, configures and asks; sales answers, offers and wins: every step is counted once, by source and product', async () => {
  const source = { utm_source: 'CIMT' }
  expect((await visit(source)).status).toBe(204)
  await visit({ referrer: 'news.example' })
  await tell({ fact: 'opened', product: 'drill-stand', source })
  await tell({ fact: 'configured', product: 'drill-stand', source })
  await tell({ fact: 'stay', product: 'drill-stand', seconds: 187 })
  await visitor.call(saveConfiguration, { body: standardDraft(modelVersionId) })
  const lead = await inquire(source)
  await sales.call(answerLead, { params: { leadId: lead }, body: { subject: 'Your drill stand', text: 'Here it is.' } })
  await move(lead, 'qualified', 'offered', 'qualified', 'offered', 'won')
  const figures = await month()
  expect(now(figures)).toEqual({ visits: 2, opened: 1, configured: 1, saved: 2, inquired: 1, answered: 1, offered: 1, won: 1 })
  expect(figures.sources[0]).toMatchObject({ source: 'utm:cimt', counts: { visits: 1, configured: 1, inquired: 1, won: 1 } })
  expect(figures.sources).toHaveLength(2)
  expect(figures.answering).toMatchObject({ minutes: 0, judged: 1, inTime: 1, unanswered: 0 })
  expect(figures.configuring).toMatchObject({ seconds: 180, stays: 1 })
  expect(figures.byProduct).toMatchObject([{ product: { slug: 'drill-stand' }, counts: { opened: 1, saved: 2, won: 1 } }])
  expect(figures.weeks.at(-1)?.counts).toMatchObject({ visits: 2, won: 1 })
  const ofProduct = await month({ product: 'drill-stand' })
  expect(now(ofProduct)).toMatchObject({ visits: null, opened: 1, won: 1 })
})

test('a call is an answer, giving up is none, and an inquiry without an answer is said', async () => {
  await move(await inquire({}), 'contacted')
  await move(await inquire({}), 'lost')
  const { answering, steps } = await month()
  expect(answering).toMatchObject({ judged: 1, unanswered: 1 })
  expect(steps.find(({ step }) => step === 'answered')?.now).toBe(1)
})

test('programs, the house’s own people and who asked not to be counted are not', async () => {
  await visit({}, { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0)' })
  await visit({}, { 'sec-gpc': '1' })
  await visit({}, { dnt: '1' })
  await tell({ fact: 'visits', source: {} }, {}, 'sales')
  expect(now(await month()).visits).toBe(0)
  await tell({ fact: 'visits', source: {} }, {}, 'customer')
  expect(now(await month()).visits).toBe(1)
})

test('what is no fact is refused, and a product that is none is not counted', async () => {
  for (const body of [
    {},
    { fact: 'won', product: 'drill-stand' },
    { fact: 'opened' },
    { fact: 'visits', source: { utm_source: 'x'.repeat(201) } },
    { fact: 'stay', product: 'drill-stand', seconds: -1 },
    { fact: 'stay', product: 'drill-stand', seconds: 1e9 },
  ])
    expect((await tell(body)).status).toBe(422)
  expect((await tell({ fact: 'visits', source: { utm_source: 'x'.repeat(4000) } })).status).toBe(413)
  expect((await tell({ fact: 'opened', product: 'of-somebody-else' })).status).toBe(204)
  expect(now(await month()).opened).toBe(0)
})

test('a flood of invented names fills neither memory nor table, and every visit is counted', async () => {
  const flood = 5000
  for (let i = 0; i < flood; i++) count(platform, { fact: 'visits', product: null, source: `utm:name ${i}` })
  const figures = await month()
  expect(now(figures).visits).toBe(flood)
  const { rows } = await database.pool.query('select count(*)::int as rows from figure_day')
  expect(rows[0].rows).toBeLessThanOrEqual(51)
  expect(figures.sources.length).toBeLessThanOrEqual(31)
  expect(figures.sources.reduce((sum, { counts }) => sum + counts.visits, 0)).toBe(flood)
})

test('an address that tells too much is held up and may still ask for an offer; a portal that stops writes what it was told', async () => {
  const limited = await testPortal({ http: { rateLimits: {} } })
  const post = (path: string, body: object) =>
    limited.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': browser },
      body: JSON.stringify(body),
    })
  const statuses: number[] = []
  for (let i = 0; i < 150; i++) statuses.push((await post('/api/v1/facts', { fact: 'visits' })).status)
  expect([statuses.at(0), statuses.at(-1)]).toEqual([204, 429])
  expect((await post('/api/v1/inquiries', {})).status).toBe(422)
  await limited.portal.stop()
  const client = new pg.Client(limited.platform.config.databaseUrl!)
  await client.connect()
  const { rows } = await client.query('select amount from figure_day')
  await client.end()
  expect(rows).toEqual([{ amount: statuses.filter(status => status === 204).length }])
})

test('several processes that write at once lose nothing, and what could not be written waits', async () => {
  await Promise.all(Array.from({ length: 40 }, () => visit().then(() => writeTally(platform))))
  expect(now(await month()).visits).toBe(40)
  await database.pool.query('alter table figure_day rename to figure_away')
  await visit()
  await expect(writeTally(platform)).rejects.toThrow()
  await database.pool.query('alter table figure_away rename to figure_day')
  expect(now(await month()).visits).toBe(41)
})

test('counts by product, by source and by week add up to the whole, also of what is invented for a demo', async () => {
  await database.transaction(() => seedSampleFigures(platform))
  const span = { period: 'days', from: addDays(mondayOf(today()), -70), to: today() } as const
  const figures = await month(span)
  const whole = now(figures)
  const sum = (parts: { counts: Record<string, number> | null }[], step: string) =>
    parts.reduce((sum, { counts }) => sum + (counts?.[step] ?? 0), 0)
  for (const step of ['visits', 'opened', 'configured', 'inquired', 'answered', 'offered', 'won'] as const) {
    expect(sum(figures.sources, step)).toBe(whole[step])
    expect(sum(figures.weeks.slice(1), step)).toBe(whole[step])
    if (step !== 'visits') expect(sum(figures.byProduct, step)).toBe(whole[step])
  }
  expect(whole.visits).toBeGreaterThan(whole.configured!)
  expect(whole.configured).toBeGreaterThan(whole.inquired!)
  expect(figures.sampleUntil).toBe(addDays(today(), -1))
  await visit()
  await removeSampleFigures(platform)
  const left = await month(span)
  expect([now(left).visits, now(left).inquired, left.sampleUntil]).toEqual([1, 0, null])
  expect((await admin.call(getBefore, {})).visits).toBeNull()
})

test('a period is compared with as many days before, where those were counted, and with the time before Fettle', async () => {
  const day = (ago: number, amount: number) =>
    database.pool.query(`insert into figure_day (day, fact, source, amount) values ($1, 'visits', 'direct', $2)`, [
      addDays(today(), -ago),
      amount,
    ])
  await day(0, 7)
  await day(10, 5)
  const tenDays = { period: 'days', from: addDays(today(), -9), to: today() } as const
  expect((await month(tenDays)).steps[0]).toMatchObject({ now: 7, earlier: null })
  await day(40, 1)
  const { etag } = await admin.callWithEtag(getBefore, {})
  const before = { visits: 300, inquired: null, answered: null, offered: null, won: null, answerHours: 20, note: 'ledger' }
  await admin.call(saveBefore, { body: before, ifMatch: etag })
  const { steps, answering } = await month(tenDays)
  expect(steps[0]).toMatchObject({ now: 7, earlier: 5 })
  expect(steps[0]!.before).toBeCloseTo(98.6, 1)
  expect(answering.beforeMinutes).toBe(1200)
  expect((await refused(admin.call(saveBefore, { body: before, ifMatch: etag }))).status).toBe(412)
  const wrong = await refused(admin.call(saveBefore, { body: { ...before, won: -1 }, ifMatch: '"1"' }))
  expect(wrong.errors).toMatchObject([{ field: '/won' }])
})

test('what is before of a product is compared with that product alone, and the whole is not worked out from it', async () => {
  await inquire({})
  const ofProduct = { query: { product: 'drill-stand' } }
  const before = { ...(await admin.call(getBefore, {})), inquired: 61, answerHours: 5, note: 'ledger of the stands' }
  const { etag } = await admin.callWithEtag(getBefore, ofProduct)
  expect(await admin.call(saveBefore, { ...ofProduct, body: before, ifMatch: etag })).toEqual(before)
  const [stand, whole] = [await month({ product: 'drill-stand' }), await month()]
  expect(stand.steps.find(({ step }) => step === 'inquired')?.before).toBeGreaterThan(0)
  expect(stand.answering.beforeMinutes).toBe(300)
  expect(whole.steps.every(({ before }) => before === null)).toBe(true)
  expect((await refused(admin.call(saveBefore, { ...ofProduct, body: before, ifMatch: etag }))).status).toBe(412)
  const visits = await refused(admin.call(saveBefore, { ...ofProduct, body: { ...before, visits: 1 }, ifMatch: '"1"' }))
  expect(visits.errors).toMatchObject([{ field: '/visits' }])
  expect(await refused(admin.call(getBefore, { query: { product: 'nowhere' } }))).toMatchObject({ status: 404 })
})

/** Offers what was asked for, with so much off, and answers the id. */
async function offer(leadId: string, ...percents: number[]): Promise<string> {
  const { id } = await sales.call(createOffer, { params: { leadId } })
  const params = { offerId: id }
  for (const [i, percent] of percents.entries()) {
    const draft = await sales.callWithEtag(getOffer, { params })
    if (i > 0) await sales.call(followOffer, { params, ifMatch: draft.etag })
    const { value, etag } = await sales.callWithEtag(getOffer, { params })
    const content = { ...value.content, discount: { kind: 'percent' as const, percent } }
    const body = { recipient: value.recipient, content }
    await sales.call(saveOfferDraft, { params, body, ifMatch: etag })
    const saved = await sales.callWithEtag(getOffer, { params })
    await sales.call(sendOffer, { params, ifMatch: saved.etag })
  }
  await portal.settled()
  return id
}

async function accept(offerId: string): Promise<void> {
  const { history } = await sales.call(getOffer, { params: { offerId } })
  const params = { token: history[0]!.path!.replace('/offers/', '') }
  await visitor.call(acceptOffer, { params, body: { name: 'Zhou', agreed: true, agreementVersion: agreement.version } })
  await portal.settled()
}

test('amounts are those of the inquiry, of the last version that was sent and of the one that was accepted, each once', async () => {
  const [first, second] = [await inquire({ utm_source: 'cimt' }), await inquire({})]
  await accept(await offer(first, 5, 10))
  await offer(second, 2)
  const { amounts } = await month()
  const whole = {
    currency: 'CNY',
    inquired: { net: 200_000, count: 2 },
    offered: { net: 188_000, count: 2 },
    won: { net: 90_000, count: 1 },
  }
  expect(amounts?.now).toEqual([whole])
  expect(amounts?.byProduct).toMatchObject([{ product: { slug: 'drill-stand' }, worth: whole }])
  expect(amounts?.bySource).toMatchObject([
    { source: 'direct', worth: { inquired: { net: 100_000 }, offered: { net: 98_000 }, won: { count: 0 } } },
    { source: 'utm:cimt', worth: { inquired: { net: 100_000 }, offered: { net: 90_000 }, won: { net: 90_000 } } },
  ])
  expect((await month({ product: 'drill-stand' })).amounts).toMatchObject({ now: [whole], byProduct: [] })

  await database.pool.query(`update figure_amount set day = day - 40 where version = 2 and fact = 'offered'`)
  expect((await month({ period: 'days', from: addDays(today(), -9), to: today() })).amounts?.now[0]?.offered.net).toBe(193_000)
})

test('what was recorded before amounts were counted is counted from the first event on, and twice does no harm', async () => {
  const id = await offer(await inquire({}), 10)
  await accept(id)
  const before = (await month()).amounts?.now
  for (const emptied of ['delete from figure_amount', 'select'])
    for (const statement of [emptied, `update event_listener set position = 0 where name = 'figures.follow-amounts'`])
      await database.pool.query(statement)
  await inquire({}) // wakes the listeners
  const { amounts } = await month()
  expect(amounts?.now[0]?.offered.net).toBeGreaterThanOrEqual(before![0]!.offered.net)
  const { rows } = await database.pool.query(
    `select (select count(*)::int from figure_amount where fact = 'won') as counted,
      (select count(*)::int from offer_acceptance) as accepted`,
  )
  expect(rows[0].counted).toBe(rows[0].accepted)
})

test('currencies are never added, and what was earned earlier in another one stands there with nothing', async () => {
  const row = (day: string, currency: string, net: number) =>
    database.pool.query(
      `insert into figure_amount values ('inquired', gen_random_uuid(), 0, $1, (select id from product limit 1), 'direct', $2, $3)`,
      [day, currency, net],
    )
  await row(today(), 'CNY', 500)
  await row(today(), 'EUR', 70)
  await row(addDays(today(), -9), 'JPY', 3)
  await database.pool.query(
    `insert into figure_lead (lead_id, product_id, source, asked_at, inquired_on)
      values (gen_random_uuid(), gen_random_uuid(), 'direct', now(), $1)`,
    [addDays(today(), -60)],
  )
  const { amounts } = await month({ period: 'days', from: addDays(today(), -6), to: today() })
  expect(amounts?.now.map(({ currency, inquired }) => [currency, inquired.net])).toEqual([
    ['CNY', 500],
    ['EUR', 70],
    ['JPY', 0],
  ])
  expect(amounts?.earlier).toMatchObject([{ currency: 'JPY', inquired: { net: 3, count: 1 } }])
})

test('whoever may not see offers sees no amounts: not on the page, not in the file, not in the mail', async () => {
  await offer(await inquire({}), 10)
  await database.pool.query('update figure_amount set day = day - 7')
  expect((await marketing.call(getFigures, {})).amounts).toBeNull()
  const csv = async (as: 'sales' | 'marketing') => {
    const span = `period=days&from=${addDays(today(), -9)}&to=${today()}`
    return (await request(`/api/v1/figures/file?format=csv&lang=en&${span}`, {}, as)).text()
  }
  expect(await csv('sales')).toContain('"Value offered","Drill stand","Direct","1","900","CNY"')
  expect(await csv('marketing')).not.toMatch(/Value|900/)
  for (const [as, sees] of [
    [sales, true],
    [marketing, false],
  ] as const) {
    await as.call(sendMailNow, {})
    const mail = (await mails()).findLast(({ subject }) => /^经营数据/.test(subject))!
    expect(/报价金额: ¥900/.test(mail.text)).toBe(sees)
  }
})

test('periods and products that are none are refused with what to do', async () => {
  const wrong = async (query: object) => refused(admin.call(getFigures, { query }))
  expect(await wrong({ from: '2026-02-30', period: 'days' })).toMatchObject({ status: 422, errors: [{ field: 'query/from' }] })
  expect(await wrong({ period: 'days', from: '2026-01-02', to: '2026-01-01' })).toMatchObject({ errors: [{ field: 'query/to' }] })
  expect(await wrong({ period: 'days', from: '1990-01-01', to: '2026-01-01' })).toMatchObject({ errors: [{ field: 'query/to' }] })
  expect(await wrong({ at: addDays(today(), 62) })).toMatchObject({ errors: [{ field: '/period' }] })
  expect(await wrong({ product: 'nowhere' })).toMatchObject({ status: 404 })
})

test('staff who sell and market see them, administrators alone say what was before, customers and strangers see nothing', async () => {
  expect(await marketing.call(getFigures, {})).toMatchObject({ today: today() })
  expect((await refused(sales.call(saveBefore, { body: await sales.call(getBefore, {}), ifMatch: '"0"' }))).status).toBe(403)
  expect((await refused((await api('customer')).call(getFigures, {}))).status).toBe(403)
  expect((await refused(visitor.call(getFigures, {}))).status).toBe(401)
})

test('the file has every count and no name, and a campaign that begins like a formula stays text', async () => {
  await visit({ utm_source: '=cmd' })
  await inquire({ qr: 'stand-4' })
  const answer = await request('/api/v1/figures/file?format=csv&lang=en', {}, 'sales')
  expect(answer.headers.get('content-disposition')).toContain('.csv')
  const csv = await text(answer.body as never)
  expect(csv.split('\r\n')[0]).toBe('"Day","Figure","Product","Source","Count","Amount (net)","Currency"')
  expect(csv).toContain(`"${today()}","Visits","","Campaign “=cmd”","1","",""`)
  expect(csv).toContain(`"${today()}","Inquired","Drill stand","Printed code “stand-4”","1","",""`)
  expect(csv).toContain(`"${today()}","Value inquired","Drill stand","Printed code “stand-4”","1","1000","CNY"`)
  for (const personal of ['Zhou', 'Hengrui']) expect(csv).not.toContain(personal)
  const workbook = await readWorkbook(Buffer.from(await (await request('/api/v1/figures/file', {}, 'sales')).arrayBuffer()))
  expect(workbook.rows).toHaveLength(5) // its head, a visit, a saved configuration, an inquiry and what it is worth
})

test('who wants it gets the figures of each week once, and nobody who may not read them any more', async () => {
  const { account } = await sales.call(getMe, {})
  const sentBefore = (await mails()).length
  const figureMails = async () => {
    await database.transaction(() => mailFigures(platform))
    return (await mails())
      .slice(sentBefore)
      .filter(({ subject }) => /^经营数据/.test(subject))
      .map(({ to, text }) => ({ to, text }))
  }
  expect(await sales.call(getMail, {})).toEqual({ weekly: false })
  await sales.call(saveMail, { body: { weekly: true } })
  expect(await figureMails()).toEqual([]) // the week is not over
  await database.pool.query(`update figure_mail set sent_for = sent_for - 7`)
  await database.pool.query(`insert into figure_day (day, fact, source, amount) values ($1, 'visits', 'direct', 12)`, [
    addDays(mondayOf(today()), -7),
  ])
  await Promise.all([figureMails(), figureMails()])
  const sent = await figureMails()
  const monday = new Date(platform.now().getTime() + 8 * 3_600_000)
  if (monday.getUTCDay() === 1 && monday.getUTCHours() < 8) return // the week before is not due before eight
  expect(sent.map(({ to }) => to)).toEqual([account!.email])
  expect(sent[0]!.text).toContain('访问: 12')
  await database.pool.query(`update figure_mail set sent_for = sent_for - 7`)
  await database.pool.query(`delete from staff_role where person_id = $1`, [account!.id])
  expect(await figureMails()).toHaveLength(1)
  await marketing.call(sendMailNow, {})
  expect(await figureMails()).toHaveLength(2)
})
