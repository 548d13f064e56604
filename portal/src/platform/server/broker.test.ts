import { once } from 'node:events'
import type { ISubscriptionGrant, MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Authority, newAuthority } from '../../../test/device-certificates.ts'
import { closed, connectDevice, deviceId, openWire, placeFile, tokenOf, until, type Wire } from '../../../test/device-wire.ts'
import { findMosquitto, startMosquitto } from '../../../test/mosquitto.ts'
import type { BrokerPart } from './broker.ts'

/*
 * The same cases on both sides of the wire: the broker in the portal, and a mosquitto of this machine with the rights the portal
 * writes for it. What only the broker in the portal promises stands in broker-embedded.test.ts.
 */

const [one, two, three, absent, certified] = [1, 2, 3, 4, 5].map(deviceId) as [string, string, string, string, string]
const program = findMosquitto()
if (!program) console.log('No mosquitto on this machine (apt-get install mosquitto): the broker outside is not tested here.')

interface Side {
  /** where devices connect */
  address: string
  tlsAddress: string
  open(part?: BrokerPart): Promise<Wire>
  stop(): Promise<void>
}

let authority: Authority
beforeAll(async () => {
  authority = await newAuthority('Devices of the tests')
})

async function embedded(): Promise<Side> {
  const own = await authority.issue('localhost')
  const side: Side = {
    address: '',
    tlsAddress: '',
    async open(part) {
      const port = (address: string) => (address === '' ? '0' : new URL(address).port)
      const wire = await openWire({
        environment: {
          MQTT_PORT: port(side.address),
          MQTT_TLS_PORT: port(side.tlsAddress),
          MQTT_TLS_CERT: placeFile('broker.crt', own.cert),
          MQTT_TLS_KEY: placeFile('broker.key', own.key),
          MQTT_CLIENT_CA: placeFile('devices-ca.crt', authority.cert),
        },
        ...(part ? { part } : {}),
        limits: { stopMs: 300 },
      })
      ;[side.address, side.tlsAddress] = wire.addresses as [string, string]
      return wire
    },
    stop: async () => {},
  }
  return side
}

const outside = (version: string) => async (): Promise<Side> => {
  const own = await authority.issue('localhost')
  const mosquitto = await startMosquitto(program!, {
    users: Object.fromEntries([...[one, two, three, absent].map(id => [id, tokenOf(id)]), ['fettle', 'portal']]),
    certificates: { ca: authority.cert, ...own },
  })
  return {
    address: `mqtt://127.0.0.1:${mosquitto.port}`,
    tlsAddress: `mqtts://127.0.0.1:${mosquitto.tlsPort}`,
    async open(part) {
      const wire = await openWire({
        environment: { MQTT_URL: `mqtt://fettle:portal@127.0.0.1:${mosquitto.port}?version=${version}`, MQTT_PORT: '' },
        ...(part ? { part } : {}),
        limits: { stopMs: 300 },
      })
      await until(() => {
        const state = wire.broker.state()
        return state.kind === 'external' && state.connected
      })
      await new Promise(resolve => setTimeout(resolve, 150)) // its subscriptions have no other sign
      return wire
    },
    stop: mosquitto.stop,
  }
}

const sides: [name: string, there: boolean, begin: () => Promise<Side>][] = [
  ['the broker in the portal', true, embedded],
  ['mosquitto, MQTT 5', program !== null, outside('5')],
  ['mosquitto, MQTT 3.1.1', program !== null, outside('3.1.1')],
]

