import { expect, test } from 'vitest'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { features } from '../../../app/features.ts'
import { type FleetPage, getFleet, getMyFleet, getMyStanding, getStanding } from '../core/index.ts'
import { type DeviceHealth, fleet, type OpenAlarm } from './index.ts'

const alarms = new Map<string, OpenAlarm[]>()
const health = new Map<string, DeviceHealth>()
const told = fleet({ openAlarms: async () => alarms, healthOf: async () => health })
const world = await twoCompanies(
  await testPortal({ features: features.map(feature => (feature.name === told.name ? told : feature)) }),
)
const { own, other, platform } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const { value: type } = await (await world.api('product')).callWithEtag(createDeviceType, {
  body: {
    key: 'fleet_machine',
    name: name('Machine'),
    metrics: [{ key: 'load', name: name('Load'), unit: '%', min: 0, max: 150, decimals: 0 }],
  },
})

async function newMachine(companyId: string, serial: string) {
  const { value, etag } = await service.callWithEtag(createDevice, { body: { serial, model: 'FM-1', typeId: type.id } })
  await give(value.id, companyId, etag)
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 day' where device_id = $1`, [
    value.id,
  ])
  return value.id
}

async function give(deviceId: string, companyId: string, etag?: string) {
  const ifMatch = etag ?? (await service.callWithEtag(getDevice, { params: { deviceId } })).etag
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold on' }, ifMatch })
}

/** As the broker hands it over. */
async function report(deviceId: string) {
  for (const { broker } of features) {
    const payload = Buffer.from(JSON.stringify({ at: Date.now(), values: { load: 50 } }))
    await broker?.receive?.(
      [{ ...{ deviceId, topic: 'readings', sparkplug: null, payload }, qos: 1, retain: false, receivedAt: new Date() }],
      platform,
    )
  }
}

const alarm = (severity: OpenAlarm['severity'], state: OpenAlarm['state'] = 'unacknowledged'): OpenAlarm => ({
  ...{ id: crypto.randomUUID(), severity, name: name(severity), state, source: 'rule:1' },
  raisedAt: new Date(Date.now() - 60_000),
})
const healthy = (index: number, status: DeviceHealth['status'] = 'good'): DeviceHealth => ({
  ...{ kind: 'known', index, status, asOf: new Date() },
  reasons: [{ component: null, text: name(`${index}`) }],
})
const statesIn = ({ items }: FleetPage) => items.map(({ serial, state }) => `${serial} ${state}`)

const [calm, ill] = [await newMachine(own.id, 'F-1'), await newMachine(own.id, 'F-2')]
await newMachine(own.id, 'F-3') // says nothing
const foreign = await newMachine(other.id, 'G-1')
for (const id of [calm, ill, foreign]) await report(id)
alarms.set(ill, [alarm('low'), alarm('critical')])
health.set(calm, healthy(93))
health.set(ill, healthy(40, 'maintenance-required'))

test('machines come worst first, those that nobody knows of before those that are good, and only the own ones', async () => {
  const page = await own.member.api.call(getMyFleet, {})
  expect(statesIn(page)).toEqual(['F-2 failure', 'F-3 null', 'F-1 good'])
  expect(page.items[0]).toMatchObject({ alarms: { count: 2, worst: 'critical' }, contact: 'reporting', company: null })
  expect(page.counts).toMatchObject({ failure: 1, good: 1, unknown: 1, 'maintenance-required': 0 })
  expect(statesIn(await other.member.api.call(getMyFleet, {}))).toEqual(['G-1 good'])
})

test('they are chosen by state, words and company, ranked by health, and come page by page', async () => {
  expect(statesIn(await own.member.api.call(getMyFleet, { query: { state: 'unknown' } }))).toEqual(['F-3 null'])
  expect(statesIn(await own.member.api.call(getMyFleet, { query: { q: 'f-1' } }))).toEqual(['F-1 good'])
  expect(statesIn(await own.member.api.call(getMyFleet, { query: { by: 'health' } }))).toEqual([
    'F-2 failure',
    'F-1 good',
    'F-3 null',
  ])
  const ofOther = await service.call(getFleet, { query: { company: other.id } })
  expect(ofOther.items.map(({ serial, company }) => [serial, company?.name])).toEqual([['G-1', other.name]])
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: FleetPage = await service.call(getFleet, { query: { limit: 1, q: '-', ...(cursor ? { cursor } : {}) } })
    seen.push(...page.items.map(({ serial }) => serial))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(['F-2', 'F-3', 'F-1', 'G-1'])
})

test('an alarm that is over or put aside says nothing, and one of a machine in maintenance that somebody works on it', async () => {
  const params = { deviceId: await newMachine(other.id, 'G-2') }
  await report(params.deviceId)
  alarms.set(params.deviceId, [alarm('critical', 'returned'), alarm('critical', 'shelved')])
  expect(await other.member.api.call(getMyStanding, { params })).toMatchObject({ state: 'good', alarms: [] })
  alarms.set(params.deviceId, [alarm('high', 'suppressed')])
  expect(await other.member.api.call(getMyStanding, { params })).toMatchObject({ state: 'function-check', alarms: [] })
})

test('of alarms and health of the time before, a new owner learns nothing; strangers find no machine', async () => {
  const params = { deviceId: await newMachine(own.id, 'T-1') }
  await report(params.deviceId)
  alarms.set(params.deviceId, [alarm('high')])
  health.set(params.deviceId, healthy(55, 'maintenance-required'))
  expect(await own.member.api.call(getMyStanding, { params })).toMatchObject({
    ...{ state: 'out-of-specification', health: { index: 55 }, alarms: [{ severity: 'high' }] },
  })
  const refused = (call: Promise<unknown>) => call.catch(error => (error instanceof ProblemError ? error.problem.status : error))
  expect(await refused(other.member.api.call(getMyStanding, { params }))).toBe(404)
  await give(params.deviceId, other.id)
  expect(await other.member.api.call(getMyStanding, { params })).toMatchObject({
    ...{ state: null, health: null, alarms: [], lastAt: null },
  })
  expect(await refused(own.member.api.call(getMyStanding, { params }))).toBe(404)
})

test('an owner who does not share is told his state himself, and the manufacturer is not', async () => {
  const params = { deviceId: ill }
  await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
  expect(await service.call(getStanding, { params })).toEqual({
    ...{ state: null, contact: 'withheld', contactSince: null, lastAt: null, health: null, alarms: [] },
  })
  expect(await own.member.api.call(getMyStanding, { params })).toMatchObject({ state: 'failure' })
})
