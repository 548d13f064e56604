import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { ruleFields } from '#features/alarms/core'
import { enterAlarmRule, openAlarms } from '#features/alarms/server'
import { createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { getMyHistory, getMyMetrics } from '#features/telemetry/core'
import { ProblemError } from '#platform/core'
import { writeWaveform } from '../../../../../examples/device-client/waveform.ts'
import { bearing, recordOf } from '../../../../../examples/machine-simulator/waveform.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { changeVibrationPlan, getMySpectra, getMyVibration, getVibration } from '../core/index.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const { own, other, platform } = world
const url = await openDoors(world)
const clients: MqttClient[] = []
afterAll(() => Promise.all(clients.map(client => client.endAsync(true))))

const service = await world.api('service')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const metric = (key: string, unit: string, max: number) => ({ key, name: name(key), unit, min: 0, max, decimals: 2 })
const { id: typeId } = await service.call(createDeviceType, {
  body: {
    ...{ key: 'shaking', name: name('Machine'), components: [{ key: 'bearing', name: name('Bearing') }] },
    metrics: [
      ...[metric('speed', '1/min', 30_000), metric('velocity', 'mm/s', 20), metric('outer', 'dB', 120)],
      ...[metric('zone', '', 3), metric('impacts', 'm/s²', 500)],
    ],
  },
})
const point = {
  ...{ key: 'front', name: name('Front'), unit: 'm/s²' as const, rate: 25_600, samples: 8192, component: 'bearing' },
  ...{ speedMetric: 'speed', bearing, envelope: { from: 5000, to: 11_000 }, zones: 'mine' },
  ...{ metrics: { velocity: 'velocity', bpfo: 'outer', zone: 'zone' }, bands: [{ from: 5000, to: 11_000, metric: 'impacts' }] },
}
const zones = [{ key: 'mine', name: name('Ours'), ab: 1, bc: 2, cd: 4 }]
await service.call(changeVibrationPlan, { params: { typeId }, ifMatch: '0', body: { points: [point], zones } })
const rule = {
  ...{ name: name('Outer race'), severity: 'high' },
  raise: { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'outer', op: 'gt', value: 15 }] },
}
await platform.database.transaction(() => enterAlarmRule(platform, typeId, ruleFields.parse(rule)))

const of = (deviceId: string) => ({ params: { deviceId } })
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

/** A machine of the company, and a way to speak for it. */
async function newMachine() {
  const { id, token } = await connectableMachine(world, typeId, own.id)
  const client = await connectAsync(url, {
    ...{ clientId: id, username: id, password: token, reconnectPeriod: 0 },
  })
  clients.push(client)
  const send = (payload: Buffer | string, topic = 'waveforms') =>
    client.publishAsync(`fettle/${id}/${topic}`, payload, { qos: 1 })
  return { id, send }
}

const chance = () => {
  let state = 7
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}
const condition = { speed: 9000, unbalance: 1.5, cutting: 20 }
const begin = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000
const recordsOf = (id: string) => own.member.api.call(getMyVibration, of(id)).then(({ points }) => points[0]!.records)

test('a growing fault of the outer race shows in spectra, readings, zone and an alarm; PUBACK comes with the record on the disk', async () => {
  const { id, send } = await newMachine()
  await send(JSON.stringify({ metric: 'speed', value: condition.speed, at: begin - 1000 }), 'readings')
  for (const [i, damage] of [0, 0.25, 0.5, 1].entries()) {
    const { samples } = recordOf({ ...condition, damage, random: chance() })
    await send(writeWaveform({ point: 'front', at: new Date(begin + i * 60_000), samples }))
    const { rows } = await world.database.pool.query('select 1 from vibration_record where device_id = $1', [id])
    expect(rows).toHaveLength(i + 1)
  }
  await eventually(async () => (await recordsOf(id)).length === 4)
  const [worn, , , sound] = await recordsOf(id)
  expect(sound).toMatchObject({ at: new Date(begin).toISOString(), speed: 9000, zone: 'B' })
  expect(Math.abs(sound!.velocity / Math.hypot(1.5, 0.24) - 1)).toBeLessThan(0.05)
  expect(worn!.zone).toBe('D')
  const history = await own.member.api.call(getMyHistory, {
    params: { deviceId: id, metric: 'outer' },
    query: { from: new Date(begin).toISOString(), to: new Date(begin + 300_000).toISOString() },
  })
  const scores = history.points.map(({ mean }) => mean)
  expect(scores).toHaveLength(4)
  expect(scores[0]).toBeLessThan(8)
  expect(scores[3]).toBeGreaterThan(15)
  expect(scores[2]).toBeGreaterThan(scores[1]!)
  const { metrics } = await own.member.api.call(getMyMetrics, of(id))
  expect(metrics.find(({ key }) => key === 'zone')!.latest!.value).toBe(3)
  expect(metrics.find(({ key }) => key === 'impacts')!.latest!.value).toBeGreaterThan(10)
  const spectra = await own.member.api.call(getMySpectra, { ...of(id), query: { point: 'front', at: worn!.at } })
  const outer = spectra.faults.find(({ fault }) => fault === 'bpfo')!
  const { step, values } = spectra.envelope
  const highest = values.indexOf(Math.max(...values.slice(Math.ceil(300 / step)))) * step
  expect(Math.abs(highest / outer.frequency - 1)).toBeLessThan(0.02)
  expect(spectra.faults.every(({ fault, score }) => fault === 'bpfo' || score! < outer.score!)).toBe(true)
  await eventually(async () => (await openAlarms(platform, [id])).get(id)?.length === 1)
})

