import { expect, test } from 'vitest'
import { demoAccounts } from '#features/accounts/server'
import { handleAlarm } from '#features/alarms/core'
import { clearAlarm, raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import type { Api } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import {
  changeMyNoticeSettings,
  countMyNotices,
  getMyNoticeSettings,
  listMyNotices,
  type NoticeSettingsView,
  readMyNotices,
} from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, database, mails } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const serviceEmail = demoAccounts(platform).find(({ roles }) => roles.includes('service'))!.email
const words = (said: string) => ({ 'zh-CN': `${said}。`, en: said })
const type = await service.call(createDeviceType, {
  body: { key: 'told', name: words('Machine'), components: [{ key: 'spindle', name: words('Spindle') }] },
})

async function newMachine(company: Company = own) {
  const { value, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'NM-1', typeId: type.id },
  })
  await give(value.id, company, etag)
  return { id: value.id, name: `NM-1 ${value.serial}` }
}
const give = (deviceId: string, { id }: Company, ifMatch: string) =>
  staff.call(transferDevice, { params: { deviceId }, body: { companyId: id, reason: 'sold' }, ifMatch })
const raise = (deviceId: string, change: Partial<Parameters<typeof raiseAlarm>[1]> = {}) =>
  raiseAlarm(platform, {
    ...{ deviceId, source: 'diagnosis:bearing', name: words('Bearing wears'), severity: 'high', at: new Date() },
    ...{ message: words('Vibration has doubled'), component: 'spindle', remedy: words('Replace it'), ...change },
  })
const clear = (deviceId: string) => clearAlarm(platform, { deviceId, source: 'diagnosis:bearing', at: new Date() })
/** Whoever was mailed since the last look, with what. */
let seen = (await mails()).length
const newMails = async () => {
  const all = await mails()
  const fresh = all.slice(seen)
  seen = all.length
  return fresh
}
const noticesOf = async (api: Api, machine: { name: string }) =>
  (await api.call(listMyNotices, { query: { limit: 100 } })).items.filter(({ where }) => where === machine.name)
async function choose(api: Api, change: Partial<NoticeSettingsView>) {
  const { value, etag } = await api.callWithEtag(getMyNoticeSettings, {})
  const { sms: _, ...fields } = { ...value, ...change }
  await api.call(changeMyNoticeSettings, { body: fields, ifMatch: etag })
}
const nothing = { critical: [], high: [], medium: [], low: [] }

test('an alarm reaches people of the owner and staff as is usual for each, says what it is, and nobody else', async () => {
  const machine = await newMachine()
  await raise(machine.id, { severity: 'high' })
  const sent = await newMails()
  expect(sent.map(({ to }) => to).sort()).toEqual([own.admin.email, own.member.email].sort())
  expect(sent[0]!.subject).toContain(`Bearing wears。 · ${machine.name}`)
  for (const said of ['Vibration has doubled', 'Spindle', 'Replace it', '高', '/account/machines/'])
    expect(sent[0]!.text).toContain(said)
  const [notice] = await noticesOf(own.member.api, machine)
  expect(notice).toMatchObject({ kind: 'alarm', urgency: 'high', title: words('Bearing wears'), read: false })
  expect(notice!.path).toMatch(new RegExp(`^/account/machines/${machine.id}/alarms/`))
  expect((await noticesOf(service, machine))[0]?.path).toMatch(/^\/console\/devices\//)
  expect(await noticesOf(other.admin.api, machine)).toEqual([])
  expect(await noticesOf(await world.api('customer'), machine)).toEqual([])
})

test('what comes again is one notice, unread anew, and mailed once', async () => {
  const machine = await newMachine()
  await raise(machine.id)
  await newMails()
  await own.member.api.call(readMyNotices, { body: {} })
  expect(await own.member.api.call(countMyNotices, {})).toEqual({ unread: 0 })
  await clear(machine.id)
  await raise(machine.id)
  expect(await newMails()).toEqual([])
  expect(await noticesOf(own.member.api, machine)).toMatchObject([{ read: false }])
  const [{ id } = { id: '' }] = await noticesOf(own.member.api, machine)
  expect(await other.member.api.call(readMyNotices, { body: { ids: [id] } })).toEqual({ unread: 0 })
  expect(await own.member.api.call(countMyNotices, {})).toEqual({ unread: 1 })
  expect(await own.member.api.call(readMyNotices, { body: { ids: [id] } })).toEqual({ unread: 0 })
})

test('a machine that was handed over tells its new owner, and one whose owner keeps to himself does not tell the manufacturer', async () => {
  const machine = await newMachine()
  await raise(machine.id, { severity: 'critical' })
  expect((await newMails()).map(({ to }) => to)).toContain(serviceEmail)
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId: machine.id } })
  await give(machine.id, other, etag)
  await other.admin.api.call(setSharing, { params: { deviceId: machine.id }, body: { whom: 'manufacturer', shared: false } })
  await raise(machine.id, { severity: 'critical' })
  expect((await newMails()).map(({ to }) => to).sort()).toEqual([other.admin.email, other.member.email].sort())
  expect(await noticesOf(other.member.api, machine)).toHaveLength(1)
  expect(await noticesOf(own.member.api, machine)).toHaveLength(1) // of his own time
  expect(await noticesOf(service, machine)).toHaveLength(1)
  const third = await newMachine()
  await raise(third.id)
  await newMails()
  expect(await noticesOf(service, third)).toHaveLength(1)
  await own.admin.api.call(setSharing, { params: { deviceId: third.id }, body: { whom: 'manufacturer', shared: false } })
  expect(await noticesOf(service, third)).toEqual([])
})

