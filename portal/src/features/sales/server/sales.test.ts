import { expect, test } from 'vitest'
import { getMe } from '#features/accounts/core'
import { demoAccounts } from '#features/accounts/server'
import { saveConfiguration } from '#features/configurator/core'
import { getProduct } from '#features/products/core'
import { type Api, ProblemError } from '#platform/core'
import { emailDigest } from '#platform/server'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  addLeadNote,
  answerLead,
  changeLead,
  contactConsent,
  getInquiry,
  getLead,
  listAssignees,
  listLeads,
  listMyInquiries,
  returnConfiguration,
  submitInquiry,
} from '../core/index.ts'
import type { SalesTables } from './tables.ts'

const { api, platform, portal, mails, database } = await testPortal()
const visitor = await api()
const sales = await api('sales')
await publishDrillStand(platform)
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

const inquiry = (contact: { name?: string; company?: string; email?: string; phone?: string }) => ({
  configuration: standardDraft(modelVersionId),
  contact,
  message: '请尽快报价',
  consent: { version: contactConsent.version, accepted: true as const },
  source: { utm_source: 'baidu', utm_campaign: 'spring' },
})

async function send(contact: Parameters<typeof inquiry>[0], as: Api = visitor) {
  const { token } = await as.call(submitInquiry, { body: inquiry(contact) })
  await portal.settled()
  const { items } = await sales.call(listLeads, { query: { search: contact.email ?? contact.phone ?? '' } })
  return { token, leadId: items[0]!.id }
}

const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}

test('an inquiry becomes one lead with its source, amount and words', async () => {
  const { leadId } = await send({ name: '王磊', company: '常州磊鑫机械', email: 'wang@leixin.example' })
  const lead = await sales.call(getLead, { params: { leadId } })
  expect(lead).toMatchObject({
    status: 'new',
    net: 100_000,
    contact: { name: '王磊', company: '常州磊鑫机械', email: 'wang@leixin.example' },
    message: '请尽快报价',
    source: { utm_source: 'baidu', utm_campaign: 'spring' },
    consent: { version: contactConsent.version },
  })
  expect(lead.entries.map(entry => entry.kind)).toEqual(['submitted'])
})

test('the visitor gets a mail in his language with the sheet as PDF and the link of his page', async () => {
  const { token } = await send({ name: '李静', email: 'li.jing@example.com' })
  const mail = (await mails()).find(one => one.to === 'li.jing@example.com')!
  expect(mail.subject).toContain('钻台')
  expect(mail.text).toContain(`/inquiries/${token}`)
  expect(mail.attachments).toMatchObject([{ contentType: 'application/pdf' }])
})

test('a phone number alone is enough, and is understood as people write it', async () => {
  const { leadId } = await send({ phone: '138 0013 8000' }).catch(() => ({ leadId: '' }))
  const { items } = await sales.call(listLeads, { query: { search: '13800138000' } })
  expect(items).toHaveLength(1)
  const lead = await sales.call(getLead, { params: { leadId: leadId || items[0]!.id } })
  expect(lead.contact).toMatchObject({ phone: '+8613800138000', email: '' })
})

test.each([
  ['neither e-mail nor phone', { name: 'X' }, '/contact/email'],
  ['no phone number', { phone: 'call me' }, '/contact/phone'],
  ['no e-mail address', { email: 'wang@' }, '/contact/email'],
])('an inquiry with %s is refused at its field', async (_, contact, field) => {
  const problem = await refused(visitor.call(submitInquiry, { body: inquiry(contact) }))
  expect(problem.status).toBe(422)
  expect(problem.errors?.map(error => error.field)).toContain(field)
})

test('whoever wishes to be called gives a number, and sales sees when', async () => {
  const body = { ...inquiry({ phone: '139 1234 5678' }), callBack: 'morning' as const }
  const { token } = await visitor.call(submitInquiry, { body })
  await portal.settled()
  expect(await visitor.call(getInquiry, { params: { token } })).toMatchObject({ callBack: 'morning' })
  const { items } = await sales.call(listLeads, { query: { search: '13912345678' } })
  expect(items).toMatchObject([{ callBack: 'morning' }])
  const refusal = await refused(
    visitor.call(submitInquiry, { body: { ...inquiry({ email: 'call@me.example' }), callBack: 'any' } }),
  )
  expect(refusal.errors?.map(error => error.field)).toEqual(['/contact/phone'])
})

