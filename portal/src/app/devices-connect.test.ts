import { createServer } from 'node:net'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { createLog, type DeviceMessage, type Platform, type ServerFeature } from '#platform/server'
import { closed } from '../../test/device-wire.ts'
import { freePort, testPortal } from '../../test/test-portal.ts'

/* The wire to devices as a part of a portal, with a small feature that is none of the house's. */

const device = '0199a000-0000-7000-8000-000000000001'
const written: DeviceMessage[] = []
const given: Platform[] = []
const machines: ServerFeature = {
  name: 'test',
  broker: {
    async authenticate(credentials, platform) {
      given.push(platform)
      return credentials.kind === 'token' && credentials.token === 'right' ? { deviceId: credentials.deviceId } : null
    },
    receive: async (messages, platform) => {
      await platform.database.pool.query('select 1') // where it would be written
      written.push(...messages)
    },
  },
}
const broker = { external: null, port: 0, portIsPreset: false, tls: null }
const config = { publicUrl: 'http://localhost:0', port: 0, broker }
const first = await testPortal({ features: [accounts, machines], config, log: createLog('silent') })
const clients: MqttClient[] = []
afterAll(() => {
  for (const client of clients) client.end(true)
})

async function connect(): Promise<MqttClient> {
  const state = first.platform.broker.state()
  if (state.kind !== 'embedded') throw new Error(`there is no broker: ${JSON.stringify(state)}`)
  const client = await connectAsync(state.address, {
    username: device,
    password: 'right',
    reconnectPeriod: 0,
    protocolVersion: 4,
  })
  clients.push(client)
  return client
}

test('a portal opens the port with its others, and its features take what devices say', async () => {
  expect(first.platform.broker.state()).toMatchObject({ kind: 'off', reason: 'not-open' })
  await first.portal.listen()
  const client = await connect()
  await client.publishAsync(`fettle/${device}/readings`, '{"spindle":1}', { qos: 1 })
  expect(written).toMatchObject([{ deviceId: device, topic: 'readings', qos: 1 }])
  expect(given[0]).toBe(first.platform)
  const { text } = await first.platform.metrics.read()
  expect(text).toMatch(/^fettle_device_messages_total 1$/m)
  expect(text).toMatch(/^fettle_device_connections 1$/m)
  expect(text).toMatch(/^fettle_broker_up 1$/m)
})

test('a device that is out loses its connection when the transaction commits, not before and not without', async () => {
  const client = await connect()
  const gone = closed(client)
  const { database, broker } = first.platform
  const undone = database.transaction(async () => {
    await broker.disconnect(device)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await client.publishAsync(`fettle/${device}/readings`, 'still in', { qos: 1 })
  await database.transaction(() => broker.disconnect(device))
  await gone
})

test('where no feature takes messages nothing listens, and a port that is taken is told of', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  const taken = { ...config, broker: { ...broker, port } }
  const without = await testPortal({ features: [accounts], config: taken })
  await without.portal.listen()
  expect(without.platform.broker.state()).toMatchObject({ kind: 'off', reason: 'no-feature' })
  const asked = await testPortal({ features: [accounts, machines], config: taken })
  await expect(asked.portal.listen()).rejects.toThrow(`MQTT_PORT: ${port} is taken by another program.`)
  const preset = await testPortal({
    features: [accounts, machines],
    config: { ...config, broker: { ...broker, port, portIsPreset: true } },
  })
  await preset.portal.listen()
  expect(preset.platform.broker.state()).toMatchObject({ kind: 'off', reason: 'port-taken', port })
  expect(await preset.platform.broker.publish({ deviceId: device, topic: 'x', payload: 'x' })).toBe('away')
  other.close()
})
