import { afterAll, expect, test } from 'vitest'
import { createAlarmRule, listAlarms, switchAlarmRule } from '#features/alarms/core'
import { getHistory } from '#features/telemetry/core'
import { createLog, type DeviceMessage, type openWarehouse, type ServerFeature } from '#platform/server'
import { features } from '../../src/app/features.ts'
import { deviceId } from '../device-wire.ts'
import { openDoors, withBroker } from '../embedded-broker.ts'
import { eventually } from '../eventually.ts'
import { connectRaw, publishPacket } from '../raw-device.ts'
import { registerMachines } from '../register-machines.ts'
import { cloneDatabase } from '../test-database.ts'
import { testPortal } from '../test-portal.ts'
import { openDatabaseProxy } from './database-proxy.ts'

const clone = await cloneDatabase()
const proxy = await openDatabaseProxy(clone.url)
afterAll(async () => {
  await proxy.close()
  await clone.drop()
})
const silent = deviceId(3)
const seen = new WeakSet<DeviceMessage>()
let again = 0
/** Hears how often messages are given again, before anybody can fail. */
const witness: ServerFeature = {
  name: 'witness',
  broker: {
    receive: async messages => {
      if (messages.some(message => seen.has(message))) again++
      for (const message of messages) seen.add(message)
    },
  },
}
const { platform, portal, database, request, api } = await testPortal({
  features: [witness, ...features],
  config: { databaseUrl: proxy.url, ...withBroker() },
  signals: { beat: 2000 },
  log: createLog('silent'), // it says a hundred times that the database is away
})
const address = await openDoors({ portal, platform })
await registerMachines(database.pool, 4, [{ key: 'heat', unit: '°C', min: 0, max: 150, decimals: 0 }])
const service = await api('service')

const name = (text: string) => ({ 'zh-CN': text, en: text })
const begin = Date.now() - 60_000
/** messages of one machine that are under way */
const most = 50

/** A machine that says one reading after the other by QoS 1, a millisecond apart by its clock, as fast as they are acknowledged. */
async function speaking(number: number) {
  const id = deviceId(number)
  const device = await connectRaw(address, id, { keepBytes: false })
  const machine = { id, heat: 20, said: 0, acknowledged: () => device.acknowledged() }
  let stopped = false
  const say = (heat: number) => {
    const payload = Buffer.from(JSON.stringify({ at: begin + ++machine.said, values: { heat } }))
    device.socket.write(publishPacket(`fettle/${id}/readings`, machine.said, payload))
  }
  const speak = async () => {
    while (!stopped) {
      while (machine.said - machine.acknowledged() < most) say(machine.heat)
      await eventually(() => stopped || machine.said - machine.acknowledged() < most)
    }
    await eventually(() => machine.acknowledged() === machine.said)
  }
  let spoken = Promise.resolve()
  return Object.assign(machine, {
    say,
    begin: () => {
      spoken = speak()
    },
    async end() {
      stopped = true
      await spoken
      device.socket.destroy()
    },
  })
}

/** Waits until so many more readings of each are acknowledged. */
async function goneOn(machines: readonly { acknowledged(): number }[], more: number): Promise<void> {
  const before = machines.map(one => one.acknowledged())
  await eventually(() => machines.every((one, n) => one.acknowledged() >= before[n]! + more))
}

test('machines report while the database is away and the warehouse is killed: what was acknowledged is there once, and so is the alarm', async () => {
  const { value: rule, etag } = await service.callWithEtag(createAlarmRule, {
    body: {
      ...{ deviceId: silent, name: name('Too hot'), severity: 'high' },
      ...{ raise: { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'heat', op: 'gt', value: 80 }] } },
    },
  })
  const params = { ruleId: rule.id }
  // nothing was reported yet that it could be tried on
  await service.call(switchAlarmRule, { params, body: { state: 'active', untried: true }, ifMatch: etag })
  const machines = await Promise.all([0, 1, 2, 3].map(speaking))
  const [speakers, hot] = [machines.slice(0, 3), machines[3]!]
  for (const one of speakers) one.begin()
  await goneOn(speakers, 200)

  await proxy.become('refuse')
  await eventually(async () => (await request('/readyz')).status === 503)
  hot.say(151) // beyond what its sensor can measure
  hot.heat = 90
  hot.begin()
  await eventually(() => again >= 4)
  expect(hot.acknowledged()).toBe(0)
  await proxy.become('pass')
  await goneOn(machines, 200)
  expect(platform.broker.refusals(silent)).toEqual({ range: 1 })

  const embedded = (platform.warehouse as ReturnType<typeof openWarehouse>).embedded()!
  const pid = embedded.pid()!
  process.kill(pid, 'SIGKILL')
  await goneOn(machines, 200)
  expect(embedded.pid()).not.toBe(pid)
  await Promise.all(machines.map(one => one.end()))

  const query = { from: new Date(begin).toISOString(), to: new Date(begin + 600_000).toISOString(), points: 2000 }
  for (const { id, said } of machines) {
    const kept = id === silent ? said - 1 : said
    const { points } = await service.call(getHistory, { params: { deviceId: id, metric: 'heat' }, query })
    const rows = await platform.warehouse.query(
      'select uniqExact(at) as moments, toUnixTimestamp64Milli(max(at)) as last from reading where device_id = {id:UUID}',
      { id },
    )
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(kept)
    expect(rows).toEqual([{ moments: kept, last: begin + said }])
  }
  const alarms = async () => (await service.call(listAlarms, { query: {} })).items
  await eventually(async () => (await alarms()).length > 0)
  expect(await alarms()).toMatchObject([{ active: true, raises: 1 }])
}, 60_000)
