import type { MqttClient } from 'mqtt'
import { afterAll, describe, expect, test } from 'vitest'
import { newAuthority } from '../../../test/device-certificates.ts'
import { connectDevice, deviceId, openWire, placeFile, tokenOf, until, type Wire } from '../../../test/device-wire.ts'
import { findMosquitto, startMosquitto } from '../../../test/mosquitto.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { freePort } from '../../../test/test-portal.ts'
import type { DeviceMessage } from './broker.ts'
import { openSlots } from './broker-slots.ts'
import { createLog } from './log.ts'

/* What holds with a broker outside alone: several portals, a broker that goes away, places among the processes. */

const program = findMosquitto()
const one = deviceId(1)
const devices: MqttClient[] = []
const wires: Wire[] = []
afterAll(async () => {
  for (const device of devices) device.end(true)
  for (const wire of wires) await wire.stop()
})
const connected = (wire: Wire) => {
  const state = wire.broker.state()
  return state.kind === 'external' && state.connected
}
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `${i}`)
const texts = (messages: readonly DeviceMessage[]) => messages.map(({ payload }) => Buffer.from(payload).toString())

describe.runIf(program)('a mosquitto of this machine', async () => {
  const authority = await newAuthority('Devices of the tests')
  const own = await authority.issue('localhost')
  const mosquitto = program
    ? await startMosquitto(program, {
        users: { [one]: tokenOf(one), fettle: 'portal' },
        certificates: { ca: authority.cert, ...own },
      })
    : null!
  afterAll(() => mosquitto?.stop())
  const open = async (options: Parameters<typeof openWire>[0] & { parameters?: string } = {}) => {
    const { parameters = '', ...more } = options
    const wire = await openWire({
      environment: { MQTT_URL: `mqtt://fettle:portal@127.0.0.1:${mosquitto.port}?${parameters}`, MQTT_PORT: '' },
      ...more,
    })
    wires.push(wire)
    await until(() => connected(wire))
    await new Promise(resolve => setTimeout(resolve, 150)) // its subscriptions have no other sign
    return wire
  }
  const device = async () => {
    const client = await connectDevice(`mqtt://127.0.0.1:${mosquitto.port}`, one)
    devices.push(client)
    return client
  }
  const stop = async (wire: Wire) => {
    wires.splice(wires.indexOf(wire), 1)
    await wire.stop()
  }

  test.each(['version=5', 'version=3.1.1'])('two portals share the load, each message once (%s)', async parameters => {
    const [first, second] = [await open({ parameters }), await open({ parameters, slot: 1 })]
    const sender = await device()
    await Promise.all(numbers(200).map(n => sender.publishAsync(`fettle/${one}/x`, n, { qos: 1 })))
    await until(() => first.messages.length + second.messages.length >= 200)
    expect(texts([...first.messages, ...second.messages]).sort()).toEqual(numbers(200).sort())
    expect(first.messages.length).toBeGreaterThan(20)
    expect(second.messages.length).toBeGreaterThan(20)
    await stop(second)
    await sender.publishAsync(`fettle/${one}/x`, 'to who is left', { qos: 1 })
    await first.received(({ payload }) => Buffer.from(payload).toString() === 'to who is left')
    await stop(first)
  })

  test('what comes while no portal runs waits for the next one', async () => {
    await stop(await open())
    const sender = await device()
    await Promise.all(numbers(50).map(n => sender.publishAsync(`fettle/${one}/x`, n, { qos: 1 })))
    const next = await open()
    await until(() => next.messages.length >= 50)
    expect(texts(next.messages)).toEqual(numbers(50))
    await stop(next)
  })

  test('many are under way at once, so that a slow disk costs one flush for all', async () => {
    const batches: number[] = []
    const wire = await open({
      part: {
        receive: async batch => {
          batches.push(batch.length)
          await new Promise(resolve => setTimeout(resolve, 50))
        },
      },
    })
    const sender = await device()
    await Promise.all(numbers(400).map(n => sender.publishAsync(`fettle/${one}/x`, n, { qos: 1 })))
    await until(() => batches.reduce((sum, count) => sum + count, 0) >= 400)
    expect(batches.length).toBeLessThan(20)
    await stop(wire)
  })

  test('a broker that goes away is told of and come back to; nothing acknowledged is lost', { timeout: 40_000 }, async () => {
    const wire = await open()
    const sender = await device()
    await sender.publishAsync(`fettle/${one}/x`, 'before', { qos: 1 })
    await wire.received(({ payload }) => Buffer.from(payload).toString() === 'before')
    await mosquitto.restart()
    await until(async () => connected(wire), 20_000)
    expect((await wire.metrics()).match(/^fettle_broker_up (\d)/m)?.[1]).toBe('1')
    const again = await device()
    await new Promise(resolve => setTimeout(resolve, 150))
    await again.publishAsync(`fettle/${one}/x`, 'after', { qos: 1 })
    await wire.received(({ payload }) => Buffer.from(payload).toString() === 'after')
    await stop(wire)
  })

  test('where the broker shares no subscriptions, one process takes the messages and the others only speak', async () => {
    const taking = await open({ parameters: 'shared=false' })
    const sender = await device()
    await Promise.all(numbers(20).map(n => sender.publishAsync(`fettle/${one}/x`, n, { qos: 1 })))
    await until(() => taking.messages.length === 20)
    await stop(taking)
  })

  test('by TLS the portal shows its certificate and is let in by it', async () => {
    const { cert, key } = await authority.issue('fettle')
    const files = {
      ca: placeFile('outside-ca.pem', authority.cert),
      cert: placeFile('p.crt', cert),
      key: placeFile('p.key', key),
    }
    const wire = await openWire({
      environment: { MQTT_URL: `mqtts://127.0.0.1:${mosquitto.tlsPort}?${new URLSearchParams(files)}`, MQTT_PORT: '' },
    })
    wires.push(wire)
    await until(() => connected(wire))
    await new Promise(resolve => setTimeout(resolve, 150))
    await (await device()).publishAsync(`fettle/${one}/x`, 'by TLS', { qos: 1 })
    expect(await wire.received(() => true)).toHaveLength(1)
    await stop(wire)
  })

  test('a wrong password is told of, and the portal runs on', async () => {
    const wire = await openWire({
      environment: { MQTT_URL: `mqtt://fettle:wrong@127.0.0.1:${mosquitto.port}`, MQTT_PORT: '' },
    })
    wires.push(wire)
    const trouble = () => (wire.broker.state() as { trouble: string | null }).trouble
    await until(() => trouble() !== null)
    expect(trouble()).toMatch(/[Nn]ot authorized/)
    expect(await wire.broker.publish({ deviceId: one, topic: 'x', payload: 'x' })).toBe('queued')
  })
})

test('a broker that is not there does not keep the portal from starting', async () => {
  const wire = await openWire({ environment: { MQTT_URL: `mqtt://127.0.0.1:${await freePort()}`, MQTT_PORT: '' } })
  wires.push(wire)
  await until(() => (wire.broker.state() as { trouble: string | null }).trouble !== null)
  expect(wire.broker.state()).toMatchObject({ kind: 'external', connected: false, connections: null })
  expect(await wire.metrics()).toContain('fettle_broker_up 0')
})

test('processes share out places, and one that ends leaves its own to the next', async () => {
  const database = await cloneDatabase()
  const open = () => openSlots(database.url, createLog('silent'))
  const [first, second, third] = [open(), open(), open()]
  expect(await first.take(64)).toBe(0)
  expect(await first.areOthers()).toBe(false)
  expect(await second.take(64)).toBe(1)
  expect(await first.areOthers()).toBe(true)
  expect(await third.take(1)).toBeNull()
  await first.close()
  await until(async () => (await third.take(1)) === 0)
  await second.close()
  await third.close()
  await database.drop()
})
