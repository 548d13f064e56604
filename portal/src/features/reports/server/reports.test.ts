import { expect, test } from 'vitest'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { dayIn } from '#features/offers/core'
import { createPackage } from '#features/packages/core'
import { openTo } from '#features/packages/server'
import { defaultTimeZone, ProblemError, translate } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import {
  getMyReport,
  getMyReportPdf,
  getReport,
  listMyReports,
  listReports,
  monthBefore,
  monthOf,
  reportRows,
} from '../core/index.ts'
import { makeReports } from './make-reports.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const { pool } = world.database
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const sales = await world.api('sales')
const words = (text: string) => ({ 'zh-CN': text, en: text })
const type = await service.call(createDeviceType, {
  body: {
    ...{ key: 'reported_machine', name: words('Machine') },
    metrics: [{ key: 'hours', name: words('Hours'), unit: 'h', min: 0, max: 1e6, decimals: 1 }],
  },
})
const offer = {
  ...{ name: words('Foresight'), description: words('') },
  ...{ net: 1, currency: 'CNY' as const, months: 12, trialDays: 0, offered: true },
}
const month = monthBefore(dayIn(platform.now(), defaultTimeZone))
/** a day of that month, at noon where the manufacturer is */
const on = (day: number) => new Date(`${month}-${String(day).padStart(2, '0')}T04:00:00Z`)
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

const give = async (deviceId: string, { id }: Company) => {
  const params = { deviceId }
  const { etag } = await service.callWithEtag(getDevice, { params })
  await staff.call(transferDevice, { params, body: { companyId: id, reason: 'sold' }, ifMatch: etag })
}

async function newMachine(company: Company, from: Date): Promise<string> {
  const serial = crypto.randomUUID().slice(0, 13)
  const { id } = await service.call(createDevice, { body: { serial, model: 'RM-1', typeId: type.id } })
  await give(id, company)
  await pool.query('update device_ownership set from_at = $2 where device_id = $1', [id, from])
  return id
}

const machine = await newMachine(own, new Date(on(1).getTime() - 400 * 86_400_000))
const late = await newMachine(other, on(15)) // in the middle of the month
for (const deviceId of [machine, late])
  for (const [day, index] of [
    [2, 98],
    [20, 71],
  ] as const)
    await pool.query(`insert into device_health (device_id, component, at, index) values ($1, '', $2, $3)`, [
      deviceId,
      on(day),
      index,
    ])
for (const day of [5, 25]) {
  const said = { name: words('Found'), message: words('-'), severity: 'high', remedy: null, component: null } as const
  for (const deviceId of [machine, late]) await raiseAlarm(platform, { ...said, deviceId, source: `rule:${day}`, at: on(day) })
}
// one of them while the machine was still somebody else's
await pool.query(`update alarm set started_at = $2, raised_at = $2 where device_id = $1 and source = 'rule:5'`, [late, on(5)])
// a warning of the year that came before the month
await raiseAlarm(platform, {
  ...{ name: words('Found'), message: words('-'), severity: 'high', remedy: null, component: null },
  ...{ deviceId: machine, source: 'diagnosis:drift', at: new Date(on(1).getTime() - 60 * 86_400_000) },
})
await platform.warehouse.insert(
  'readings_taken',
  [3, 4].map(day => ({ device_id: machine, metric: ['hours'], at: [on(day).getTime()], scaled: [day * 1000] })),
  { batchId: platform.newId() },
)
const open = { report: openTo('report'), findings: openTo('findings'), outlook: openTo('outlook') }
const make = async () => {
  await platform.database.transaction(() => makeReports(platform, open))
  await world.portal.settled()
}
await make()

