import { expect, test } from 'vitest'
import { createDevice, createDeviceType, getDevice, getMyDevice, setSharing, transferDevice } from '#features/devices/core'
import { dayIn } from '#features/offers/core'
import { defaultTimeZone, type ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import { features } from '../../../app/features.ts'
import {
  changePlan,
  getMaintenance,
  getMyMaintenance,
  getPlan,
  listMaintenance,
  listMyMaintenance,
  recordMaintenance,
  recordMyMaintenance,
  type Signal,
} from '../core/index.ts'
import { advisory } from './index.ts'

/** What machines show now, by id: in the place of alarms and health. */
const shown = new Map<string, Signal[]>()
const world = await twoCompanies(
  await testPortal({ features: features.map(one => (one.name === 'advisory' ? advisory([async () => shown]) : one)) }),
)
const { own, other, platform, database } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')

const words = (text: string) => ({ 'zh-CN': text, en: text })
const task = (key: string, rhythm: object) => ({ key, name: words(key), instructions: words(`Do ${key}`), ...rhythm })
const { value: type } = await service.callWithEtag(createDeviceType, {
  body: {
    key: 'kept_machine',
    name: words('Machine'),
    metrics: [{ key: 'hours', name: words('Hours'), unit: 'h', min: 0, max: 1e6, decimals: 0 }],
  },
})
const params = { typeId: type.id }
const plan = {
  tasks: [
    task('oil', { everyMonths: 6 }),
    task('belt', { counter: { metric: 'hours', every: 1000 } }),
    task('filter', { condition: { kind: 'alarm' as const, code: 'pressure' } }),
  ],
}
await service.callWithEtag(changePlan, { params, body: plan, ifMatch: '0' })

/** So many days ago, where the manufacturer is. */
const day = (back: number) => dayIn(new Date(Date.now() - back * 86_400_000), defaultTimeZone)

/** A machine that was delivered a year ago and has 950 hours. */
async function newMachine(company: Company = own): Promise<{ deviceId: string }> {
  const { value, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'KM-1', typeId: type.id, deliveredOn: day(365) },
  })
  const deviceId = value.id
  await give(deviceId, company, etag)
  await database.pool.query(`update device_ownership set from_at = now() - interval '365 days' where device_id = $1`, [deviceId])
  await count(deviceId, 950)
  return { deviceId }
}
const give = (deviceId: string, { id }: Company, etag: string) =>
  staff.call(transferDevice, { params: { deviceId }, body: { companyId: id, reason: 'sold' }, ifMatch: etag })
const count = (deviceId: string, hours: number) =>
  platform.warehouse.insert(
    'reading_latest',
    [{ device_id: deviceId, metric: 'hours', at: new Date().toISOString(), scaled: hours }],
    { batchId: platform.newId() },
  )
const statesOf = async (deviceId: string, api = own.member.api) =>
  Object.fromEntries((await api.call(getMyMaintenance, { params: { deviceId } })).tasks.map(({ key, due }) => [key, due.state]))
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    error => (error as ProblemError).problem,
  )
const remind = () => platform.jobs.enqueue('advisory.remind-of-maintenance', {})

test('a plan is written whole, by one at a time, with counters its type measures', async () => {
  const { value, etag } = await service.callWithEtag(getPlan, { params })
  expect(value.tasks.map(({ key }) => key)).toEqual(['oil', 'belt', 'filter'])
  const wrong = { tasks: [task('belt', { counter: { metric: 'miles', every: 5 } })] }
  const problem = await problemOf(service.callWithEtag(changePlan, { params, body: wrong, ifMatch: etag }))
  expect(problem?.errors).toMatchObject([{ field: '/tasks/0/counter/metric' }])
  const late = await problemOf(service.callWithEtag(changePlan, { params, body: plan, ifMatch: '0' }))
  expect(late?.status).toBe(412)
  const twice = await problemOf(
    service.callWithEtag(changePlan, { params, body: { tasks: [plan.tasks[0]!, plan.tasks[0]!] }, ifMatch: etag }),
  )
  expect(twice?.errors).toMatchObject([{ field: '/tasks/1/key' }])
})

