import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, expect, test } from 'vitest'
import { newAuthority } from '../../../test/device-certificates.ts'
import { closed, connectDevice, deviceId, openWire, placeFile, until, type Wire } from '../../../test/device-wire.ts'
import { connectPacket, connectRaw, packet, publishPacket, type RawDevice, subscribePacket } from '../../../test/raw-device.ts'
import type { DeviceCredentials, DeviceMessage } from './broker.ts'

/* What the broker in the portal promises beside the protocol: bounds, and that nobody pays for another. */

const one = deviceId(1)
const two = deviceId(2)
const open: { wires: Wire[]; devices: MqttClient[]; raw: RawDevice[] } = { wires: [], devices: [], raw: [] }
const wireOf = async (options: Parameters<typeof openWire>[0] = {}) => {
  const wire = await openWire(options)
  open.wires.push(wire)
  return { wire, address: wire.addresses[0]! }
}
const connect = async (address: string, id: string, options = {}) => {
  const device = await connectDevice(address, id, options)
  open.devices.push(device)
  return device
}
const raw = async (address: string, id: string | null, options = {}) => {
  const device = await connectRaw(address, id, options)
  open.raw.push(device)
  return device
}
const end = async () => {
  for (const device of open.devices.splice(0)) device.end(true)
  for (const { socket } of open.raw.splice(0)) socket.destroy()
  for (const wire of open.wires.splice(0)) await wire.stop()
}
afterEach(end)
afterAll(end)
const withText = (text: string) => (message: DeviceMessage) => Buffer.from(message.payload).toString() === text

/** A receiver that writes when it is told to. */
function slowly() {
  const written: (() => void)[] = []
  const batches: (readonly DeviceMessage[])[] = []
  return {
    batches,
    writeNext: () => written.shift()!(),
    receive: (batch: readonly DeviceMessage[]) => {
      batches.push(batch)
      return new Promise<void>(resolve => written.push(resolve))
    },
  }
}