test('a report tells of the month that is over, once, is mailed, and does not change afterwards', async () => {
  const report = await own.member.api.call(getMyReport, { params: { month } })
  expect(report).toMatchObject({ company: own.name, month, machines: 1 })
  expect(report.facts.machines[0]).toMatchObject({
    ...{ device: { id: machine }, health: { before: null, end: 71 }, alarms: { high: 2, low: 0 } },
    counters: [{ added: 100, end: 400 }],
  })
  expect(report.facts.outcomes).toMatchObject({ month: { warnings: 0 }, year: { warnings: 1, unjudged: 1, precision: null } })
  expect(report.facts.machines[0]!.availability).toBeGreaterThan(0)
  expect((await world.mails()).filter(({ to, subject }) => to === own.admin.email && subject.includes(month))).toHaveLength(1)
  await pool.query('delete from device_health where device_id = $1', [machine])
  await make()
  expect(await own.member.api.call(getMyReport, { params: { month } })).toEqual(report)
  expect((await own.member.api.call(listMyReports, {})).items.map(({ soFar }) => soFar)).toEqual([true, false])
  expect((await world.mails()).filter(({ to, subject }) => to === own.admin.email && subject.includes(month))).toHaveLength(1)
})

test('the present month can be read as far as it has come, and is kept nowhere', async () => {
  const present = monthOf(dayIn(platform.now(), defaultTimeZone))
  const report = await own.member.api.call(getMyReport, { params: { month: present } })
  expect(report).toMatchObject({ month: present, soFar: true, machines: 1 })
  expect(report.facts.machines[0]).toMatchObject({ device: { id: machine }, counters: [] })
  expect((await pool.query('select month from health_report where month = $1', [present])).rows).toEqual([])
})

test('of a machine that was bought in the month only what came after is told', async () => {
  const { facts } = await other.member.api.call(getMyReport, { params: { month } })
  expect(facts.machines).toMatchObject([{ health: { before: null, end: 71 }, alarms: { high: 1 } }])
})

test('it can be had as PDF; strangers get their own or none, staff none of what an owner does not share', async () => {
  const pdf = await own.member.api.fetchFile(getMyReportPdf, { params: { month } })
  expect(pdf.status).toBe(200)
  const { items } = await service.call(listReports, {})
  const params = { reportId: items.find(({ company }) => company === own.name)!.id }
  const { machines, outcomes } = (await service.call(getReport, { params })).facts
  expect([machines.length, outcomes]).toEqual([1, undefined])
  await own.admin.api.call(setSharing, { params: { deviceId: machine }, body: { whom: 'manufacturer', shared: false } })
  expect((await service.call(getReport, { params })).facts.machines).toEqual([])
  expect(await statusOf(other.member.api.call(getMyReport, { params: { month: '2020-01' } }))).toBe(404)
})

test('where packages open what is found and remaining life, a report tells of neither without them, and says so', async () => {
  await raiseAlarm(platform, {
    ...{ name: words('Found'), message: words('-'), severity: 'high', remedy: null, component: null },
    ...{ deviceId: late, source: 'diagnosis:drift', at: on(22) },
  })
  const params = { month }
  const told = async () => {
    await pool.query('delete from health_report')
    await make()
    return (await other.member.api.call(getMyReport, { params })).facts
  }
  const before = await told()
  expect(before.machines).toMatchObject([{ health: { end: 71 }, findings: [], outlook: [], alarms: { high: 2 } }])
  expect(before.outcomes?.month.warnings).toBe(1)
  await sales.call(createPackage, { body: { ...offer, typeIds: [type.id], rights: ['findings', 'outlook'] } })
  const { machines, outcomes } = await told()
  expect(machines).toMatchObject([{ health: null, findings: null, outlook: null, alarms: { high: 1 } }])
  expect(outcomes).toBeUndefined()
  const rows = reportRows(machines[0]!, 'en', defaultTimeZone)
  const closed = translate('en', 'reports:closed')
  expect(rows.filter(({ lines }) => lines[0] === closed).map(({ name }) => name)).toEqual(
    ['health', 'findings', 'outlook'].map(key => translate('en', `reports:${key}`)),
  )
})

test('where a package opens reports, there is none without it', async () => {
  await pool.query('delete from health_report')
  await sales.call(createPackage, { body: { ...offer, typeIds: [type.id], rights: ['report'] } })
  await make()
  expect((await own.member.api.call(listMyReports, {})).items).toEqual([])
})
