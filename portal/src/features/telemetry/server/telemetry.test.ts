import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { raiseAlarm } from '#features/alarms/server'
import {
  addCredential,
  createDevice,
  createDeviceType,
  getDevice,
  revokeCredential,
  setSharing,
  transferDevice,
} from '#features/devices/core'
import { ProblemError } from '#platform/core'
import { openDevice } from '../../../../../examples/device-client/device-client.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { closed } from '../../../../test/device-wire.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  getHistory,
  getMarks,
  getMetrics,
  getMyHistory,
  getMyMarks,
  getMyMetrics,
  listMyAlike,
  readingLimits,
} from '../core/index.ts'
import { receiveMessages } from './receive-messages.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const { own, other, platform } = world
const url = await openDoors(world)
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const folder = await mkdtemp(join(tmpdir(), 'fettle-telemetry-'))
const clients: MqttClient[] = []
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
  await rm(folder, { recursive: true })
})

const name = (text: string) => ({ 'zh-CN': text, en: text })
const { value: type } = await (await world.api('product')).callWithEtag(createDeviceType, {
  body: {
    key: 'tested_machine',
    name: name('Machine'),
    metrics: [
      { key: 'speed', name: name('Speed'), unit: '1/min', min: 0, max: 20_000, decimals: 0 },
      { key: 'temperature', name: name('Temperature'), unit: 'Cel', min: -40, max: 150, decimals: 2 },
    ],
  },
})

/** A machine of the company, with a token. */
async function newMachine(companyId: string | null = own.id) {
  const { value: device, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'TM-1', typeId: type.id },
  })
  const { id: credentialId, token } = await service.call(addCredential, {
    params: { deviceId: device.id },
    body: { kind: 'token', label: 'PLC' },
  })
  if (companyId) await give(device.id, companyId, etag)
  // as one that was delivered a year ago
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    device.id,
  ])
  return { id: device.id, token: token!, credentialId }
}

async function give(deviceId: string, companyId: string, etag: string) {
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold on' }, ifMatch: etag })
}

async function connect({ id, token }: { id: string; token: string }) {
  const client = await connectAsync(url, { username: id, password: token, clientId: id, reconnectPeriod: 0 })
  clients.push(client)
  return {
    say: (said: unknown) =>
      client.publishAsync(`fettle/${id}/readings`, typeof said === 'string' ? said : JSON.stringify(said), { qos: 1 }),
    client,
  }
}

const day = 86_400_000
const around = () => ({ from: new Date(Date.now() - day).toISOString(), to: new Date(Date.now() + day).toISOString() })
const pointsOf = async (deviceId: string, metric: string, query: { from: string; to: string; points?: number } = around()) =>
  (await own.member.api.call(getMyHistory, { params: { deviceId, metric }, query })).points
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

test('what a machine has been acknowledged is read by its company at once, to the last digit', async () => {
  const machine = await newMachine()
  const { say } = await connect(machine)
  const at = Date.now() - 60_000
  await say({ at, values: { speed: 8000, temperature: 24.55 } })
  await say([
    { metric: 'temperature', value: 25.01, at: at + 1000 },
    { metric: 'temperature', value: -3.5, at: at + 2000 },
  ])
  const { metrics, connection, withheld } = await own.member.api.call(getMyMetrics, { params: { deviceId: machine.id } })
  expect(metrics.map(({ key, latest }) => [key, latest?.value])).toEqual([
    ['speed', 8000],
    ['temperature', -3.5],
  ])
  expect(withheld).toBe(false)
  expect(connection === null || connection.connected).toBe(true)
  const points = await pointsOf(machine.id, 'temperature', {
    from: new Date(at).toISOString(),
    to: new Date(at + 3000).toISOString(),
    points: 10,
  })
  expect(points.map(({ mean }) => mean)).toEqual([24.55, 25.01, -3.5])
})

test('a message that is sent again is there once, and late ones fall into their place', async () => {
  const machine = await newMachine()
  const { say } = await connect(machine)
  const at = Date.now() - 3_600_000
  const message = { readings: [1, 2, 3].map(i => ({ at: at + i * 1000, values: { speed: i } })) }
  for (let i = 0; i < 3; i++) await say(message)
  await say({ at: at - day / 2, values: { speed: 9 } })
  const points = await pointsOf(machine.id, 'speed')
  expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(4)
  expect(points[0]).toMatchObject({ mean: 9, count: 1 })
  const { metrics } = await own.member.api.call(getMyMetrics, { params: { deviceId: machine.id } })
  expect(metrics[0]!.latest!.value).toBe(3)
})

