import { beforeEach, expect, test } from 'vitest'
import { changeMe, getMe } from '#features/accounts/core'
import { getProduct } from '#features/products/core'
import type { ProblemError } from '#platform/core'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  type AnsweringRule,
  changeLead,
  contactConsent,
  getAnswering,
  getLead,
  listLeads,
  saveAnswering,
  submitInquiry,
  usualAnswering,
} from '../core/index.ts'
import { remindOfLeads } from './remind-of-leads.ts'

const portal = await testPortal()
const { api, platform, database, mails } = portal
await publishDrillStand(platform)
const admin = await api('admin')
const sales = await api('sales')
const visitor = await api()
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
const always: AnsweringRule = { within: 4, days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 }

const save = async (rule: AnsweringRule) => {
  const { etag } = await admin.callWithEtag(getAnswering, {})
  return admin.call(saveAnswering, { body: rule, ifMatch: etag })
}
/** Mails about waiting leads, by whom they went to. */
const reminded = async () => {
  await database.transaction(() => remindOfLeads(platform))
  return (await mails())
    .filter(({ subject }) => subject.includes('工作小时'))
    .map(({ to, subject, text }) => ({ to, subject, text }))
}
/** The id of a lead that came in so many hours ago. */
async function leadOf(hours: number): Promise<string> {
  const contact = { name: 'Zhou Jianguo', company: 'Hengrui', email: `${crypto.randomUUID()}@hengrui.example` }
  const consent = { version: contactConsent.version, accepted: true as const }
  await visitor.call(submitInquiry, { body: { configuration: standardDraft(modelVersionId), contact, consent } })
  await portal.portal.settled()
  const { items } = await sales.call(listLeads, { query: { search: contact.email } })
  await database.pool.query(`update lead set created_at = now() - make_interval(mins => $2) where id = $1`, [
    items[0]!.id,
    hours * 60 + 1,
  ])
  return items[0]!.id
}
const change = async (leadId: string, body: { status?: 'contacted'; assigneeId?: string }) => {
  const { etag } = await sales.callWithEtag(getLead, { params: { leadId } })
  return sales.call(changeLead, { params: { leadId }, body, ifMatch: etag })
}

beforeEach(async () => {
  await database.pool.query('delete from lead_entry')
  await database.pool.query('delete from lead')
  await save(always)
})

test('a lead nobody looks after reminds all of sales once, without a word of the customer', async () => {
  const before = (await reminded()).length
  await leadOf(5)
  await leadOf(3)
  const mails = (await reminded()).slice(before)
  expect(mails.length).toBeGreaterThanOrEqual(2) // sales, and administrators who may do it too
  for (const { subject, text } of mails) {
    expect(subject).toBe('1 条新线索超过 4 个工作小时未处理')
    for (const personal of ['Zhou', 'Hengrui', 'hengrui.example']) expect(text).not.toContain(personal)
  }
  expect((await reminded()).length).toBe(before + mails.length)
})

test('whoever looks after a lead is reminded, and nobody else', async () => {
  const before = (await reminded()).length
  const { account } = await sales.call(getMe, {})
  await change(await leadOf(5), { assigneeId: account!.id })
  expect((await reminded()).slice(before).map(({ to }) => to)).toEqual([account!.email])
})

test('a colleague is reminded in the language he chose', async () => {
  await sales.call(changeMe, { body: { language: 'en' } })
  await change(await leadOf(5), { assigneeId: (await sales.call(getMe, {})).account!.id })
  await database.transaction(() => remindOfLeads(platform))
  const mail = (await mails()).find(({ subject }) => subject === '1 new lead waits for more than 4 working hours')
  expect(mail?.text).toContain('http://portal.test/en/console/leads?status=new')
  await sales.call(changeMe, { body: { language: 'zh-CN' } })
})

test('after twice the time administrators hear of it, once', async () => {
  const before = (await reminded()).length
  const { account } = await admin.call(getMe, {})
  const id = await leadOf(9)
  await change(id, { assigneeId: (await sales.call(getMe, {})).account!.id })
  const mails = (await reminded()).slice(before)
  expect(mails.filter(({ subject }) => subject.includes('仍未处理')).map(({ to }) => to)).toEqual([account!.email])
  expect((await reminded()).length).toBe(before + mails.length)
})

test('what has been dealt with, waits outside of working hours, or is not to be reminded of reminds nobody', async () => {
  const before = (await reminded()).length
  await change(await leadOf(5), { status: 'contacted' })
  expect(await reminded()).toHaveLength(before)
  await leadOf(5)
  const yesterdayAndToday = [0, 1].map(
    days => ((new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).getUTCDay() + 6) % 7) + 1,
  )
  await save({ ...always, days: always.days.filter(day => !yesterdayAndToday.includes(day)) })
  expect(await reminded()).toHaveLength(before)
  await save({ ...always, within: 0 })
  expect(await reminded()).toHaveLength(before)
})

test('two portals that remind at once remind once', async () => {
  const before = (await reminded()).length
  await leadOf(5)
  await Promise.all([1, 2, 3].map(() => database.transaction(() => remindOfLeads(platform))))
  const after = (await reminded()).slice(before)
  expect(new Set(after.map(({ to }) => to)).size).toBe(after.length)
})

test('the rule is changed by administrators, for the version they saw, and makes sense', async () => {
  await database.pool.query('delete from answering')
  const { value, etag } = await admin.callWithEtag(getAnswering, {})
  expect(value).toEqual(usualAnswering)
  await admin.call(saveAnswering, { body: { ...always, within: 8 }, ifMatch: etag })
  const problem = (call: Promise<unknown>) =>
    call.then(
      () => null,
      error => (error as ProblemError).problem,
    )
  expect(await problem(admin.call(saveAnswering, { body: always, ifMatch: etag }))).toMatchObject({ status: 412 })
  const wrong = await problem(save({ ...always, from: 600, to: 600 }))
  expect(wrong).toMatchObject({ errors: [{ field: '/to' }] })
  expect(await problem(sales.call(getAnswering, {}))).toMatchObject({ status: 403 })
})