test('without consent to the current text nothing is sent', async () => {
  const body = { ...inquiry({ email: 'no@consent.example' }), consent: { version: '2020-01-01', accepted: true as const } }
  expect((await refused(visitor.call(submitInquiry, { body }))).errors?.[0]?.field).toBe('/consent/version')
})

test('a tampered price leaves neither configuration nor contact behind', async () => {
  const body = { ...inquiry({ email: 'tamper@example.com' }), configuration: { ...standardDraft(modelVersionId), net: 5 } }
  expect((await refused(visitor.call(submitInquiry, { body }))).type).toBe('/problems/price-differs')
  const rows = await database
    .db<SalesTables>()
    .selectFrom('contact')
    .select('id')
    .where('email_digest', '=', emailDigest(platform.vault, 'tamper@example.com'))
    .execute()
  expect(rows).toEqual([])
})

test('the same inquiry sent twice with one Idempotency-Key is one inquiry', async () => {
  const call = () =>
    visitor.call(submitInquiry, { body: inquiry({ email: 'twice@example.com' }), idempotencyKey: 'a-lost-answer-01' })
  const [first, second] = [await call(), await call()]
  expect(second).toEqual(first)
  await portal.settled()
  expect((await sales.call(listLeads, { query: { search: 'twice@example.com' } })).total).toBe(1)
})

test('a lead moves along its table and refuses what is not in it', async () => {
  const { leadId } = await send({ email: 'moves@example.com' })
  const { value: lead, etag } = await sales.callWithEtag(getLead, { params: { leadId } })
  expect(lead.moves).toEqual(['contacted', 'qualified', 'lost'])
  const problem = await refused(sales.call(changeLead, { params: { leadId }, body: { status: 'won' }, ifMatch: etag }))
  expect(problem).toMatchObject({ type: '/problems/lead-transition', status: 409, allowed: lead.moves })
  const moved = await sales.call(changeLead, { params: { leadId }, body: { status: 'qualified' }, ifMatch: etag })
  expect(moved.status).toBe('qualified')
  expect((await refused(sales.call(changeLead, { params: { leadId }, body: { status: 'lost' }, ifMatch: etag }))).status).toBe(
    412,
  )
})

test('a lead is assigned to sales, and to nobody who may not work on it', async () => {
  const { leadId } = await send({ email: 'assigned@example.com' })
  const { items } = await sales.call(listAssignees, {})
  const { etag } = await sales.callWithEtag(getLead, { params: { leadId } })
  const lead = await sales.call(changeLead, { params: { leadId }, body: { assigneeId: items[0]!.id }, ifMatch: etag })
  expect(lead.assignee).toEqual(items[0])
  const again = await sales.callWithEtag(getLead, { params: { leadId } })
  expect(
    (await refused(sales.call(changeLead, { params: { leadId }, body: { assigneeId: 'nobody' }, ifMatch: again.etag }))).status,
  ).toBe(422)
})

test('an answer reaches the contact by mail and makes a new lead contacted', async () => {
  const { leadId } = await send({ name: '赵敏', email: 'zhao@example.com' })
  const lead = await sales.call(answerLead, {
    params: { leadId },
    body: { subject: '您的询价', text: '您好，报价见附件。\n\n交期八周。' },
  })
  expect(lead.status).toBe('contacted')
  expect(lead.entries.map(entry => entry.kind)).toEqual(['submitted', 'answered', 'status'])
  const sent = (await mails()).filter(mail => mail.to === 'zhao@example.com')
  expect(sent.at(-1)).toMatchObject({ subject: '您的询价', text: expect.stringContaining('交期八周') })
})

