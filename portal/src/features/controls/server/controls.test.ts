import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { createDeviceType, getDevice, grantRole, setSharing, transferDevice } from '#features/devices/core'
import { type Api, ProblemError } from '#platform/core'
import type { ControlValue, DeviceControls } from '../../../../../examples/device-client/controls.ts'
import { openDevice } from '../../../../../examples/device-client/device-client.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { connectEdgeNode } from '../../../../test/sparkplug-edge-node.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import type { WrittenMetric } from '../../telemetry/server/sparkplug/write-payload.ts'
import { changeMySettings, changeSettings, getControls, getMyControls, giveCommand, giveMyCommand } from '../core/index.ts'
import { hearMachines } from './hear-machine.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const { own, other, platform, portal } = world
const url = await openDoors(world)
const service = await world.api('service')
const folder = await mkdtemp(join(tmpdir(), 'fettle-controls-'))
const open: { close(): Promise<void> }[] = []
const clients: MqttClient[] = []
afterAll(async () => {
  for (const device of open) await device.close()
  for (const client of clients) await client.endAsync(true)
  await rm(folder, { recursive: true })
})

const name = (text: string) => ({ 'zh-CN': text, en: text })
const { id: typeId } = await service.call(createDeviceType, {
  body: {
    ...{ key: 'settable', name: name('Machine') },
    settings: [
      { key: 'interval', name: name('Interval'), kind: 'number', unit: 's', min: 1, max: 60, by: 'operator' },
      {
        ...{ key: 'mode', name: name('Mode'), kind: 'choice', by: 'owner' },
        choices: [
          { key: 'eco', name: name('Eco') },
          { key: 'fast', name: name('Fast') },
        ],
      },
      { key: 'limit', name: name('Limit'), kind: 'number', unit: '%', min: 0, max: 100, by: 'manufacturer', confirm: true },
    ],
    commands: [
      { key: 'self_test', name: name('Self test'), by: 'operator' },
      { key: 'restart', name: name('Restart'), by: 'owner', confirm: true },
    ],
  },
})

const machine = (companyId: string | null = own.id) => connectableMachine(world, typeId, companyId)

/** A machine that takes what it is sent, but for the mode `fast`. */
async function connect(
  { id, token }: { id: string; token: string },
  values: Record<string, ControlValue> = { interval: 5, mode: 'eco', limit: 100 },
) {
  const done: string[] = []
  const controls: DeviceControls = {
    settings: () => ({ ...values }),
    async apply(wanted) {
      const { mode, ...rest } = wanted
      Object.assign(values, rest, mode === 'fast' ? {} : mode === undefined ? {} : { mode })
      return mode === 'fast' ? { mode: 'the door is open' } : ({} as Record<string, string>)
    },
    async command(key) {
      done.push(key)
      return key === 'self_test' ? { outcome: 'done', reason: 'all in order' } : { outcome: 'refused', reason: 'not now' }
    },
  }
  const device = await openDevice({ url, deviceId: id, token, folder: join(folder, id), controls })
  open.push(device)
  return { values, done, device }
}

const controlsOf = (deviceId: string, api: Api = own.member.api) => api.call(getMyControls, { params: { deviceId } })
const settingOf = async (deviceId: string, key: string, api?: Api) =>
  (await controlsOf(deviceId, api)).settings.find(one => one.key === key)!
const want = (deviceId: string, values: Record<string, ControlValue>, api: Api = own.member.api) =>
  api.call(changeMySettings, { params: { deviceId }, body: { values } })
const eventually = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 10_000 })
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

test('a setting that is wanted reaches the machine, and its answer is seen', async () => {
  const { id, token } = await machine()
  const { values } = await connect({ id, token })
  await eventually(async () => (await settingOf(id, 'interval')).reported?.value).toBe(5)
  const { settings } = await want(id, { interval: 30 })
  expect(settings[0]!.wanted).toMatchObject({ value: 30 })
  await eventually(async () => (await settingOf(id, 'interval')).wanted?.outcome).toBe('accepted')
  expect(values.interval).toBe(30)
  expect((await settingOf(id, 'interval')).reported?.value).toBe(30)
  const [past] = (await controlsOf(id)).history
  expect(past).toMatchObject({ kind: 'setting', key: 'interval', value: 30, as: 'owner', state: 'accepted' })
  expect(past!.by).toContain(own.member.email)
})