test('JSON in base64 says the same as the compact form, and a record that comes again is there once', async () => {
  const { id, send } = await newMachine()
  const { samples } = recordOf({ ...condition, damage: 0, random: chance() })
  const float32 = Buffer.from(samples.buffer).toString('base64')
  const said = JSON.stringify({ point: 'front', at: new Date(begin).toISOString(), speed: 9000, float32 })
  await send(said)
  await send(said)
  await send(writeWaveform({ point: 'front', at: new Date(begin + 1000), speed: 9000, rate: 25_600, samples }))
  await eventually(async () => (await recordsOf(id)).length === 2)
  const [compact, json] = await recordsOf(id)
  for (const field of ['velocity', 'rms', 'peak', 'kurtosis'] as const) expect(compact![field] / json![field]).toBeCloseTo(1, 3)
})

test('what cannot be is refused, counted by its reason, and acknowledged', async () => {
  const { id, send } = await newMachine()
  const samples = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i))
  const record = { point: 'front', at: new Date(begin), samples }
  await send('{"point": "front"')
  await send(Buffer.from('FWV1'))
  await send(writeWaveform(record).subarray(0, -1))
  await send(writeWaveform({ ...record, point: 'back' }))
  await send(writeWaveform({ ...record, samples: samples.subarray(0, 100) }))
  await send(writeWaveform({ ...record, samples: new Float32Array(8200).map((_, i) => i) }))
  await send(writeWaveform({ ...record, rate: 12_800 }))
  await send(writeWaveform({ ...record, samples: new Float32Array(512).fill(3) }))
  await send(writeWaveform({ ...record, speed: -1 }))
  await send(writeWaveform({ ...record, at: new Date(Date.now() + 3_600_000) }))
  expect(platform.broker.refusals(id)).toEqual({ payload: 3, 'unknown-metric': 1, length: 2, rate: 1, flat: 1, type: 1, time: 1 })
  const { rows } = await world.database.pool.query('select 1 from vibration_record where device_id = $1', [id])
  expect(rows).toEqual([])
})

test('a stranger finds nothing, staff nothing of what is kept from them, and each owner his own time alone', async () => {
  const { id, send } = await newMachine()
  const { samples } = recordOf({ ...condition, damage: 0, random: chance() })
  await send(writeWaveform({ point: 'front', at: new Date(begin), speed: 9000, samples }))
  await eventually(async () => (await recordsOf(id)).length === 1)
  const query = { point: 'front', at: new Date(begin).toISOString() }
  expect(await statusOf(other.admin.api.call(getMyVibration, of(id)))).toBe(404)
  expect(await statusOf(other.admin.api.call(getMySpectra, { ...of(id), query }))).toBe(404)
  await own.admin.api.call(setSharing, { ...of(id), body: { whom: 'manufacturer', shared: false } })
  expect(await service.call(getVibration, of(id))).toMatchObject({ withheld: true, points: [{ records: [] }] })
  await own.admin.api.call(setSharing, { ...of(id), body: { whom: 'manufacturer', shared: true } })
  const { etag } = await service.callWithEtag(getDevice, of(id))
  const staff = await confirmingApi(world, 'admin')
  await staff.call(transferDevice, { ...of(id), body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  expect(await recordsOf(id)).toHaveLength(1)
  expect((await other.admin.api.call(getMyVibration, of(id))).points[0]!.records).toEqual([])
  expect(await statusOf(other.admin.api.call(getMySpectra, { ...of(id), query }))).toBe(404)
})

test('a plan that names what its type has not is refused with the field', async () => {
  const params = { typeId }
  const refused = await service
    .call(changeVibrationPlan, { params, ifMatch: '1', body: { points: [{ ...point, metrics: { rms: 'gone' } }], zones } })
    .catch((error: ProblemError) => error.problem)
  expect(refused).toMatchObject({ status: 422, errors: [{ field: '/points/0/metrics/rms', value: 'gone' }] })
  const band = { from: 5000, to: 20_000 }
  const beyond = await service
    .call(changeVibrationPlan, { params, ifMatch: '1', body: { points: [{ ...point, envelope: band }], zones } })
    .catch((error: ProblemError) => error.problem)
  expect(beyond).toMatchObject({ status: 422, errors: [{ field: '/points/0/envelope/to' }] })
})