test('each task is reckoned from delivery, counter and what the machine shows, and from the day it was done', async () => {
  const { deviceId } = await newMachine()
  expect(await statesOf(deviceId)).toEqual({ oil: 'overdue', belt: 'soon', filter: 'later' })
  shown.set(deviceId, [
    { kind: 'alarm', code: 'pressure', name: words('Low pressure'), since: new Date().toISOString(), value: null, found: false },
  ])
  expect(await statesOf(deviceId)).toEqual({ oil: 'overdue', filter: 'due', belt: 'soon' })
  shown.clear()
  const after = await own.member.api.call(recordMyMaintenance, {
    params: { deviceId },
    body: { task: 'belt', on: day(0), performedBy: 'Old Wang', note: 'A little worn' },
  })
  expect(after.tasks.find(({ key }) => key === 'belt')).toMatchObject({
    due: { state: 'later', at: 1950 },
    last: { counter: 950 },
  })
  expect(after.records).toMatchObject([{ performedBy: 'Old Wang', note: 'A little worn', counter: 950, unit: 'h', by: 'own' }])
  await service.call(recordMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(30) } })
  const { tasks, records } = await own.admin.api.call(getMyMaintenance, { params: { deviceId } })
  expect(tasks.find(({ key }) => key === 'oil')?.last?.on).toBe(day(30))
  expect(records.map(({ by }) => by)).toEqual(['own', 'manufacturer'])
})

test('no day to come is written down, none before the machine was theirs, and no task that is not in the plan', async () => {
  const { deviceId } = await newMachine()
  const record = (body: { task: string; on: string }) =>
    problemOf(own.member.api.call(recordMyMaintenance, { params: { deviceId }, body }))
  expect((await record({ task: 'oil', on: day(-2) }))?.errors).toMatchObject([{ field: '/on' }])
  expect((await record({ task: 'oil', on: day(400) }))?.errors).toMatchObject([{ field: '/on' }])
  expect((await record({ task: 'paint', on: day(1) }))?.status).toBe(404)
  expect(
    (await problemOf(other.admin.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(1) } })))
      ?.status,
  ).toBe(404)
})

test('after a transfer nothing of what was done before is shown or reckoned with, and nothing of after to whoever sold it', async () => {
  const { deviceId } = await newMachine()
  await own.member.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(10), note: 'Ours' } })
  await own.member.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'belt', on: day(0) } })
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await give(deviceId, other, etag)
  await count(deviceId, 960)
  const seen = await other.admin.api.call(getMyMaintenance, { params: { deviceId } })
  expect(seen.records).toEqual([])
  expect(seen.tasks.every(({ last }) => last === null)).toBe(true)
  expect(seen.tasks.find(({ key }) => key === 'belt')?.due.at).toBe(1000) // not 1950: that would tell when it was done
  await other.admin.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(0), note: 'Theirs' } })
  const before = await own.member.api.call(getMyMaintenance, { params: { deviceId } })
  expect(before).toMatchObject({ withheld: true, tasks: [] })
  expect(before.records.map(({ note }) => note)).toEqual(['', 'Ours'])
  expect((await own.member.api.call(listMyMaintenance, {})).items.map(({ device }) => device.id)).not.toContain(deviceId)
  const all = await service.call(getMaintenance, { params: { deviceId } })
  expect(all.records).toHaveLength(3)
})

test('what an owner does not share is not reckoned for the manufacturer', async () => {
  const { deviceId } = await newMachine()
  const listed = async () => (await service.call(listMaintenance, {})).items.filter(({ device }) => device.id === deviceId)
  expect((await listed()).map(({ task, owner }) => [task.key, owner])).toEqual([
    ['oil', own.name],
    ['belt', own.name],
  ])
  await own.member.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(1) } })
  await own.admin.api.call(setSharing, { params: { deviceId }, body: { whom: 'manufacturer', shared: false } })
  expect(await listed()).toEqual([])
  expect(await service.call(getMaintenance, { params: { deviceId } })).toMatchObject({ withheld: true, tasks: [], records: [] })
})

test('its owner is reminded by mail once for each time round, and a stranger is not', async () => {
  const { deviceId } = await newMachine(other)
  const { serial } = await other.admin.api.call(getMyDevice, { params: { deviceId } })
  const told = async () => (await world.mails()).filter(({ text }) => text.includes(serial)).map(({ to }) => to)
  const everybody = [other.admin.email, other.member.email]
  await remind()
  expect((await told()).toSorted()).toEqual(everybody.toSorted())
  await remind()
  expect(await told()).toHaveLength(2)
  await other.admin.api.call(recordMyMaintenance, { params: { deviceId }, body: { task: 'oil', on: day(170) } })
  await remind()
  expect(await told()).toHaveLength(4)
})