test('what a machine does not do is said with its reason, and not asked of it again', async () => {
  const { id, token } = await machine()
  await connect({ id, token })
  await want(id, { mode: 'fast', interval: 20 })
  await eventually(async () => (await settingOf(id, 'mode')).wanted).toMatchObject({
    outcome: 'refused',
    reason: 'the door is open',
  })
  expect((await settingOf(id, 'interval')).wanted?.outcome).toBe('accepted')
  expect((await settingOf(id, 'mode')).reported?.value).toBe('eco')
})

test('a machine that is away hears of it when it is back, and of the last value alone', async () => {
  const { id, token } = await machine()
  await want(id, { interval: 20 })
  await want(id, { interval: 40 })
  const { values } = await connect({ id, token })
  await eventually(async () => (await settingOf(id, 'interval')).wanted?.outcome).toBe('accepted')
  expect(values.interval).toBe(40)
  expect((await controlsOf(id)).history.map(({ value, state: outcome }) => [value, outcome])).toEqual([
    [40, 'accepted'],
    [20, 'replaced'],
  ])
})

test('a command is done once, however often the machine is told, and says how it ended', async () => {
  const { id, token } = await machine()
  const { done } = await connect({ id, token })
  await eventually(async () => (await settingOf(id, 'interval')).reported?.value).toBe(5)
  await own.member.api.call(giveMyCommand, { params: { deviceId: id }, body: { command: 'self_test' } })
  const last = async () => (await controlsOf(id)).history[0]
  await eventually(last).toMatchObject({ state: 'done', reason: 'all in order', kind: 'command' })
  const commandId = (await last())!.id
  const again = { id: commandId, command: 'self_test', parameters: {}, expiresAt: Date.now() + 60_000 }
  await platform.broker.publish({ deviceId: id, topic: 'commands', payload: JSON.stringify(again) })
  await own.member.api.call(giveMyCommand, { params: { deviceId: id }, body: { command: 'self_test' } })
  await eventually(async () => (await controlsOf(id)).history.filter(({ state: one }) => one === 'done').length).toBe(2)
  expect(done).toEqual(['self_test', 'self_test'])
})

test('an edge node of Sparkplug is set and told by its metrics, when it is there, and answers by what it says', async () => {
  const { id, token } = await machine()
  await want(id, { interval: 0.1 + 2, mode: 'fast' })
  const node = await connectEdgeNode({ url, deviceId: id, token })
  clients.push(node.client)
  const says = (interval: number, mode: string, isTesting = false): WrittenMetric[] => [
    { name: 'Interval', alias: 1, type: 'Float', value: interval },
    { name: 'Mode', type: 'String', value: mode },
    { name: 'Self Test', type: 'Boolean', value: isTesting },
  ]
  await node.birth(says(5, 'eco'))
  await node.deviceBirth('Press', [{ name: 'Unheard of', type: 'Int32', value: 1 }])
  await eventually(async () => node.written()).toEqual([
    ['Interval', Math.fround(2.1)],
    ['Mode', 'fast'],
  ])
  expect((await settingOf(id, 'interval')).reported?.value).toBe(5)
  await node.data(says(2.1, 'eco'))
  expect((await settingOf(id, 'interval')).reported?.value).toBe(2.1)
  expect((await settingOf(id, 'interval')).wanted?.outcome).toBe('accepted')
  expect((await settingOf(id, 'mode')).wanted?.outcome).toBe('waiting')
  await node.data(says(2.1, 'fast'))
  expect((await settingOf(id, 'mode')).wanted?.outcome).toBe('accepted')

  await own.member.api.call(giveMyCommand, { params: { deviceId: id }, body: { command: 'self_test' } })
  await eventually(async () => node.written().slice(2)).toEqual([['Self Test', true]])
  const last = async () => (await controlsOf(id)).history[0]!.state
  expect(await last()).toBe('waiting')
  await node.birth(says(2.1, 'fast'))
  await node.data(says(2.1, 'fast', true))
  expect(await last()).toBe('accepted')
  await node.data(says(2.1, 'fast', false))
  expect(await last()).toBe('done')
  expect(node.written().slice(3)).toEqual([])
  expect(platform.broker.refusals(id)).toEqual({})
})

