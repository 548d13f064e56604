import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDeviceType } from '#features/devices/core'
import type { DeviceMessage, Platform } from '#platform/server'
import { openDevice } from '../../../../../../examples/device-client/device-client.ts'
import { connectableMachine } from '../../../../../test/connectable-machine.ts'
import { newAuthority } from '../../../../../test/device-certificates.ts'
import { deviceId as fixedId } from '../../../../../test/device-wire.ts'
import { openDoors, withBroker } from '../../../../../test/embedded-broker.ts'
import { findMosquitto, type Mosquitto, startMosquitto } from '../../../../../test/mosquitto.ts'
import { connectEdgeNode } from '../../../../../test/sparkplug-edge-node.ts'
import { testPortal } from '../../../../../test/test-portal.ts'
import { twoCompanies, type World } from '../../../../../test/two-companies.ts'
import { getMyHistory, getMyMetrics } from '../../core/index.ts'
import { receiveMessages } from '../receive-messages.ts'
import { type WrittenMetric, writeSparkplug } from './write-payload.ts'

const embedded = await twoCompanies(await testPortal({ config: withBroker() }))
const url = await openDoors(embedded)
const typeId = await newType(embedded)
const nodes: Awaited<ReturnType<typeof connectEdgeNode>>[] = []
let mosquitto: Mosquitto | undefined
afterAll(async () => {
  for (const { client } of nodes) await client.endAsync(true)
  await mosquitto?.stop()
})

async function newType(world: World): Promise<string> {
  const name = (text: string) => ({ 'zh-CN': text, en: text })
  const { id } = await (await world.api('product')).call(createDeviceType, {
    body: {
      key: 'sparkling',
      name: name('Machine'),
      metrics: [
        { key: 'spindle_speed', name: name('Speed'), unit: '1/min', min: 0, max: 20_000, decimals: 0 },
        { key: 'temperature', name: name('Temperature'), unit: 'Cel', min: -40, max: 150, decimals: 2 },
        { key: 'table_angle', name: name('Angle'), unit: 'deg', min: 0, max: 360, decimals: 3 },
      ],
    },
  })
  return id
}

const machine = () => connectableMachine(embedded, typeId, embedded.own.id)

async function edgeNode({ id, token }: { id: string; token: string }, bdSeq = 0, at = url) {
  const node = await connectEdgeNode({ url: at, deviceId: id, token, bdSeq })
  nodes.push(node)
  return node
}

const speed = (value: number, more: Partial<WrittenMetric> = {}): WrittenMetric => ({
  ...{ name: 'Spindle/Speed', alias: 1, type: 'Int32', value },
  ...more,
})
const byAlias = (alias: number, value: number, more: Partial<WrittenMetric> = {}): WrittenMetric => ({
  ...{ alias, type: 'Int32', value },
  ...more,
})
const temperature = (value: number | null): WrittenMetric => ({ name: 'Temperature', alias: 2, type: 'Float', value })

const metricsOf = (deviceId: string, world = embedded) => world.own.member.api.call(getMyMetrics, { params: { deviceId } })
const latestOf = async (deviceId: string, world = embedded) =>
  Object.fromEntries((await metricsOf(deviceId, world)).metrics.map(({ key, latest }) => [key, latest?.value ?? null]))
async function valuesOf(deviceId: string, metric: string) {
  const query = {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
    points: 2000,
  }
  return (await embedded.own.member.api.call(getMyHistory, { params: { deviceId, metric }, query })).points.map(
    ({ mean }) => mean,
  )
}
const refusedOf = async (deviceId: string) =>
  (await metricsOf(deviceId)).refused.map(({ reason, count }) => `${reason} ${count}`).sort()

test('what a birth declares and data says by alias is read by its company at once', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token })
  await node.birth([speed(100), temperature(24.55), { name: 'Maker', type: 'Int32', value: 3 }])
  expect(await latestOf(id)).toEqual({ spindle_speed: 100, temperature: 24.55, table_angle: null })
  const at = Date.now() - 60_000
  await node.data([byAlias(1, 8000), byAlias(1, 7000, { timestamp: at, historical: true }), temperature(null)])
  expect(await latestOf(id)).toEqual({ spindle_speed: 8000, temperature: 24.55, table_angle: null })
  expect(await valuesOf(id, 'spindle_speed')).toContain(7000)
  expect(node.asked()).toBe(0)
})

