import { afterAll, expect, test } from 'vitest'
import { signOut } from '#features/accounts/core'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import type { DeviceMessage } from '#platform/server'
import { confirmingApi } from '../../../../../test/confirming.ts'
import { type EventReader, type ReadEvent, readEvents } from '../../../../../test/event-reader.ts'
import { testPortal, type Visitor } from '../../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../../test/two-companies.ts'
import { features } from '../../../../app/features.ts'
import { startPortal } from '../../../../app/portal.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, request } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const broker = features.flatMap(feature => feature.broker ?? [])
const open: EventReader[] = []
afterAll(async () => {
  for (const reader of open) await reader.close()
})

const name = (text: string) => ({ 'zh-CN': text, en: text })
const metric = (key: string) => ({ key, name: name(key), unit: '1', min: -1000, max: 1_000_000, decimals: 1 })
const { value: type } = await (await world.api('product')).callWithEtag(createDeviceType, {
  body: { key: 'live_machine', name: name('Machine'), metrics: [metric('load'), metric('speed')] },
})

/** A machine of the company since an hour. */
async function newMachine(companyId: string = own.id) {
  const { value, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'LM-1', typeId: type.id },
  })
  await give(value.id, companyId, etag)
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 hour' where device_id = $1`, [
    value.id,
  ])
  return value.id
}

async function give(deviceId: string, companyId: string, etag?: string) {
  const ifMatch = etag ?? (await service.callWithEtag(getDevice, { params: { deviceId } })).etag
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold on' }, ifMatch })
}

/** As the broker hands it over; resolves when it is acknowledged. to: the portal it came to */
async function say(deviceId: string, at: number, values: Record<string, number>, to = platform) {
  const payload = Buffer.from(JSON.stringify({ at, values }))
  const message: DeviceMessage = {
    ...{ deviceId, topic: 'readings', sparkplug: null, payload, qos: 1, retain: false, receivedAt: new Date() },
  }
  for (const { receive } of broker) await receive?.([message], to)
}

const address = (ids: string | string[], side = 'my') => `/api/v1/${side}/devices/live?device=${[ids].flat().join(',')}`
async function watch(ids: string | string[], as: Visitor, { lastEventId, side }: { lastEventId?: string; side?: string } = {}) {
  const headers = new Headers(lastEventId === undefined ? [] : [['last-event-id', lastEventId]])
  const reader = readEvents(await request(address(ids, side), { headers }, as))
  open.push(reader)
  return reader
}

type Said = [metric: string, at: number, value: number]
const readingsIn = ({ events }: EventReader): Said[] =>
  events.filter(event => event.name === 'readings').flatMap(event => event.data.readings)
const valuesIn = (reader: EventReader) => readingsIn(reader).map(([, , value]) => value)
const says = (value: number) => (event: ReadEvent) =>
  event.name === 'readings' && (event.data.readings as Said[]).some(reading => reading[2] === value)
const owner = own.admin.visitor
const buyer = other.admin.visitor

test('a page has the last values at once, then what comes, once a second and the last of each metric', async () => {
  const machine = await newMachine()
  const begin = Date.now() - 10_000
  await say(machine, begin, { load: 1, speed: 100.5 })
  const reader = await watch(machine, owner)
  await reader.until(says(100.5))
  for (let n = 1; n <= 20; n++) await say(machine, begin + n, { load: n + 1 })
  await reader.until(says(21))
  await say(machine, begin + 21, { load: 22 })
  await reader.until(says(22))
  expect(readingsIn(reader).filter(([key]) => key === 'speed')).toEqual([['speed', begin, 100.5]])
  expect(valuesIn(reader).length).toBeLessThan(8)
})

test('a stranger finds no machine, a machine among others neither, and nobody who is not signed in', async () => {
  const [mine, theirs] = [await newMachine(), await newMachine(other.id)]
  expect((await request(address(theirs), {}, owner)).status).toBe(404)
  expect((await request(address([mine, theirs]), {}, owner)).status).toBe(404)
  expect((await request(address(crypto.randomUUID()), {}, owner)).status).toBe(404)
  expect((await request(address(crypto.randomUUID(), 'console'), {}, 'service')).status).toBe(404)
  expect((await request(address(mine))).status).toBe(401)
  expect((await request(address('me'), {}, owner)).status).toBe(422)
})

