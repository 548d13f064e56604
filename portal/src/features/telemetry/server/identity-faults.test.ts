import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { addCredential, createDeviceType, getDevice, transferDevice } from '#features/devices/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { newAuthority } from '../../../../test/device-certificates.ts'
import { closed, placeFile } from '../../../../test/device-wire.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { getMyHistory, getMyMetrics } from '../core/index.ts'

const authority = await newAuthority('Of the machines')
const ownCertificate = await authority.issue('localhost')
const tls = {
  ...{ port: 0, clientCa: placeFile('machines.crt', authority.cert) },
  ...{ cert: placeFile('portal.crt', ownCertificate.cert), key: placeFile('portal.key', ownCertificate.key) },
}
const world = await twoCompanies(await testPortal({ config: withBroker({ tls }) }))
const [url, tlsUrl] = (await openDoors(world)).split(', ') as [string, string]
const clients: MqttClient[] = []
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
})

const name = (text: string) => ({ 'zh-CN': text, en: text })
const { id: typeId } = await (await world.api('product')).call(createDeviceType, {
  body: {
    ...{ key: 'doubtful', name: name('Machine') },
    metrics: [{ key: 'speed', name: name('Speed'), unit: '1/min', min: 0, max: 20_000, decimals: 0 }],
  },
})
const { api } = world.own.member
const machine = () => connectableMachine(world, typeId, world.own.id)
type Machine = Awaited<ReturnType<typeof machine>>

async function opened(address: string, options: IClientOptions): Promise<MqttClient> {
  const client = await connectAsync(address, { reconnectPeriod: 0, protocolVersion: 4, ...options })
  clients.push(client)
  return client
}
const connect = ({ id, token }: Pick<Machine, 'id' | 'token'>, clientId = id) =>
  opened(url, { username: id, password: token, clientId })
const metricsOf = (deviceId: string, of = api) => of.call(getMyMetrics, { params: { deviceId } })
const connections = () => world.platform.broker.state().connections

test('two machines with one identity: one is connected at a time, and how often they put each other out is said at the machine', async () => {
  const one = await machine()
  let before = await connect(one, 'the real one')
  for (let times = 1; times <= 4; times++) {
    const gone = closed(before)
    before = await connect(one, times % 2 ? 'the copy' : 'the real one')
    await gone
    expect(connections()).toBe(1)
  }
  await expect.poll(async () => (await metricsOf(one.id)).clonedTimes, { timeout: 5000 }).toBe(2) // once and twice a network may do
  expect(await metricsOf(one.id)).toMatchObject({ clonedAt: expect.any(String), connection: { connected: true } })
  await before.endAsync()
})

test('whoever buys the machine is told how often they put each other out since it is his', async () => {
  const [one, params] = [await machine(), (id: string) => ({ deviceId: id })]
  for (let times = 0; times < 4; times++) await connect(one)
  await expect.poll(async () => (await metricsOf(one.id)).clonedTimes, { timeout: 5000 }).toBe(1)
  const { etag } = await (await world.api('service')).callWithEtag(getDevice, { params: params(one.id) })
  const sold = { params: params(one.id), body: { companyId: world.other.id, reason: 'sold on' }, ifMatch: etag }
  await confirmingApi(world, 'admin').call(transferDevice, sold)
  await world.portal.settled()
  await connect(one)
  await expect.poll(async () => (await metricsOf(one.id, world.other.member.api)).clonedTimes, { timeout: 5000 }).toBe(1)
})

test('a client certificate that two machines use at once: the newer one is connected, and it is said at the machine', async () => {
  const one = await machine()
  const { cert, key, fingerprint } = await authority.issue('Spindle 12', `urn:uuid:${one.id}`)
  await (await world.api('service')).call(addCredential, {
    params: { deviceId: one.id },
    body: { kind: 'certificate', label: 'TPM', certificate: fingerprint },
  })
  const signIn = (clientId: string) => opened(tlsUrl, { cert, key, ca: authority.cert, clientId })
  let before = await signIn('the real one')
  for (let times = 1; times <= 3; times++) {
    const gone = closed(before)
    before = await signIn(times % 2 ? 'the copy' : 'the real one')
    await gone
    await before.publishAsync(`fettle/${one.id}/readings`, JSON.stringify({ values: { speed: times } }), { qos: 1 })
  }
  await expect.poll(async () => (await metricsOf(one.id)).clonedTimes, { timeout: 5000 }).toBe(1)
  expect(await metricsOf(one.id)).toMatchObject({ connection: { connected: true }, metrics: [{ latest: { value: 3 } }] })
  await before.endAsync()
})

test('a stolen token opens its own machine alone: it says nothing for another one, and hears nothing of it', async () => {
  const [stolen, other] = [await machine(), await machine()]
  await expect(connect({ id: other.id, token: stolen.token })).rejects.toThrow(/Bad username|authorized/)
  const thief = await connect(stolen)
  const heard: string[] = []
  thief.on('message', topic => heard.push(topic))
  await expect(thief.subscribeAsync(`fettle/${other.id}/down/#`, { qos: 1 })).rejects.toThrow()
  const victim = await connect(other)
  await victim.subscribeAsync(`fettle/${other.id}/down/#`, { qos: 1 })
  const told = new Promise(resolve => victim.once('message', resolve))
  await world.platform.broker.publish({ deviceId: other.id, topic: 'settings', payload: '{}' })
  await told
  expect(heard).toEqual([])
  const gone = closed(thief)
  thief.publish(`fettle/${other.id}/readings`, JSON.stringify({ values: { speed: 1 } }), { qos: 1 }, () => {})
  await gone
  expect((await metricsOf(other.id)).metrics[0]!.latest).toBeNull()
  expect(world.platform.broker.refusals(stolen.id)).toMatchObject({ 'subscribe-topic': 1, 'publish-topic': 1 })
  await victim.endAsync()
})

test('a clock that jumps: where the machine says when it sends, times are set right; where not, what cannot be is refused and shown', async () => {
  const one = await machine()
  const client = await connect(one)
  const say = (said: object) => client.publishAsync(`fettle/${one.id}/readings`, JSON.stringify(said), { qos: 1 })
  const [day, now] = [86_400_000, Date.now()]
  const jumps = [-day, day, -now, Date.UTC(2100, 0) - now]
  for (const [at, jump] of jumps.entries())
    await say({ sentAt: now + jump, readings: [{ at: now + jump - 60_000 * (at + 1), values: { speed: at + 1 } }] })
  for (const jump of jumps) await say({ at: now + jump, values: { speed: 9 } })
  const query = { from: new Date(now - 2 * day).toISOString(), to: new Date(now + 2 * day).toISOString(), points: 2000 }
  const { points } = await api.call(getMyHistory, { params: { deviceId: one.id, metric: 'speed' }, query })
  const hourAgo = points.filter(({ at }) => Date.parse(at) > now - 3_600_000)
  expect(hourAgo.reduce((sum, { count }) => sum + count, 0)).toBe(4)
  expect(hourAgo.reduce((sum, { mean, count }) => sum + mean * count, 0)).toBe(1 + 2 + 3 + 4)
  // yesterday may be true: a machine that was cut off says it late
  expect(points.filter(({ at }) => Date.parse(at) < now - 3_600_000).map(({ mean }) => mean)).toEqual([9])
  await expect
    .poll(async () => (await metricsOf(one.id)).refused, { timeout: 5000 })
    .toMatchObject([{ reason: 'time', count: 3 }])
})