test('a device below the node reports under its own name, and the page says whether it is there', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token })
  await node.birth([speed(1)])
  await node.deviceBirth('Table', [{ name: 'Angle', alias: 7, type: 'Double', value: 90.125 }])
  await node.deviceData('Table', [{ alias: 7, type: 'Double', value: 91.5 }])
  expect((await latestOf(id)).table_angle).toBe(91.5)
  expect((await metricsOf(id)).below).toMatchObject([{ name: 'Table', connected: true }])
  await node.deviceDeath('Table')
  expect((await metricsOf(id)).below).toMatchObject([{ name: 'Table', connected: false }])
})

test('data that nobody declared asks for a birth; after it the alias means what it says', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token })
  await node.data([byAlias(1, 5)])
  await node.askedFor(1)
  expect((await latestOf(id)).spindle_speed).toBeNull()
  await node.birth([speed(6)])
  await node.data([byAlias(1, 7)])
  expect((await latestOf(id)).spindle_speed).toBe(7)
  await expect.poll(() => refusedOf(id), { timeout: 5000 }).toEqual(['unborn 1'])
})

test('messages that are lost on the way ask for a birth, once a minute, and what came is kept', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token })
  await node.birth([speed(1)])
  node.lose(3)
  await node.data([byAlias(1, 2)])
  await node.askedFor(1)
  await node.data([byAlias(1, 3)])
  await node.data([byAlias(1, 4)])
  expect((await latestOf(id)).spindle_speed).toBe(4)
  expect(node.asked()).toBe(1)
})

test('a message that comes again is there once, and a death of a connection before does not make the node dead', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token }, 4)
  await node.birth([speed(1)])
  const own = { seq: 1, timestamp: Date.now() }
  const at = Date.now() - 600_000
  for (let i = 0; i < 3; i++) await node.data([byAlias(1, 2), byAlias(1, i, { timestamp: at + i })], own)
  expect((await valuesOf(id, 'spindle_speed'))[0]).toBe(0)
  expect((await latestOf(id)).spindle_speed).toBe(2)
  await node.death(3)
  await node.data([byAlias(1, 3)], { seq: 2 })
  expect(node.asked()).toBe(0)
  await node.death(4)
  await node.data([byAlias(1, 4)], { seq: 3 })
  await node.askedFor(1)
})

test('what is no payload, no number, or of no time is counted, and nothing else suffers', async () => {
  const { id, token } = await machine()
  const node = await edgeNode({ id, token })
  const raw = (bytes: Uint8Array) => node.client.publishAsync(node.topic('NDATA'), Buffer.from(bytes), { qos: 1 })
  await node.birth([speed(1), temperature(1)])
  await raw(new Uint8Array(200_000).fill(0x2b))
  await raw(crypto.getRandomValues(new Uint8Array(1000)).fill(0xff, 0, 20))
  await node.data([
    byAlias(2, Number.NaN, { type: 'Float' }),
    byAlias(1, 30_000),
    byAlias(1, 3, { timestamp: Date.now() + 3_600_000 }),
    speed(3, { name: 'Spindle/Torque', alias: 70 }),
    byAlias(1, 9),
  ])
  await node.data(Array.from({ length: 4000 }, (_, i) => speed(i, { name: `new/${i}`, alias: 1000 + i })))
  expect((await latestOf(id)).spindle_speed).toBe(9)
  await expect
    .poll(() => refusedOf(id), { timeout: 5000 })
    .toEqual(['payload 2', 'range 1', 'time 1', 'type 1', 'unknown-metric 4001'])
})

test('another process knows at once what a birth declared to the first, and counts on', async () => {
  const { id } = await machine()
  const asked: string[] = []
  const process = (name: string): Platform => ({
    ...embedded.platform,
    broker: {
      ...embedded.platform.broker,
      publish: async () => {
        asked.push(name)
        return 'sent'
      },
    },
  })
  const [first, second] = [process('first'), process('second')]
  let moment = Date.now() - 1000 // each has its own, or the same moment would have two values
  const said = (type: 'NBIRTH' | 'NDATA', seq: number, metrics: WrittenMetric[]): DeviceMessage => ({
    ...{
      deviceId: id,
      topic: '',
      sparkplug: { group: 'plant', type, device: null },
      qos: 1,
      retain: false,
      receivedAt: new Date(),
    },
    payload: writeSparkplug({ timestamp: ++moment, seq, metrics }),
  })
  await receiveMessages([said('NBIRTH', 0, [speed(1)])], first, [])
  await receiveMessages([said('NDATA', 1, [byAlias(1, 2)])], second, [])
  await receiveMessages([said('NDATA', 2, [byAlias(1, 3)]), said('NDATA', 3, [byAlias(1, 4)])], first, [])
  expect((await latestOf(id)).spindle_speed).toBe(4)
  expect(asked).toEqual([])
  await receiveMessages([said('NBIRTH', 0, [speed(5, { alias: 9 })])], first, [])
  await receiveMessages([said('NDATA', 1, [byAlias(9, 6)])], second, [])
  expect((await latestOf(id)).spindle_speed).toBe(6)
})