test('a machine without a clock numbers what it says, and what comes again is there once, of the moment it came first', async () => {
  const machine = await newMachine()
  const { say } = await connect(machine)
  const boot = crypto.randomUUID()
  await say({ boot, seq: 0, values: { speed: 1 } })
  const [first] = await pointsOf(machine.id, 'speed')
  await new Promise(resolve => setTimeout(resolve, 5)) // another moment for what comes again
  for (let i = 0; i < 2; i++) await say({ boot, seq: 0, values: { speed: 1 } })
  expect(await pointsOf(machine.id, 'speed')).toEqual([first])
  await say({ boot: 'after a power cut', seq: 0, values: { speed: 2 } })
  for (let i = 0; i < 2; i++) {
    await new Promise(resolve => setTimeout(resolve, 5))
    await say({ seq: 7, values: { speed: 3 } }) // of which time it is nobody can say
  }
  const count = async () => (await pointsOf(machine.id, 'speed')).reduce((sum, point) => sum + point.count, 0)
  expect(await count()).toBe(4)
  expect(platform.broker.refusals(machine.id)).toEqual({ repeated: 2 })

  // a portal that is killed before the readings are written, and another that is given the message again
  const message = (at: number) => ({
    ...{ deviceId: machine.id, topic: 'readings', sparkplug: null, qos: 1 as const, retain: false },
    ...{ payload: Buffer.from(JSON.stringify({ boot, seq: 1, values: { temperature: 20 } })), receivedAt: new Date(at) },
  })
  const dying = {
    ...platform,
    warehouse: { ...platform.warehouse, insert: () => Promise.reject(new Error('killed')) },
  }
  const began = Date.now() - 60_000
  await expect(receiveMessages([message(began)], dying, [])).rejects.toThrow('killed')
  await receiveMessages([message(began + 30_000)], platform, [])
  const around = { from: new Date(began - 1000).toISOString(), to: new Date(began + 40_000).toISOString(), points: 200 }
  const kept = await pointsOf(machine.id, 'temperature', around)
  expect(kept.map(({ at, count: times }) => [Math.abs(Date.parse(at) - began) < 1000, times])).toEqual([[true, 1]])
})

test('the device client of a machine without a clock loses nothing, and what it says is of the time it comes', async () => {
  const machine = await newMachine()
  const device = await openDevice({
    url,
    deviceId: machine.id,
    token: machine.token,
    folder: join(folder, machine.id),
    clock: false,
  })
  await device.report({ speed: 5 }, new Date(0))
  await device.settled()
  await device.close()
  expect((await pointsOf(machine.id, 'speed')).map(({ mean, count }) => [mean, count])).toEqual([[5, 1]])
})

test('what is not kept is counted at the machine with its reason, and the rest of the message is kept', async () => {
  const machine = await newMachine()
  const { say, client } = await connect(machine)
  await client.publishAsync(`fettle/${machine.id}/measurements`, '{"speed": 1}', { qos: 1 })
  await say('{"values": {"speed": NaN}}')
  await say({ values: { speed: 20_001, torque: 3, temperature: 20 } })
  await say({ at: Date.now() + readingLimits.ahead * 2, values: { speed: 1 } })
  await say({ values: { speed: '1' } })
  await expect
    .poll(
      async () =>
        (await own.admin.api.call(getMyMetrics, { params: { deviceId: machine.id } })).refused
          .map(({ reason, count }) => `${reason} ${count}`)
          .sort(),
      { timeout: 5000 },
    )
    .toEqual(['payload 1', 'range 1', 'time 1', 'type 1', 'unknown-metric 1', 'unread-topic 1'])
  expect(await pointsOf(machine.id, 'temperature')).toHaveLength(1)
  expect(await pointsOf(machine.id, 'speed')).toEqual([])
})

test('what the broker refuses of a machine is counted there too, each by its own reason', async () => {
  const machine = await newMachine()
  await expect(connect({ ...machine, token: 'guessed' })).rejects.toThrow(/Bad username|authorized/)
  const { client } = await connect(machine)
  await expect(client.subscribeAsync('fettle/+/readings', { qos: 1 })).rejects.toThrow()
  const gone = closed(client)
  client.publish(`fettle/${machine.id}/readings`, Buffer.alloc(300 * 1024), { qos: 1 }, () => {})
  await gone
  await expect
    .poll(
      async () =>
        (await own.admin.api.call(getMyMetrics, { params: { deviceId: machine.id } })).refused
          .map(({ reason, count }) => `${reason} ${count}`)
          .sort(),
      { timeout: 5000 },
    )
    .toEqual(['sign-in 1', 'subscribe-topic 1', 'too-large 1'])
})