test('what may do harm is confirmed by who asks for it', async () => {
  const { id, token } = await machine()
  const { done } = await connect({ id, token })
  const call = { params: { deviceId: id }, body: { command: 'restart' } }
  expect(await refused(own.admin.api.call(giveMyCommand, call))).toBe(403)
  await confirmingApi(world, own.admin.visitor).call(giveMyCommand, call)
  await eventually(async () => (await controlsOf(id)).history[0]).toMatchObject({ state: 'refused', reason: 'not now' })
  expect(done).toEqual(['restart'])
  const limit = { params: { deviceId: id }, body: { values: { limit: 80 } } }
  expect(await refused(service.call(changeSettings, limit))).toBe(403)
  await confirmingApi(world, 'service').call(changeSettings, limit)
  await eventually(async () => (await settingOf(id, 'limit')).reported?.value).toBe(80)
})

test('each sets what is his to set, and for everybody else it is not there', async () => {
  const { id } = await machine()
  const params = { deviceId: id }
  expect(await refused(want(id, { limit: 1 }))).toBe(404)
  expect(await refused(want(id, { interval: 9 }, other.admin.api))).toBe(404)
  expect(await refused(controlsOf(id, other.admin.api))).toBe(404)
  await service.call(grantRole, { params, body: { companyId: other.id, role: 'service-partner' } })
  expect(await refused(want(id, { interval: 9 }, other.admin.api))).toBe(404)
  expect((await controlsOf(id, other.admin.api)).settings.map(({ mine }) => mine)).toEqual([false, false, false])
  await service.call(grantRole, { params, body: { companyId: other.id, role: 'operator' } })
  await want(id, { interval: 9 }, other.member.api)
  expect(await refused(want(id, { mode: 'eco' }, other.member.api))).toBe(404)
  expect((await controlsOf(id)).history[0]).toMatchObject({ as: 'operator', by: null })
  const sales = await world.api('sales')
  expect(await refused(sales.call(changeSettings, { params, body: { values: { interval: 9 } } }))).toBe(403)
  expect((await sales.call(getControls, { params })).settings.map(({ mine }) => mine)).toEqual([false, false, false])
})

test('a value that cannot be is named with what could', async () => {
  const { id } = await machine()
  const failed = await want(id, { interval: 61, mode: 'turbo' }).catch((error: ProblemError) => error.problem)
  expect(failed).toMatchObject({
    status: 422,
    errors: [
      { field: '/values/interval', value: '61' },
      { field: '/values/mode', value: 'turbo' },
    ],
  })
  const call = { params: { deviceId: id }, body: { command: 'self_test', parameters: { speed: 1 } } }
  expect(await refused(own.admin.api.call(giveMyCommand, call))).toBe(422)
})

test('a new owner sees nothing of what was set before, and what waited for the old one is not done', async () => {
  const { id, token } = await machine()
  await want(id, { interval: 33 })
  await own.member.api.call(giveMyCommand, { params: { deviceId: id }, body: { command: 'self_test' } })
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId: id } })
  await confirmingApi(world, 'admin').call(transferDevice, {
    ...{ params: { deviceId: id }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag },
  })
  await portal.settled()
  expect(await controlsOf(id, other.admin.api)).toMatchObject({ history: [], withheld: false })
  expect((await controlsOf(id)).history.map(({ state: one }) => one).sort()).toEqual(['ended', 'expired'])
  expect((await controlsOf(id)).settings.every(({ mine }) => !mine)).toBe(true)
  expect(await refused(want(id, { interval: 1 }))).toBe(404)
  const { values, done } = await connect({ id, token })
  await eventually(async () => (await settingOf(id, 'interval', other.admin.api)).reported?.value).toBe(5)
  expect((await settingOf(id, 'interval')).reported).toBeNull()
  expect([values.interval, done]).toEqual([5, []])
})