describe.each(sides.filter(([, there]) => there))('%s', (name, _, begin) => {
  let side: Side
  let wire: Wire
  const isEmbedded = name === 'the broker in the portal'
  const devices: MqttClient[] = []
  const connect = async (id: string, options = {}, address = side.address) => {
    const device = await connectDevice(address, id, options)
    devices.push(device)
    return device
  }
  const heard = async (device: MqttClient, what: string) => {
    for (;;) {
      const [topic, payload] = (await once(device as never, 'message')) as [string, Buffer]
      if (payload.toString() === what) return topic
    }
  }
  const withText = (text: string) => (message: { payload: Uint8Array }) => Buffer.from(message.payload).toString() === text

  beforeAll(async () => {
    side = await begin()
    wire = await side.open()
  })
  afterAll(async () => {
    for (const device of devices) device.end(true)
    await wire.stop()
    await side.stop()
  })

  test('what a device says below its prefix arrives, with whose it is and where, by every quality of service', async () => {
    const device = await connect(one)
    for (const qos of [0, 1, 2] as const) await device.publishAsync(`fettle/${one}/said-by-${qos}`, `by ${qos}`, { qos })
    await device.publishAsync(`spBv1.0/Plant/DDATA/${one}/spindle`, Buffer.from([0, 255, 1]), { qos: 1 })
    const messages = await wire.received(({ deviceId: id }) => id === one, 4)
    expect(messages.slice(0, 3)).toMatchObject([{ topic: 'said-by-0' }, { topic: 'said-by-1' }, { topic: 'said-by-2' }])
    expect(messages.map(({ deviceId: id }) => id)).toEqual([one, one, one, one])
    expect(messages[3]).toMatchObject({ topic: '', sparkplug: { group: 'Plant', type: 'DDATA', device: 'spindle' } })
    expect([...messages[3]!.payload]).toEqual([0, 255, 1])
  })

  test('a device neither says nor hears anything outside its prefix, by no wildcard either', async () => {
    const [thief, victim] = [await connect(one), await connect(two)]
    const filters = [`fettle/${two}/#`, '#', '+/#', 'fettle/+/+', '+/+/readings', `spBv1.0/+/+/${two}/#`]
    if (isEmbedded) filters.push('$SYS/#', 'spBv1.0/#')
    let stolen = 0
    thief.on('message', topic => {
      if (!topic.startsWith(`fettle/${one}/`)) stolen++ // mosquitto lets it hear itself by `#`
    })
    for (const filter of filters) await thief.subscribeAsync(filter, { qos: 1 }).catch(() => {}) // mosquitto grants, and sends nothing
    await victim.publishAsync(`fettle/${two}/readings`, 'secret', { qos: 1 })
    await wire.received(withText('secret'))
    await wire.broker.publish({ deviceId: two, topic: 'settings', payload: 'for two alone' })
    for (const topic of [`fettle/${two}/readings`, `spBv1.0/g/NDATA/${two}`, 'anything', '$SYS/x'])
      thief.publish(topic, 'forged', { qos: 0 })
    await thief.publishAsync(`fettle/${one}/readings`, 'honest', { qos: 1 })
    await wire.received(withText('honest'))
    expect(stolen).toBe(0)
    expect(wire.messages.filter(withText('forged'))).toEqual([])
  })

  test('what the portal says to a device no device can say, not even to itself', async () => {
    const device = await connect(one)
    const said: string[] = []
    device.on('message', (_, payload) => said.push(payload.toString()))
    const filters = [`fettle/${one}/#`, `fettle/${one}/down/#`, `spBv1.0/+/NCMD/${one}/#`]
    for (const filter of filters) await device.subscribeAsync(filter, { qos: 1 })
    for (const topic of ['down', 'down/settings', 'down/commands'].map(below => `fettle/${one}/${below}`))
      device.publish(topic, 'forged', { qos: 0, retain: true })
    device.publish(`spBv1.0/g/NCMD/${one}`, 'forged', { qos: 0, retain: true })
    await device.publishAsync(`fettle/${one}/readings`, 'after it', { qos: 1 })
    await wire.received(withText('after it'))
    await wire.broker.publish({ deviceId: one, topic: 'settings', payload: 'by the portal' })
    await until(() => said.includes('by the portal'))
    expect(said.filter(text => text === 'forged')).toEqual([])
    expect(wire.messages.filter(withText('forged'))).toEqual([])
  })

  test('it hears what the portal says to it, at once or, with a session, when it is back', async () => {
    const device = await connect(two, { clean: false })
    const granted: ISubscriptionGrant[] = await device.subscribeAsync(`fettle/${two}/down/#`, { qos: 1 })
    expect(granted[0]!.qos).toBe(1)
    const first = heard(device, 'now')
    expect(await wire.broker.publish({ deviceId: two, topic: 'settings', payload: 'now' })).toBe('sent')
    expect(await first).toBe(`fettle/${two}/down/settings`)
    await device.endAsync()
    await until(() => !isEmbedded || wire.broker.state().connections === devices.filter(one => one.connected).length)
    const answer = await wire.broker.publish({ deviceId: two, topic: 'settings', payload: 'while away' })
    expect(answer).toBe(isEmbedded ? 'queued' : 'sent')
    if (isEmbedded) expect(await wire.broker.publish({ deviceId: absent, topic: 'settings', payload: '?' })).toBe('away')
    const { connect: connectLater } = await import('mqtt')
    const back = connectLater(side.address, {
      username: two,
      password: tokenOf(two),
      clientId: two,
      clean: false,
      protocolVersion: 4,
      reconnectPeriod: 0,
    })
    devices.push(back)
    expect(await heard(back, 'while away')).toBe(`fettle/${two}/down/settings`)
    expect(wire.messages.filter(({ topic }) => topic.startsWith('down'))).toEqual([])
  })

  test('a will within its prefix is said when it goes without a word', async () => {
    const device = await connect(three, { will: { topic: `spBv1.0/g/NDEATH/${three}`, payload: Buffer.from('died'), qos: 1 } })
    device.stream.destroy()
    expect(await wire.received(withText('died'))).toMatchObject([{ deviceId: three, sparkplug: { type: 'NDEATH' } }])
  })

  test('a wrong token, another’s token and none are refused', async () => {
    for (const options of [{ password: 'wrong' }, { username: two }, { username: '', password: '' }, { username: 'admin' }])
      await expect(connect(one, options)).rejects.toThrow(/[Nn]ot authorized|Bad username|Connection refused|closed/)
  })

  test('the newer of two connections with one identity wins', async () => {
    const before = await connect(three)
    const gone = closed(before)
    const after = await connect(three)
    await gone
    await after.publishAsync(`fettle/${three}/readings`, 'still here', { qos: 1 })
    expect(await wire.received(withText('still here'))).toHaveLength(1)
  })

  test('a device signs in by its certificate, and is who that says', async () => {
    const { cert, key } = await authority.issue(certified)
    const device = await connect(
      certified,
      { cert, key, ca: authority.cert, username: undefined, password: undefined },
      side.tlsAddress,
    )
    await device.publishAsync(`fettle/${certified}/readings`, 'certified', { qos: 1 })
    device.publish(`fettle/${one}/readings`, 'not as another', { qos: 0 })
    expect(await wire.received(withText('certified'))).toMatchObject([{ deviceId: certified }])
    const stranger = await (await newAuthority('Somebody')).issue(certified)
    await expect(
      connect(certified, { ...stranger, ca: authority.cert, username: undefined, password: undefined }, side.tlsAddress),
    ).rejects.toThrow()
    expect(wire.messages.filter(withText('not as another'))).toEqual([])
  })

  test('what was not written when the portal was lost comes again', async () => {
    await wire.stop()
    let began = 0
    const lost = await side.open({
      receive: batch => {
        began += batch.filter(withText('precious')).length
        return new Promise(() => {}) // it never comes to be written
      },
    })
    const device = await connect(one, { clean: false, reconnectPeriod: 100 })
    let acknowledged = false
    const published = device.publishAsync(`fettle/${one}/readings`, 'precious', { qos: 1 }).then(() => {
      acknowledged = true
    })
    await until(() => began === 1)
    if (isEmbedded) {
      await new Promise(resolve => setTimeout(resolve, 100))
      expect(acknowledged).toBe(false)
    }
    await lost.stop()
    wire = await side.open()
    await published
    expect((await wire.received(withText('precious'))).length).toBeGreaterThan(0)
  })
})