test('ten thousand names that nobody declared, depth and bare bytes leave a count behind and nothing else', async () => {
  const machine = await newMachine()
  const { say, client } = await connect(machine)
  for (const half of [0, 5000])
    await say({ values: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`new_${half + i}`, i])) })
  await say('['.repeat(200_000))
  await client.publishAsync(`fettle/${machine.id}/readings`, Buffer.alloc(100_000, 0xff), { qos: 1 })
  await say({ values: { speed: 3 } })
  expect((await pointsOf(machine.id, 'speed')).map(({ mean }) => mean)).toEqual([3])
  const { rows } = await world.database.pool.query('select count(*)::int as count from device_type_metric where type_id = $1', [
    type.id,
  ])
  expect(rows[0].count).toBe(2)
  await expect
    .poll(
      async () =>
        (await own.admin.api.call(getMyMetrics, { params: { deviceId: machine.id } })).refused
          .map(({ reason, count }) => `${reason} ${count}`)
          .sort(),
      { timeout: 5000 },
    )
    .toEqual(['payload 2', 'unknown-metric 10000'])
})

test('a stranger, a former and a coming owner each see their own time and nothing else', async () => {
  const machine = await newMachine(null)
  const { say } = await connect(machine)
  await say({ at: Date.now() - day / 2, values: { speed: 1 } }) // before anybody owned it
  await give(machine.id, own.id, (await service.callWithEtag(getDevice, { params: { deviceId: machine.id } })).etag)
  await say({ values: { speed: 2 } })
  const params = { deviceId: machine.id, metric: 'speed' }
  expect(await refused(other.admin.api.call(getMyMetrics, { params }))).toBe(404)
  expect(await refused(other.admin.api.call(getMyHistory, { params, query: around() }))).toBe(404)
  const values = async (company: typeof own) =>
    (await company.admin.api.call(getMyHistory, { params, query: { ...around(), points: 2000 } })).points.map(({ mean }) => mean)
  expect(await values(own)).toEqual([2])
  const { etag } = await service.callWithEtag(getDevice, { params })
  await give(machine.id, other.id, etag)
  await say({ at: Date.now(), values: { speed: 3 } })
  expect(await values(other)).toEqual([3])
  expect(await values(own)).toEqual([2])
  expect((await other.admin.api.call(getMyMetrics, { params })).metrics[0]!.latest!.value).toBe(3)
  expect((await own.admin.api.call(getMyMetrics, { params })).metrics[0]!.latest).toBeNull()
  expect((await service.call(getHistory, { params, query: around() })).points.reduce((sum, { count }) => sum + count, 0)).toBe(3)
})

test('what a machine whose clock is ahead said before it was handed over stays with the former owner', async () => {
  const machine = await newMachine()
  const { say } = await connect(machine)
  const ahead = Date.now() + readingLimits.ahead - 60_000
  await say({ at: ahead, values: { speed: 1 } })
  const params = { deviceId: machine.id, metric: 'speed' }
  await give(machine.id, other.id, (await service.callWithEtag(getDevice, { params })).etag)
  await say({ at: ahead + 1, values: { speed: 2 } })
  const values = async ({ admin }: typeof own) =>
    (await admin.api.call(getMyHistory, { params, query: { ...around(), points: 2000 } })).points.map(({ mean }) => mean)
  expect(await values(other)).toEqual([2])
  expect(await values(own)).toEqual([1])
})

test('an owner who keeps readings to himself is not seen by the manufacturer', async () => {
  const machine = await newMachine()
  const { say } = await connect(machine)
  await say({ values: { speed: 5 } })
  const params = { deviceId: machine.id }
  expect((await service.call(getMetrics, { params })).metrics[0]!.latest!.value).toBe(5)
  await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
  expect(await service.call(getMetrics, { params })).toMatchObject({ withheld: true, connection: null, refused: [] })
  expect((await service.call(getMetrics, { params })).metrics[0]!.latest).toBeNull()
  expect((await service.call(getHistory, { params: { ...params, metric: 'speed' }, query: around() })).points).toEqual([])
  expect((await own.admin.api.call(getMyMetrics, { params })).metrics[0]!.latest!.value).toBe(5)
})