test('somebody is told as he wants it: which ways, which kinds', async () => {
  const machine = await newMachine()
  await choose(own.member.api, { channels: { ...nothing, medium: ['mail'] }, kinds: ['alarm', 'alarm-over'] })
  await raise(machine.id, { severity: 'medium' })
  expect((await newMails()).map(({ to }) => to)).toEqual([own.member.email])
  expect(await noticesOf(own.member.api, machine)).toEqual([])
  expect(await noticesOf(own.admin.api, machine)).toHaveLength(1)
  await clear(machine.id)
  const over = await newMails()
  expect(over.map(({ to }) => to)).toEqual([own.member.email])
  expect(over[0]!.subject).toContain('已恢复')
  await choose(own.member.api, { channels: nothing })
  await raise(machine.id, { severity: 'critical', source: 'diagnosis:other' })
  expect((await newMails()).map(({ to }) => to)).not.toContain(own.member.email)
})

test('in quiet hours a mail waits, and is left out where somebody has taken note of the alarm; what is critical comes at once', async () => {
  const machine = await newMachine()
  const day = { from: '00:00', until: '23:59' }
  const minute = new Date().toISOString().slice(11, 16)
  const zone = minute >= '23:58' || minute < '00:01' ? 'Asia/Shanghai' : 'UTC'
  for (const { api } of [own.admin, own.member])
    await choose(api, { channels: { ...nothing, critical: ['mail'], high: ['mail'] }, quiet: day, zone })
  const noted = await raise(machine.id)
  await raise(machine.id, { source: 'diagnosis:waits', name: words('Still waits') })
  await raise(machine.id, { source: 'diagnosis:crash', name: words('Crash'), severity: 'critical' })
  const now = await newMails()
  expect(now.filter(({ to }) => to === own.member.email).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Crash'),
  ])
  await own.admin.api.call(handleAlarm, { params: { alarmId: noted }, body: { do: 'acknowledge' } })
  await database.pool.query(`update notice_delivery set due_at = now() where state = 'waiting'`)
  await database.pool.query(`update job.job set start_after = now() where name = 'notices.deliver' and state = 'created'`)
  const later = await newMails()
  expect(later.filter(({ to }) => to === own.member.email).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Still waits'),
  ])
  for (const { api } of [own.admin, own.member]) await choose(api, { quiet: null })
})

test('a flood comes as ten mails at most and a summary, and every alarm stands in the portal', async () => {
  await choose(own.member.api, { channels: { ...nothing, low: ['portal', 'mail'] } })
  await database.pool.query(`update notice_delivery set settled_at = settled_at - interval '1 hour'`)
  const machines = [await newMachine(), await newMachine()]
  await platform.database.transaction(async () => {
    for (let number = 0; number < 30; number++)
      await raise(machines[number % 2]!.id, { source: `diagnosis:${number}`, severity: 'low' })
  })
  const sent = (await newMails()).filter(({ to }) => to === own.member.email)
  const summaries = sent.filter(({ subject }) => subject.startsWith('报警过多'))
  expect(sent.length - summaries.length).toBeLessThanOrEqual(10)
  expect(summaries).toHaveLength(1)
  expect(summaries[0]!.text).toContain(machines[0]!.name)
  const { rows } = await database.pool.query(
    `select d.state, count(*)::int as many from notice_delivery d join notice n on n.id = d.notice_id
     where n.person_id = $1 and n.device_id = any($2) group by 1`,
    [own.member.id, machines.map(({ id }) => id)],
  )
  expect(rows.reduce((sum, { many }) => sum + many, 0)).toBe(30)
  expect(await noticesOf(own.member.api, machines[0]!)).toHaveLength(15)
  const page = await own.member.api.call(listMyNotices, { query: { limit: 20, unread: 'true' } })
  const next = await own.member.api.call(listMyNotices, { query: { limit: 20, unread: 'true', cursor: page.nextCursor! } })
  expect(new Set([...page.items, ...next.items].map(({ id }) => id)).size).toBe(page.items.length + next.items.length)
  expect(page.items).toHaveLength(20)
})