test('a configuration that sales worked out takes the place of the one sent, and the customer is told', async () => {
  const { token, leadId } = await send({ name: '孙立', email: 'sun@example.com' })
  const before = (await visitor.call(getInquiry, { params: { token } })).configurationToken
  const made = await sales.call(saveConfiguration, { body: standardDraft(modelVersionId) })
  const body = { token: made.token, note: '换成更稳的立柱。' }
  const lead = await sales.call(returnConfiguration, { params: { leadId }, body })
  expect(lead).toMatchObject({ configurationToken: made.token, status: 'contacted' })
  expect(lead.entries.map(entry => entry.kind)).toEqual(['submitted', 'configured', 'status'])
  expect(await visitor.call(getInquiry, { params: { token } })).toMatchObject({
    configurationToken: made.token,
    returned: { note: '换成更稳的立柱。', from: before },
  })
  await portal.settled()
  const mail = (await mails()).findLast(one => one.to === 'sun@example.com')!
  expect(mail).toMatchObject({
    text: expect.stringContaining('换成更稳的立柱'),
    attachments: [{ contentType: 'application/pdf' }],
  })
  expect((await refused(sales.call(returnConfiguration, { params: { leadId }, body }))).type).toBe(
    '/problems/configuration-unchanged',
  )
})

test('a configuration that another customer saved is not to be given away', async () => {
  const { leadId } = await send({ email: 'not-his@example.com' })
  const { token } = await (await api('customer')).call(saveConfiguration, { body: standardDraft(modelVersionId) })
  expect((await refused(sales.call(returnConfiguration, { params: { leadId }, body: { token } }))).status).toBe(404)
})

test('a contact without an e-mail address cannot be answered by mail', async () => {
  await visitor.call(submitInquiry, { body: inquiry({ phone: '+49 89 1234567' }) })
  await portal.settled()
  const { items } = await sales.call(listLeads, { query: { search: '+49891234567' } })
  const answer = sales.call(answerLead, { params: { leadId: items[0]!.id }, body: { subject: 'Hello', text: 'Hello' } })
  expect((await refused(answer)).type).toBe('/problems/no-email')
})

test('a note is kept in the timeline under its author', async () => {
  const { leadId } = await send({ email: 'note@example.com' })
  const lead = await sales.call(addLeadNote, { params: { leadId }, body: { text: '电话未接' } })
  expect(lead.entries.at(-1)).toMatchObject({ kind: 'note', data: { text: '电话未接' }, author: { name: expect.any(String) } })
})

test('an inquiry of the same phone, mail or company is shown beside the lead', async () => {
  await send({ name: '孙一', company: '无锡同源', email: 'sun@tongyuan.example' })
  const { leadId } = await send({ name: '孙二', company: '无锡同源', email: 'SUN2@tongyuan.example' })
  const { related } = await sales.call(getLead, { params: { leadId } })
  expect(related.map(({ contactName, same }) => ({ contactName, same }))).toEqual([{ contactName: '孙一', same: ['company'] }])
})

test('an inquiry sent without signing in shows whose account has its address, to sales only', async () => {
  const { email } = demoAccounts(platform).find(({ roles }) => roles.length === 0)!
  const { leadId, token } = await send({ name: '某人', email: email.toUpperCase() })
  const lead = await sales.call(getLead, { params: { leadId } })
  expect(lead.knownCustomer).toMatchObject({ same: 'email', companyName: expect.any(String), accountName: expect.any(String) })
  expect(lead.company).toBeNull()
  const seen = JSON.stringify(await visitor.call(getInquiry, { params: { token } }))
  expect(seen).not.toContain(lead.knownCustomer!.companyName)
  expect(seen).not.toContain(lead.knownCustomer!.accountName)
  const other = await send({ email: 'nobody-we-know@example.com' })
  expect((await sales.call(getLead, { params: { leadId: other.leadId } })).knownCustomer).toBeNull()
})

test('an inquiry of a signed-in customer is his company’s, and not guessed at', async () => {
  const { leadId } = await send({ email: 'somebody-else@example.com' }, await api('customer'))
  const lead = await sales.call(getLead, { params: { leadId } })
  expect(lead.company).toMatchObject({ name: expect.any(String) })
  expect(lead.knownCustomer).toBeNull()
})