test('where nothing could be kept, the same messages are taken again and not for repetitions', async () => {
  const { id } = await machine()
  const message: DeviceMessage = {
    ...{ deviceId: id, topic: '', sparkplug: { group: 'plant', type: 'NBIRTH', device: null }, qos: 1, retain: false },
    ...{ receivedAt: new Date(), payload: writeSparkplug({ timestamp: Date.now(), seq: 0, metrics: [speed(8)] }) },
  }
  let tries = 0
  const failing = async () => {
    if (++tries === 1) throw new Error('no warehouse')
  }
  await expect(receiveMessages([message], embedded.platform, [failing])).rejects.toThrow('no warehouse')
  await receiveMessages([message], embedded.platform, [failing])
  expect(tries).toBe(2)
})

const program = findMosquitto()

test.skipIf(!program)(
  'through mosquitto the same is read, and births and deaths, or what a machine says of itself, tell who is there',
  { timeout: 120_000 },
  async () => {
    const [id, plainId, token] = [fixedId(7), fixedId(8), 'a token that mosquitto knows']
    const authority = await newAuthority('devices')
    const { cert, key } = await authority.issue('localhost')
    mosquitto = await startMosquitto(program!, {
      users: { fettle: 'portal', [id]: token, [plainId]: token },
      certificates: { ca: authority.cert, cert, key },
    })
    const address = `mqtt://127.0.0.1:${mosquitto.port}`
    const external = {
      ...{ url: address, username: 'fettle', password: 'portal', version: 5 as const, shared: true },
      ...{ ca: null, cert: null, key: null },
    }
    const world = await twoCompanies(await testPortal({ config: withBroker({ external, port: null }) }))
    const machines = await newType(world)
    for (const one of [id, plainId]) await connectableMachine(world, machines, world.own.id, one)
    const folder = await mkdtemp(join(tmpdir(), 'fettle-presence-'))
    const plain = await openDevice({ url: address, deviceId: plainId, token, folder })
    await plain.report({ temperature: 21 })
    await plain.settled() // it was there before the portal was
    await world.portal.listen()
    await expect.poll(() => world.platform.broker.state()).toMatchObject({ connected: true })
    const node = await edgeNode({ id, token }, 0, address)
    await node.data([byAlias(1, 1)])
    await node.askedFor(1)
    await node.birth([speed(2), temperature(20.5)])
    await node.data([byAlias(1, 3)])
    await expect.poll(async () => (await latestOf(id, world)).spindle_speed, { timeout: 10_000 }).toBe(3)
    expect((await metricsOf(id, world)).connection).toMatchObject({ connected: true })
    node.client.stream.destroy()
    await expect
      .poll(async () => (await metricsOf(id, world)).connection, { timeout: 10_000 })
      .toMatchObject({ connected: false })

    const isThere = async () => (await metricsOf(plainId, world)).connection?.connected
    await expect.poll(isThere, { timeout: 10_000 }).toBe(true)
    const said = (text: string): DeviceMessage => ({
      ...{ deviceId: plainId, topic: 'presence', sparkplug: null, qos: 1, retain: true, receivedAt: new Date() },
      payload: Buffer.from(text),
    })
    await receiveMessages([said('{"connected":false,"session":"one before"}')], world.platform, [])
    expect(await isThere()).toBe(true)
    await receiveMessages([said('{"connected":"no"}')], world.platform, [])
    expect(world.platform.broker.refusals(plainId)).toEqual({ payload: 1 })
    await plain.close()
    await expect.poll(isThere, { timeout: 10_000 }).toBe(false)
    await rm(folder, { recursive: true })
  },
)