test('an owner who keeps his machine to himself is not set by the manufacturer', async () => {
  const { id } = await machine()
  await own.admin.api.call(setSharing, { params: { deviceId: id }, body: { whom: 'manufacturer', shared: false } })
  expect(await service.call(getControls, { params: { deviceId: id } })).toMatchObject({ withheld: true, history: [] })
  expect(await refused(service.call(changeSettings, { params: { deviceId: id }, body: { values: { interval: 9 } } }))).toBe(404)
  expect(await refused(service.call(giveCommand, { params: { deviceId: id }, body: { command: 'self_test' } }))).toBe(404)
})

test('what a machine says wrongly changes nothing, and one that never listens is not talked to without end', async () => {
  const { id, token } = await machine()
  const foreign = await machine()
  await own.member.api.call(giveMyCommand, { params: { deviceId: foreign.id }, body: { command: 'self_test' } })
  const foreignCommand = (await controlsOf(foreign.id)).history[0]!.id
  await want(id, { interval: 7 })
  const client = await connectAsync(url, { username: id, password: token, clientId: id, reconnectPeriod: 0 })
  clients.push(client)
  let told = 0
  client.on('message', () => {
    told++
  })
  await client.subscribeAsync(`fettle/${id}/down/#`, { qos: 1 })
  const say = (topic: string, said: unknown) =>
    client.publishAsync(`fettle/${id}/${topic}`, typeof said === 'string' ? said : JSON.stringify(said), { qos: 1 })
  await say('settings', '{"version": NaN}')
  await say('settings', 'x'.repeat(100_000))
  await say('commands', { id: foreignCommand, outcome: 'done' })
  await say('settings', { settings: { interval: 1000, unheard_of: 1 } })
  for (let i = 0; i < 30; i++) await say('settings', { version: 0, settings: { interval: 5 } })
  expect((await settingOf(id, 'interval')).wanted?.outcome).toBe('waiting')
  expect((await settingOf(id, 'interval')).reported?.value).toBe(5)
  expect((await controlsOf(foreign.id)).history[0]!.state).toBe('waiting')
  expect(told).toBeLessThanOrEqual(3)
  expect(platform.broker.refusals(id)).toEqual({ payload: 3, range: 1, 'unknown-metric': 1 })
})

test('what many machines say at the same time is written together, for each what it said', async () => {
  const machines = await Promise.all(Array.from({ length: 12 }, () => machine()))
  for (const { id } of machines.slice(0, 2)) {
    await want(id, { interval: 7 })
    await own.member.api.call(giveMyCommand, { params: { deviceId: id }, body: { command: 'self_test' } })
  }
  const [first, second] = machines as [(typeof machines)[0], (typeof machines)[0]]
  const commandOf = async (id: string) => (await controlsOf(id)).history.find(({ kind }) => kind === 'command')!
  const { id: command } = await commandOf(first.id)
  const message = (deviceId: string, topic: string, said: unknown) => ({
    ...{ deviceId, topic, sparkplug: null, payload: Buffer.from(JSON.stringify(said)), qos: 1 as const, retain: false },
    receivedAt: new Date(),
  })
  const everybody = machines.flatMap(({ id }, n) => [
    message(id, 'settings', { version: 0, settings: { interval: 3 } }),
    message(id, 'settings', { version: n === 0 ? 1 : 0, settings: { interval: n === 0 ? 7 : 10 + n } }),
  ])
  const answers = [first.id, second.id].flatMap(id =>
    ['accepted', 'done'].map(outcome => message(id, 'commands', { id: command.toUpperCase(), outcome })),
  )
  await hearMachines([...everybody, ...answers], platform)
  const reported = await Promise.all(machines.map(async ({ id }) => (await settingOf(id, 'interval')).reported?.value))
  expect(reported).toEqual([7, ...machines.slice(1).map((_, n) => 11 + n)])
  expect((await settingOf(first.id, 'interval')).wanted?.outcome).toBe('accepted')
  expect((await settingOf(second.id, 'interval')).wanted?.outcome).toBe('waiting')
  expect([(await commandOf(first.id)).state, (await commandOf(second.id)).state]).toEqual(['done', 'waiting'])
})