test('nothing is acknowledged before it is written, by QoS 1 and 2', async () => {
  const receiver = slowly()
  const { address } = await wireOf({ part: { receive: receiver.receive } })
  const device = await connect(address, one)
  const acknowledged: number[] = []
  const publish = (qos: 1 | 2) =>
    device.publishAsync(`fettle/${one}/x`, `${qos}`, { qos }).then(() => void acknowledged.push(qos))
  const both = [publish(1), publish(2)]
  await until(() => receiver.batches.flat().length > 0)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(acknowledged).toEqual([])
  while (acknowledged.length < 2) {
    if (receiver.batches.length > 0) receiver.batches.splice(0).forEach(receiver.writeNext)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  await Promise.all(both)
})

test('what cannot be written comes again, in its order, and is acknowledged then', async () => {
  let failures = 3
  const seen: string[] = []
  const { address } = await wireOf({
    limits: { retryMs: [5, 20] },
    part: {
      receive: async batch => {
        if (failures-- > 0) throw new Error('the disk is full')
        seen.push(...batch.map(({ payload }) => Buffer.from(payload).toString()))
      },
    },
  })
  const device = await connect(address, one)
  await Promise.all(['a', 'b', 'c'].map(what => device.publishAsync(`fettle/${one}/x`, what, { qos: 1 })))
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('what is wrong with a message is counted once, however often it could not be written', async () => {
  let failures = 3
  const { wire, address } = await wireOf({
    limits: { retryMs: [5, 20] },
    part: {
      receive: async batch => {
        for (const { deviceId: id } of batch) wire.broker.refuse(id, 'range')
        if (failures-- > 0) throw new Error('the disk is full')
      },
    },
  })
  const device = await connect(address, one)
  await device.publishAsync(`fettle/${one}/x`, 'too much', { qos: 1 })
  expect(failures).toBe(-1)
  expect(wire.broker.refusals(one)).toEqual({ range: 1 })
  wire.broker.refuse(one, 'range') // and at once where no message is being taken
  expect(wire.broker.refusals(one)).toEqual({ range: 2 })
  expect(await wire.metrics()).toContain('fettle_device_refusals_total{reason="range"} 2')
})

test('a message of QoS 2 whose answer got lost is written once', async () => {
  const { wire, address } = await wireOf()
  const device = await raw(address, one)
  const message = Buffer.from(publishPacket(`fettle/${one}/x`, 7, Buffer.from('once')))
  message[0] = 0x34 // QoS 2
  device.socket.write(message)
  await wire.received(withText('once'))
  message[0] = 0x3c // the same again
  device.socket.write(message)
  await until(() => device.answer().filter(byte => byte === 0x50).length === 2) // PUBREC, twice
  device.socket.write(packet(0x62, Buffer.from([0, 7])))
  await until(() => device.answer().includes(0x70))
  expect(wire.messages).toHaveLength(1)
})

test('a message outside the prefix is not acknowledged: the connection ends; by QoS 0 it is dropped; both are counted', async () => {
  const { wire, address } = await wireOf()
  const device = await connect(address, one)
  device.publish(`fettle/${two}/x`, 'dropped', { qos: 0 })
  await device.publishAsync(`fettle/${one}/x`, 'fine', { qos: 1 })
  const gone = closed(device)
  let acknowledged = false
  device.publish(`fettle/${two}/x`, 'refused', { qos: 1 }, error => {
    acknowledged = !error
  })
  await gone
  expect(acknowledged).toBe(false)
  expect(wire.messages.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['fine'])
  expect(wire.broker.refusals(one)).toEqual({ 'publish-topic': 2 })
  expect(await wire.metrics()).toContain('fettle_device_refusals_total{reason="publish-topic"} 2')
})

test('thousands of messages outside the prefix are dropped by QoS 0, and what comes between them is taken', async () => {
  const { wire, address } = await wireOf({ limits: { rate: { burst: 10_000, perSecond: 10_000 } } })
  const device = await raw(address, one)
  const forged = Buffer.from(publishPacket(`fettle/${two}/x`, 1, Buffer.alloc(3)))
  forged[0] = 0x30
  const good = numbers(3).map(n => publishPacket(`fettle/${one}/x`, n, Buffer.from(`${n}`)))
  for (const one of good) device.socket.write(Buffer.concat([...numbers(2000).map(() => forged), one]))
  await until(() => device.acknowledged() === 3)
  expect(wire.messages.map(({ payload }) => Number(Buffer.from(payload)))).toEqual([1, 2, 3])
  expect(wire.broker.refusals(one)).toEqual({ 'publish-topic': 6000 })
})

test('a filter outside the prefix, or one too many, gets the failure code of SUBACK', async () => {
  const { wire, address } = await wireOf({ limits: { subscriptions: 2 } })
  const device = await raw(address, one)
  for (const filter of [`fettle/${two}/#`, `fettle/${one}/a`, `fettle/${one}/b`, `fettle/${one}/c`])
    device.socket.write(subscribePacket(filter))
  await until(() => device.answer().length === 4 + 4 * 5)
  const codes = [...device.answer()].slice(4).filter((_, i) => i % 5 === 4)
  expect(codes.sort()).toEqual([1, 1, 128, 128])
  expect(wire.broker.refusals(one)).toEqual({ 'subscribe-topic': 1, 'too-many': 1 })
})

test('a will outside the prefix is refused at the door', async () => {
  const { wire, address } = await wireOf()
  const will = { topic: `fettle/${two}/x`, payload: Buffer.from('boo'), qos: 1 as const }
  await expect(connect(address, one, { will })).rejects.toThrow('Not authorized')
  expect(wire.broker.refusals(one)).toEqual({ 'will-topic': 1 })
  expect(wire.messages).toEqual([])
})

test('a retained message is kept for its own device, up to so many', async () => {
  const { wire, address } = await wireOf({ limits: { retained: 2 } })
  const device = await connect(address, one)
  for (const n of [1, 2, 3]) await device.publishAsync(`fettle/${one}/state/${n}`, `${n}`, { qos: 1, retain: true })
  const kept: string[] = []
  device.on('message', (_, payload) => void kept.push(payload.toString()))
  await device.subscribeAsync(`fettle/${one}/state/#`, { qos: 1 })
  await until(() => kept.length === 2)
  expect(kept.sort()).toEqual(['1', '2'])
  expect(wire.messages.map(({ retain }) => retain)).toEqual([true, true, false])
})

test.each<[string, (address: string) => Promise<RawDevice>, string]>([
  ['no MQTT at all', address => rawWith(address, Buffer.from('GET / HTTP/1.1\r\n\r\n')), 'malformed'],
  ['a length of five bytes', address => rawWith(address, Buffer.from([0x10, 255, 255, 255, 255, 1])), 'malformed'],
  ['a huge first packet', address => rawWith(address, Buffer.from([0x10, 255, 255, 255, 127])), 'too-large'],
  ['a message before signing in', address => rawWith(address, publishPacket('x', 1, Buffer.alloc(1))), 'malformed'],
  ['CONNECT that says less than it should', address => rawWith(address, packet(0x10, Buffer.from([0, 4]))), 'malformed'],
  ['a message over the bound', address => signedInWith(address, Buffer.from([0x32, 0x80, 0x80, 0x80, 0x01])), 'too-large'],
  ['a reserved kind of packet', address => signedInWith(address, packet(0xf0, Buffer.alloc(2))), 'malformed'],
  ['flags that mean nothing', address => signedInWith(address, packet(0x83, Buffer.alloc(8))), 'malformed'],
  ['both bits of the quality of service', address => signedInWith(address, packet(0x36, Buffer.alloc(8))), 'malformed'],
  ['a topic that is no UTF-8', address => signedInWith(address, packet(0x30, Buffer.from([0, 2, 0xc3, 0x28]))), 'publish-topic'],
  ['a second CONNECT', address => signedInWith(address, connectPacket(one)), 'malformed'],
])('%s is counted, and harms nobody else', async (_, send, reason) => {
  const { wire, address } = await wireOf()
  const neighbour = await connect(address, two)
  const device = await send(address)
  if (reason !== 'publish-topic') await device.closed
  await until(async () => (await wire.metrics()).includes(`fettle_device_refusals_total{reason="${reason}"} 1`))
  await neighbour.publishAsync(`fettle/${two}/x`, 'well', { qos: 1 })
  expect(wire.messages.map(({ deviceId: id }) => id)).toEqual([two])
})
const rawWith = async (address: string, bytes: Buffer) => {
  const device = await raw(address, null)
  device.socket.write(bytes)
  return device
}
const signedInWith = async (address: string, bytes: Buffer) => {
  const device = await raw(address, one)
  device.socket.write(bytes)
  return device
}

test('packets cut anywhere are put together', async () => {
  const { wire, address } = await wireOf()
  const device = await raw(address, one)
  const bytes = Buffer.concat([1, 2, 3].map(n => publishPacket(`fettle/${one}/x`, n, Buffer.alloc(200, n))))
  for (let at = 0; at < bytes.length; at += 7) {
    device.socket.write(bytes.subarray(at, at + 7))
    if (at % 5 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  await until(() => device.acknowledged() === 3)
  expect(wire.messages.map(({ payload }) => [payload.length, payload[0]])).toEqual([1, 2, 3].map(n => [200, n]))
})

test('a device that sends more than it may waits, and loses nothing', async () => {
  const { wire, address } = await wireOf({ limits: { rate: { burst: 50, perSecond: 200 } } })
  const device = await raw(address, one)
  const from = performance.now()
  device.socket.write(Buffer.concat(numbers(150).map(n => publishPacket(`fettle/${one}/x`, n, Buffer.from(`${n}`)))))
  await until(() => device.acknowledged() === 150)
  expect(performance.now() - from).toBeGreaterThan(400) // 50 at once, 100 at 200 a second
  expect(wire.messages.map(({ payload }) => Number(Buffer.from(payload)))).toEqual(numbers(150))
})

test('of what is not written only so much is taken in, the rest waits on the network', async () => {
  const receiver = slowly()
  const { wire, address } = await wireOf({ part: { receive: receiver.receive }, limits: { inFlight: 10 } })
  const device = await raw(address, one)
  device.socket.write(Buffer.concat(numbers(100).map(n => publishPacket(`fettle/${one}/x`, n, Buffer.alloc(10)))))
  await until(() => receiver.batches.length === 1)
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(wire.broker.state()).toMatchObject({ waiting: 10 })
  for (let written = 0; written < 100; written += 10) {
    await until(() => receiver.batches.flat().length === written + 10)
    receiver.writeNext()
  }
  await until(() => device.acknowledged() === 100)
})

test('of what many devices say together only so much is taken in, whatever they say, and none of it is lost', async () => {
  const receiver = slowly()
  const { wire, address } = await wireOf({ part: { receive: receiver.receive }, limits: { waitingMessages: 20, batch: 10 } })
  const topics = ['presence', 'settings', 'commands']
  const devices = await Promise.all(numbers(9).map(n => raw(address, deviceId(100 + n))))
  for (const [n, device] of devices.entries()) {
    const topic = `fettle/${deviceId(101 + n)}/${topics[n % 3]}`
    device.socket.write(Buffer.concat(numbers(20).map(id => publishPacket(topic, id, Buffer.from('{}')))))
  }
  let written = 0
  while (written < 9 * 20) {
    await until(() => receiver.batches.flat().length > written)
    const state = wire.broker.state()
    expect(state.kind === 'embedded' && state.waiting).toBeLessThanOrEqual(40)
    written = receiver.batches.flat().length
    receiver.writeNext()
  }
  await until(() => devices.every(device => device.acknowledged() === 20))
  expect(Number(/fettle_device_held_back_total\{since="all"\} (\d+)/.exec(await wire.metrics())![1])).toBeGreaterThan(0)
})

test('connections beyond the bounds are closed as they come, and those that do not sign in are in time', async () => {
  const { wire, address } = await wireOf({ limits: { strangersPerAddress: 3, connectMs: 300 } })
  const silent = await Promise.all(numbers(3).map(() => raw(address, null)))
  const fourth = await raw(address, null)
  await fourth.closed
  expect(await wire.metrics()).toContain('fettle_device_refusals_total{reason="connections"} 1')
  await Promise.all(silent.map(one => one.closed))
  await connect(address, one)
  expect(wire.broker.state()).toMatchObject({ connections: 1 })
})

test('a certificate of an authority a feature names is believed from then on, and its fingerprint handed over', async () => {
  const authority = await newAuthority('A small one')
  const own = await authority.issue('localhost')
  const named: string[] = []
  const shown: DeviceCredentials[] = []
  const { wire } = await wireOf({
    environment: {
      MQTT_TLS_PORT: '0',
      MQTT_TLS_CERT: placeFile('embedded.crt', own.cert),
      MQTT_TLS_KEY: placeFile('embedded.key', own.key),
    },
    part: {
      authorities: async () => named,
      authenticate: async credentials => {
        shown.push(credentials)
        return { deviceId: credentials.deviceId }
      },
    },
  })
  const { cert, key, fingerprint } = await authority.issue('Machine 12', `urn:uuid:${one}`)
  const signIn = () =>
    connect(wire.addresses[1]!, 'any name', { cert, key, ca: authority.cert, username: undefined, password: undefined })
  await expect(signIn()).rejects.toThrow(/Bad username/)
  named.push(authority.cert)
  await wire.broker.renewAuthorities()
  const device = await signIn()
  await device.publishAsync(`fettle/${one}/x`, 'x', { qos: 1 })
  expect(shown).toMatchObject([{ kind: 'certificate', deviceId: one, fingerprint }])
})

test('a device whose credential has ended since it signed in is cut off, whether or not anybody was told', async () => {
  const holding = new Set(['of one', 'of two'])
  const { address } = await wireOf({
    limits: { reviewMs: 20 },
    part: {
      authenticate: async ({ deviceId }) => ({ deviceId, credentialId: deviceId === one ? 'of one' : 'of two' }),
      holding: async asked => new Set(asked.filter(id => holding.has(id))),
    },
  })
  const [first, second] = [await connect(address, one), await connect(address, two)]
  const gone = closed(first)
  holding.delete('of one')
  await gone
  await second.publishAsync(`fettle/${two}/x`, 'still here', { qos: 1 })
})

test('failed sign-ins are slowed by device, and a neighbour at the same address is not locked out', async () => {
  let asked = 0
  const { wire, address } = await wireOf({
    limits: { failedPerDevice: { burst: 3, perMinute: 1 }, failedPerAddress: { burst: 5, perMinute: 1 } },
    part: {
      authenticate: async credentials => {
        asked++
        return credentials.deviceId === two ? { deviceId: two } : null
      },
    },
  })
  await connect(address, two).then(device => device.endAsync())
  for (const _ of numbers(5)) await expect(connect(address, one)).rejects.toThrow(/Bad username|Server unavailable/)
  expect(asked).toBe(1 + 3)
  for (const n of numbers(5)) await expect(connect(address, deviceId(100 + n))).rejects.toThrow()
  expect(asked).toBe(1 + 5)
  await connect(address, two)
  expect(wire.broker.refusals(one)).toEqual({ 'sign-in': 3, 'too-often': 2 })
})

test('where it cannot be known who it is, the device is told to come back, not that it is wrong', async () => {
  const { wire, address } = await wireOf({
    part: {
      authenticate: async () => {
        throw new Error('the database is away')
      },
    },
  })
  await expect(connect(address, one)).rejects.toThrow('Server unavailable')
  expect(wire.broker.refusals(one)).toEqual({})
})

test('two machines with one identity are told of', async () => {
  const { wire, address } = await wireOf()
  for (const _ of numbers(4)) await connect(address, one)
  await until(() => wire.notices.filter(({ kind }) => kind === 'taken-over').length === 3)
  expect(wire.notices.flatMap(notice => (notice.kind === 'taken-over' ? [notice.clone] : []))).toEqual([false, false, true])
  expect(wire.broker.state()).toMatchObject({ connections: 1 })
  const kinds = wire.notices.map(({ kind }) => kind)
  expect(kinds.filter(kind => kind === 'connected')).toHaveLength(4)
  expect(kinds.filter(kind => kind === 'disconnected')).toHaveLength(3)
})

test('a device that is out loses its connection, its session and its last word', async () => {
  const { wire, address } = await wireOf()
  const will = { topic: `fettle/${one}/x`, payload: Buffer.from('last word'), qos: 1 as const }
  const device = await connect(address, one, { clean: false, will })
  await device.subscribeAsync(`fettle/${one}/down/#`, { qos: 1 })
  const gone = closed(device)
  await wire.broker.disconnect(one)
  await gone
  expect(await wire.broker.publish({ deviceId: one, topic: 'x', payload: 'x' })).toBe('away')
  const other = await connect(address, two)
  await other.publishAsync(`fettle/${two}/x`, 'later', { qos: 1 })
  expect(wire.messages.map(({ deviceId: id }) => id)).toEqual([two])
})

test('what waits for a device that is away is bounded, and what it did not acknowledge comes again', async () => {
  const { wire, address } = await wireOf({ limits: { queue: 3 } })
  const device = await connect(address, one, { clean: false })
  await device.subscribeAsync(`fettle/${one}/down/#`, { qos: 1 })
  await device.endAsync()
  await until(() => wire.broker.state().connections === 0)
  const say = (payload: string) => wire.broker.publish({ deviceId: one, topic: 'x', payload })
  const answers = []
  for (const what of ['a', 'b', 'c', 'd']) answers.push(await say(what))
  expect(answers).toEqual(['queued', 'queued', 'queued', 'full'])
  const { connect: connectLater } = await import('mqtt')
  const back = connectLater(address, {
    ...device.options,
    reconnectPeriod: 0,
  })
  open.devices.push(back)
  const heard: string[] = []
  back.on('message', (_, payload) => void heard.push(payload.toString()))
  await until(() => heard.length === 3)
  expect(heard).toEqual(['a', 'b', 'c'])
  await until(async () => (await say('e')) === 'sent')
})

test('a device that does not read what it asked for is cut off, and nobody waits for it', async () => {
  const { wire, address } = await wireOf({ limits: { drainMs: 300 } })
  const lazy = await raw(address, one)
  lazy.socket.write(subscribePacket(`fettle/${one}/down/#`))
  await until(() => lazy.answer().length === 4 + 5)
  lazy.socket.pause()
  const payload = Buffer.alloc(200_000)
  let answer = ''
  for (let sent = 0; answer !== 'full' && sent < 500; sent++) {
    answer = await wire.broker.publish({ deviceId: one, topic: 'x', payload })
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(answer).toBe('full')
  const neighbour = await connect(address, two)
  await neighbour.publishAsync(`fettle/${two}/x`, 'well', { qos: 1 })
  await until(() => wire.broker.refusals(one).slow === 1)
  await until(() => wire.broker.state().connections === 1)
})

test('a flood of 100,000 messages by 50 devices holds up nobody else, and fills no memory', { timeout: 60_000 }, async () => {
  const [floods, each] = [50, 2000]
  let [flooded, most] = [0, 0]
  const { wire, address } = await wireOf({
    part: {
      receive: async batch => {
        flooded += batch.filter(({ deviceId: id }) => id !== one).length
        await new Promise(resolve => setTimeout(resolve, 2)) // as long as a disk takes
        most = Math.max(most, (wire.broker.state() as { waiting: number }).waiting)
      },
    },
  })
  const quiet = await connect(address, one)
  const ids = Array.from({ length: floods }, (_, n) => deviceId(1000 + n))
  const senders = await Promise.all(ids.map(id => raw(address, id, { keepBytes: false })))
  // half of them hear themselves and leave in the middle of it
  for (const [n, { socket }] of senders.entries()) if (n % 2) socket.write(subscribePacket(`fettle/${ids[n]}/x/#`))
  await until(() => senders.every((one, n) => n % 2 === 0 || one.acknowledged() >= 1))
  global.gc?.()
  const before = process.memoryUsage().rss
  for (const [n, { socket }] of senders.entries())
    socket.write(Buffer.concat(numbers(each).map(i => publishPacket(`fettle/${ids[n]}/x`, i, Buffer.alloc(200)))))
  const passed: number[] = []
  for (const n of numbers(20)) {
    const from = flooded
    await quiet.publishAsync(`fettle/${one}/x`, `${n}`, { qos: 1 })
    passed.push(flooded - from)
    if (n === 10) for (const [i, { socket }] of senders.entries()) if (i % 2) socket.destroy()
  }
  // each of its messages waits for the batch being written and goes with the next: two batches of what others may have under way
  expect(Math.max(...passed)).toBeLessThanOrEqual(2 * floods * 200)
  const staying = senders.filter((_, n) => n % 2 === 0)
  await until(() => staying.every(one => one.acknowledged() === each), 40_000)
  expect(most).toBeLessThanOrEqual(floods * 201 + 1) // one of each may be half read
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(300)
  expect(wire.broker.state()).toMatchObject({ waiting: 0, connections: staying.length + 1 })
})

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