test('leads page by cursor without gaps or repetitions, in every order', async () => {
  for (let i = 0; i < 5; i++) await send({ company: '页面公司', email: `page${i}@pages.example` })
  for (const sort of ['-createdAt', 'createdAt', '-net', 'net', '-updatedAt', 'updatedAt'] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await sales.call(listLeads, { query: { search: '页面公司', sort, limit: 2, cursor } })
      expect(page.total).toBe(5)
      seen.push(...page.items.map(item => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  }
})

test('a search finds names by a part, addresses and numbers only whole', async () => {
  await send({ name: '周全', company: '宁波全能', email: 'Zhou.Quan@whole.example', phone: '0574 8765 4321' })
  const found = async (search: string) => (await sales.call(listLeads, { query: { search } })).total
  expect(await Promise.all(['周', '波全', 'zhou.quan@WHOLE.example', '+86 574 87654321'].map(found))).toEqual([1, 1, 1, 1])
  expect(await Promise.all(['zhou.quan', 'whole.example', '8765 4321'].map(found))).toEqual([0, 0, 0])
})

test('a search finds signs as they are typed, not as patterns', async () => {
  await send({ name: '100%_合格', email: 'percent@example.com' })
  expect((await sales.call(listLeads, { query: { search: '100%_' } })).total).toBe(1)
  expect((await sales.call(listLeads, { query: { search: '%' } })).total).toBe(1)
})

test('the visitor’s page shows masked contact data and the state of the inquiry', async () => {
  const { token, leadId } = await send({ name: '钱多', email: 'qian@example.com' })
  expect(await visitor.call(getInquiry, { params: { token } })).toMatchObject({
    status: 'received',
    contact: { name: '钱*', email: 'q***@example.com' },
  })
  await sales.call(answerLead, { params: { leadId }, body: { subject: 'A', text: 'B' } })
  expect(await visitor.call(getInquiry, { params: { token } })).toMatchObject({ status: 'answered' })
  expect((await refused(visitor.call(getInquiry, { params: { token: 'other' } }))).status).toBe(404)
})

test('leads are for sales: visitors, customers and other staff are refused', async () => {
  expect((await refused(visitor.call(listLeads, {}))).status).toBe(401)
  expect((await refused((await api('customer')).call(listLeads, {}))).status).toBe(403)
  expect((await refused((await api('product')).call(listLeads, {}))).status).toBe(403)
  const marketing = await api('marketing')
  const { items } = await marketing.call(listLeads, {})
  expect(items.length).toBeGreaterThan(0)
  expect((await refused(marketing.call(addLeadNote, { params: { leadId: items[0]!.id }, body: { text: 'x' } }))).status).toBe(403)
})

test('people of a company see what it asked for, page by page with its state, and nothing of anybody else', async () => {
  const sun = await api('customer')
  const { token: foreign } = await send({ email: 'nobody@signed-in.example' })
  const sent: string[] = []
  for (const email of ['first@own.example', 'second@own.example', 'third@own.example'])
    sent.push((await send({ email }, sun)).token)
  const { leadId } = await send({ email: 'answered@own.example' }, sun)
  await sales.call(answerLead, { params: { leadId }, body: { subject: '报价', text: '见附件。' } })

  const first = await sun.call(listMyInquiries, { query: { limit: 2 } })
  expect(first.items.map(({ status }) => status)).toEqual(['answered', 'received'])
  expect(first.items[1]).toMatchObject({ token: sent[2], net: 100_000, currency: 'CNY', productName: { 'zh-CN': '钻台' } })
  const { name } = (await sun.call(getMe, {})).account!
  expect(first.items[0]!.sentBy.name).toBe(name)
  const rest = await sun.call(listMyInquiries, { query: { limit: 2, cursor: first.nextCursor! } })
  expect(rest.items.map(({ token }) => token)).toEqual([sent[1], sent[0]])
  const all = await sun.call(listMyInquiries, { query: { limit: 100 } })
  expect(all.nextCursor).toBeNull()
  expect(all.items.map(({ token }) => token)).not.toContain(foreign)

  expect((await refused(sales.call(listMyInquiries, {}))).status).toBe(403)
  expect((await refused(visitor.call(listMyInquiries, {}))).status).toBe(401)
})