test('a device keeps its readings on its disk until the portal has them, over a restart of its own', async () => {
  const machine = await newMachine()
  const options = { deviceId: machine.id, token: machine.token, folder: join(folder, machine.id) }
  const cut = await openDevice({ ...options, url: 'mqtt://127.0.0.1:9', connection: { connectTimeout: 500, reconnectPeriod: 0 } })
  const at = Date.now() - 10_000
  for (let i = 0; i < 5; i++) await cut.report({ speed: i }, new Date(at + i * 1000))
  await cut.close()
  const device = await openDevice({ ...options, url })
  await device.report({ speed: 5 }, new Date(at + 5000))
  await device.settled()
  await device.close()
  const points = await pointsOf(machine.id, 'speed', {
    from: new Date(at).toISOString(),
    to: new Date(at + 6000).toISOString(),
    points: 10,
  })
  expect(points.map(({ mean }) => mean)).toEqual([0, 1, 2, 3, 4, 5])
})

test('a token that is revoked ends the connection at once, and opens none', async () => {
  const machine = await newMachine()
  const { client } = await connect(machine)
  const closed = new Promise<void>(resolve => client.once('close', () => resolve()))
  await service.call(revokeCredential, { params: { deviceId: machine.id, credentialId: machine.credentialId } })
  await closed
  await expect(connect(machine)).rejects.toThrow(/authorized|refused/i)
})

test('a time that ends before it begins, or is too long, is named', async () => {
  const { id } = await newMachine()
  const query = { from: new Date(Date.now()).toISOString(), to: new Date(Date.now() - 1).toISOString() }
  expect(await refused(own.admin.api.call(getMyHistory, { params: { deviceId: id, metric: 'speed' }, query }))).toBe(422)
  expect(await refused(own.admin.api.call(getMyHistory, { params: { deviceId: id, metric: 'no_such' }, query: around() }))).toBe(
    404,
  )
})

test('what happened is marked for whom it concerns: an alarm begins and ends with the time of whoever reads', async () => {
  const machine = await newMachine()
  const raise = (at: Date) =>
    world.database.transaction(() =>
      raiseAlarm(platform, {
        ...{
          deviceId: machine.id,
          source: `test:${at.getTime()}`,
          name: name('Hot'),
          severity: 'high',
          at,
          message: name('hot'),
        },
        ...{ component: null, remedy: null },
      }),
    )
  const [hour, params] = [3_600_000, { deviceId: machine.id }]
  const marksOf = async (api: typeof service, endpoint: typeof getMarks | typeof getMyMarks = getMyMarks) =>
    (await api.call(endpoint, { params, query: around() })).items.map(({ kind, from, until, page }) => ({
      kind,
      from,
      until,
      page,
    }))
  const at = new Date(Date.now() - hour)
  const id = await raise(at)
  const mark = { kind: 'alarm', from: at.toISOString(), until: null, page: `/alarms/${id}` }
  expect(await marksOf(own.member.api)).toEqual([mark])
  expect(await marksOf(service, getMarks)).toEqual([mark])
  expect(await refused(marksOf(other.member.api))).toBe(404)
  const from = new Date(Date.now() - 401 * day).toISOString()
  expect(await refused(own.member.api.call(getMyMarks, { params, query: { ...around(), from } }))).toBe(422)

  await own.admin.api.call(setSharing, { params, body: { whom: 'manufacturer', shared: false } })
  expect(await marksOf(service, getMarks)).toEqual([])

  await give(machine.id, other.id, (await service.callWithEtag(getDevice, { params })).etag)
  expect(await marksOf(other.member.api)).toEqual([])
  const [cut] = await marksOf(own.member.api) // it was over for him when he gave the machine away
  expect(cut).toMatchObject({ from: mark.from, until: expect.any(String) })
})

test('readings are laid beside those of other machines of the type, and of no stranger', async () => {
  const [one, two, theirs] = [await newMachine(), await newMachine(), await newMachine(other.id)]
  const alike = async (deviceId: string) =>
    (await own.member.api.call(listMyAlike, { params: { deviceId } })).items.map(({ id }) => id)
  expect(await alike(one.id)).toContain(two.id)
  expect(await alike(one.id)).not.toContain(one.id)
  expect(await alike(one.id)).not.toContain(theirs.id)
  expect(await refused(alike(theirs.id))).toBe(404)
})