test('who comes back is sent what he has missed, all of it and nothing twice', async () => {
  const [machine, quiet] = [await newMachine(), await newMachine()]
  const begin = Date.now() - 60_000
  const first = await watch([machine, quiet], owner)
  await say(machine, begin, { load: 0, speed: 0 })
  const { id } = await first.until(says(0))
  await first.close()
  for (let n = 1; n <= 5; n++) await say(machine, begin + n * 2000, { load: n })
  const second = await watch([machine, quiet], owner, { lastEventId: id! })
  await say(machine, begin + 12_000, { load: 6 })
  await say(quiet, begin, { load: 7 })
  await second.until(says(6))
  await second.until(says(7))
  const all = [...readingsIn(first), ...readingsIn(second)]
  expect(all.filter(([key, , value]) => key === 'load' && value < 7).map(([, , value]) => value)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(new Set(all.map(([key, at, value]) => `${key} ${at} ${value}`)).size).toBe(all.length)
})

test('who was away too long is told to read again, and is sent the last hour', async () => {
  const machine = await newMachine()
  const first = await watch(machine, 'service', { side: 'console' })
  await say(machine, Date.now() - 2 * 3_600_000, { load: 1 })
  const { id } = await first.until(says(1))
  await say(machine, Date.now() - 1.5 * 3_600_000, { load: 2 })
  await say(machine, Date.now() - 600_000, { load: 3 })
  const second = await watch(machine, 'service', { side: 'console', lastEventId: id! })
  await second.until(says(3))
  expect(second.events[0]).toMatchObject({ name: 'again' })
  expect(valuesIn(second)).toEqual([3])
})

test('a transfer cuts open streams: nothing of after for whoever had it, nothing of before for whoever has it, by replay neither', async () => {
  const machine = await newMachine()
  const before = await watch(machine, owner)
  await say(machine, Date.now(), { load: 1 })
  const { id } = await before.until(says(1))
  await give(machine, other.id)
  await before.until(({ name }) => name === 'rights')
  const after = await watch(machine, buyer)
  const earlier = Date.now() - 600_000
  await say(machine, earlier, { speed: 2 }) // came late: of the time of whoever had it
  await say(machine, Date.now(), { load: 3 })
  await platform.live.publish('device-alarms', machine)
  await after.until(says(3))
  await after.until(({ name }) => name === 'alarm')
  await before.until(says(2))
  expect(valuesIn(after)).toEqual([3])
  expect(valuesIn(before)).toEqual([1, 2])
  const sinceThen = before.events.slice(before.events.findIndex(({ name }) => name === 'rights'))
  expect(sinceThen.some(({ name }) => name === 'alarm')).toBe(false)

  const returned = await watch(machine, owner, { lastEventId: id! })
  const newcomer = await watch(machine, buyer, { lastEventId: id! })
  await newcomer.until(says(3))
  expect(valuesIn(newcomer)).toEqual([3])
  await say(machine, earlier + 1, { speed: 4 })
  await before.until(says(4))
  await say(machine, Date.now(), { load: 5 })
  await newcomer.until(says(5))
  expect([valuesIn(newcomer), valuesIn(before), valuesIn(returned)]).toEqual([[3, 5], [1, 2, 4], []])
})

test('an owner who shares no more is not watched from that moment, and is again once he does', async () => {
  const machine = await newMachine()
  const reader = await watch(machine, 'service', { side: 'console' })
  await say(machine, Date.now(), { load: 1 })
  await reader.until(says(1))
  const share = (shared: boolean) =>
    own.admin.api.call(setSharing, { params: { deviceId: machine }, body: { whom: 'manufacturer', shared } })
  await share(false)
  await reader.until(({ name }) => name === 'rights')
  const hidden = await watch(machine, owner)
  await say(machine, Date.now(), { load: 2 })
  await platform.live.publish('device-health', machine)
  await hidden.until(says(2))
  await hidden.until(({ name }) => name === 'health')
  await share(true)
  await expect.poll(() => reader.events.filter(({ name }) => name === 'rights').length).toBe(2)
  await say(machine, Date.now(), { load: 3 })
  await reader.until(says(3))
  expect(valuesIn(reader)).toEqual([1, 3])
  expect(reader.events.some(({ name }) => name === 'health')).toBe(false)
})

test('alarms, health and connections are passed on; the end of the session ends the stream', async () => {
  const machine = await newMachine()
  const cookie = await world.newSession(own.member.visitor)
  const reader = readEvents(await request(address(machine), { headers: { cookie } }))
  await platform.live.publish('device-alarms', machine)
  await reader.until(({ name, data }) => name === 'alarm' && data.device === machine)
  for (const { notice } of broker) await notice?.([{ kind: 'connected', deviceId: machine, at: new Date() }], platform)
  expect((await reader.until(event => event.name === 'connection')).data).toMatchObject({ device: machine, connected: true })
  await request(`/api/v1${signOut.path}`, { method: 'POST', headers: { cookie } })
  await reader.ended
})

test('readings that came to another portal are told of here', async () => {
  const second = await startPortal(
    { ...platform.config, databaseUrl: world.database.pool.options.connectionString ?? null },
    { features, log: platform.log, background: false },
  )
  try {
    Object.defineProperty(second.platform, 'warehouse', { value: platform.warehouse }) // one embedded warehouse for both
    const machine = await newMachine()
    const reader = await watch(machine, owner)
    await say(machine, Date.now(), { load: 11 }, second.platform)
    await reader.until(says(11))
  } finally {
    await second.stop()
  }
})
