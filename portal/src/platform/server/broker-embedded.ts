import { Aedes, type Client, type PublishPacket, type Subscription } from 'aedes'
import type { Broker, DeviceCredentials, DeviceIdentity, Refusal } from './broker.ts'
import { openDoors } from './broker-doors.ts'
import { createDownlink } from './broker-downlink.ts'
import { DeviceEmitter } from './broker-emitter.ts'
import { type Frames, guardFrames } from './broker-frames.ts'
import type { Intake } from './broker-intake.ts'
import type { BrokerLimits } from './broker-limits.ts'
import type { DeviceRecord } from './broker-record.ts'
import { Sessions } from './broker-sessions.ts'
import { type Caller, createSignIn, SignInRefused } from './broker-sign-in.ts'
import { countTakeovers } from './broker-takeovers.ts'
import type { DeviceTls } from './broker-tls.ts'
import { mayPublish, maySubscribe, ownerOf, readDeviceTopic } from './broker-topics.ts'
import type { Log } from './log.ts'

export interface EmbeddedOptions {
  host: string
  port: number | null
  tls: DeviceTls | null
  limits: BrokerLimits
  log: Log
  intake: Intake
  record: DeviceRecord
  now(): Date
  authenticate(credentials: DeviceCredentials): Promise<DeviceIdentity | null>
  /** which of these credentials still hold */
  holding(credentialIds: readonly string[]): Promise<ReadonlySet<string>>
  authorities(): Promise<readonly string[]>
}

/** One connection, from its first byte. */
interface Connection extends Caller {
  frames: Frames
  client: Client
  /** null until it has signed in */
  deviceId: string | null
  /** by what it signed in; undefined: it is not asked whether that still holds */
  credentialId: string | undefined
  will: PublishPacket | null
  /** some of its messages are held back */
  waits: boolean
  /** a reason that has been counted: what follows from closing it is none */
  counted: boolean
}

/** the topic of what is dropped: nobody hears it */
const nowhere = 'refused'

/**
 * The broker in this process: aedes for the protocol, with everything that must not grow without bound around it. What a device
 * publishes is acknowledged when the features have written it down: aedes acknowledges after `authorizePublish`, which waits for
 * that.
 */
export async function openEmbeddedBroker(options: EmbeddedOptions): Promise<EmbeddedBroker> {
  const { limits, log, intake, record, now } = options
  const sessions = new Sessions(limits)
  const emitter = new DeviceEmitter()
  const connections = new Map<Client, Connection>()
  const devices = new Map<string, Connection>()
  const takeOverOf = countTakeovers()
  const signIn = createSignIn(options.authenticate, limits, log)

  const aedes = await Aedes.createBroker({
    mq: emitter,
    persistence: sessions,
    heartbeatInterval: 2 ** 28, // for a cluster, which this is not
    connectTimeout: limits.connectMs,
    drainTimeout: limits.drainMs,
    queueLimit: 1, // frames let through one packet until it is answered
    maxInflightInbound: limits.unreleased,
    maxTopicLevels: 12,
    preConnect: (client, packet, done) => {
      const connection = connections.get(client)
      if (!connection) return done(new Error('closed'), false)
      packet.keepalive = Math.min(packet.keepalive || limits.keepAlive, limits.keepAlive)
      connection.will = packet.will ? ({ ...packet.will, cmd: 'publish' } as PublishPacket) : null
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      const connection = connections.get(client)
      if (connection)
        admit(connection, username, password).then(
          () => done(null, true),
          error => done(error, false),
        )
    },
    authorizePublish: (client, packet, done) => {
      const connection = client && connections.get(client)
      if (connection?.deviceId) take(connection, connection.deviceId, packet, done)
      else done(new Error('not signed in'))
    },
    authorizeSubscribe: (client, subscription, done) => done(null, grant(client, subscription)),
  })
  publishToListeners(aedes, sessions, emitter)
  aedes.on('clientError', (client, error) => explain(client, error))
  aedes.on('connectionError', (client, error) => explain(client, error))
  aedes.on('clientReady', client => {
    const connection = connections.get(client)
    connection?.frames.open((count, bytes) => {
      const room = intake.hasRoom(client.id, count, bytes)
      if (!room) held.add(connection)
      if (!room && !connection.waits) record.holdBack(intake.isFull() ? 'all' : 'device')
      connection.waits = !room
      return room
    })
  })

  const doors = await openDoors({
    ...options,
    onConnection: enter,
    onTooMany: () => record.refuse(null, 'connections'),
  }).catch(async error => {
    await new Promise<void>(resolve => aedes.close(resolve))
    throw error
  })
  /** those of whose messages some are held back */
  let held = new Set<Connection>()
  const stopLooking = intake.onRoom(() => {
    const before = held
    held = new Set()
    for (const { frames } of before) frames.look()
  })

  function enter(socket: Connection['socket'], network: string): void {
    socket.on('error', () => {}) // aedes listens too, but not to the end
    const frames = guardFrames(socket, {
      limits,
      onRefused: reason => {
        refuse(connection, reason)
        socket.destroy()
      },
    })
    const connection = {
      socket,
      network,
      frames,
      deviceId: null,
      credentialId: undefined,
      will: null,
      waits: false,
      counted: false,
    } as unknown as Connection
    connection.client = aedes.handle(socket)
    connections.set(connection.client, connection)
    oneDuplicateOnly(connection.client, aedes.id)
    socket.once('close', () => leave(connection))
  }

  function leave(connection: Connection): void {
    connection.frames.close()
    // aedes publishes the will after this
    setTimeout(() => connections.delete(connection.client), 1000).unref()
    const { deviceId } = connection
    if (deviceId === null || devices.get(deviceId) !== connection) return
    devices.delete(deviceId)
    record.note({ kind: 'disconnected', deviceId, at: now() })
  }

  async function admit(connection: Connection, username?: string, password?: Buffer): Promise<void> {
    const { client, socket, will } = connection
    try {
      const { deviceId, credentialId } = await signIn(connection, username, password)
      if (will && !mayPublish(deviceId, will.topic)) throw new SignInRefused(5, 'will-topic', deviceId)
      const before = devices.get(deviceId)
      if (before) await takeOver(deviceId, before)
      if (socket.destroyed) throw new SignInRefused(3, null, deviceId)
      Object.assign(connection, { deviceId, credentialId })
      Object.assign(client, { id: deviceId }) // a device has one session, however it calls itself
      devices.set(deviceId, connection)
      doors.signedIn(socket)
      record.note({ kind: 'connected', deviceId, at: now() })
    } catch (error) {
      connection.counted = true
      if (error instanceof SignInRefused && error.reason) record.refuse(error.deviceId, error.reason)
      throw error
    }
  }

  /** Closes connections whose credential has ended since they signed in. */
  async function review(): Promise<void> {
    const shown = new Set([...devices.values()].flatMap(({ credentialId }) => credentialId ?? []))
    if (shown.size === 0) return
    const holding = await options.holding([...shown])
    for (const [deviceId, { credentialId }] of devices)
      if (credentialId && shown.has(credentialId) && !holding.has(credentialId)) await disconnect(deviceId)
  }
  const reviews = setInterval(() => {
    review().catch(error => log.warn({ error }, 'it cannot be known which devices may stay connected; it is asked again'))
  }, limits.reviewMs).unref()

  async function disconnect(deviceId: string): Promise<void> {
    const connection = devices.get(deviceId)
    if (connection) {
      Object.assign(connection.client, { will: null }) // nothing more is taken of it
      await close(connection)
    }
    sessions.end(deviceId)
  }

  /** The newer connection of one identity wins (MQTT-3.1.4-2). */
  async function takeOver(deviceId: string, before: Connection): Promise<void> {
    record.note({ kind: 'taken-over', deviceId, at: now(), ...takeOverOf(deviceId) })
    await close(before)
  }

  function close({ client, socket }: Connection): Promise<void> {
    if (socket.destroyed) return Promise.resolve()
    return new Promise(resolve => {
      socket.once('close', () => resolve())
      client.close()
    })
  }

  function take(connection: Connection, deviceId: string, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const topic = readDeviceTopic(packet.topic)
    if (topic?.deviceId !== deviceId) {
      refuse(connection, 'publish-topic')
      turnAway(packet, done)
      return
    }
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    if (packet.retain && !sessions.mayRetain(deviceId, packet.topic, payload.length)) {
      record.refuse(deviceId, 'too-many')
      packet.retain = false
    }
    const message = { ...topic, payload, qos: packet.qos, retain: packet.retain, receivedAt: now() }
    const write = () => intake.add(message, () => done())
    if (packet.qos < 2) write()
    // who did not get the answer to a message of QoS 2 sends it again: written once, it is only answered again
    else sessions.incomingGetPacket({ id: deviceId }, packet).then(() => done(), write)
  }

  /** An acknowledgement would promise that it can be read afterwards, and MQTT 3.1.1 has no other answer than to hang up. */
  function turnAway(packet: PublishPacket, done: (error?: Error | null) => void): void {
    if (packet.qos > 0) done(new Error('not authorized'))
    else {
      Object.assign(packet, { topic: nowhere, retain: false })
      setImmediate(done) // at once it would read on in the midst of parsing
    }
  }

  function grant(client: Client, subscription: Subscription): Subscription | null {
    const connection = connections.get(client)
    if (!connection?.deviceId) return null
    const { subscriptions } = client as unknown as { subscriptions: Record<string, unknown> }
    const own = maySubscribe(connection.deviceId, subscription.topic)
    const room = subscription.topic in subscriptions || Object.keys(subscriptions).length < limits.subscriptions
    if (own && room) return subscription
    record.refuse(connection.deviceId, own ? 'too-many' : 'subscribe-topic')
    return null
  }

  function refuse(connection: Connection, reason: Refusal): void {
    connection.counted = true
    record.refuse(connection.deviceId, reason)
  }

  /** What aedes closes by itself is either somebody's network, or somebody who does not speak MQTT. */
  function explain(client: Client, error: Error): void {
    const connection = connections.get(client)
    if (!connection || connection.counted || 'code' in error) return
    if (/drain timeout/.test(error.message)) refuse(connection, 'slow')
    else if (!/connection closed|keep alive|did not arrive|closed/.test(error.message)) refuse(connection, 'malformed')
  }

  return {
    addresses: doors.addresses,
    connections: () => devices.size,
    publish: createDownlink({ aedes, sessions, emitter, limits, isConnected: deviceId => devices.has(deviceId) }),
    disconnect,
    review,
    renewAuthorities: () => doors.renewAuthorities(),
    async stop() {
      clearInterval(reviews)
      stopLooking()
      for (const { frames } of connections.values()) frames.close()
      await intake.close() // what is being written is still acknowledged
      await new Promise(resolve => setTimeout(resolve, 50))
      doors.close()
      await new Promise<void>(resolve => aedes.close(resolve))
    },
  }
}

export interface EmbeddedBroker extends Pick<Broker, 'publish' | 'disconnect' | 'renewAuthorities' | 'stop'> {
  addresses: string[]
  connections(): number
  review(): Promise<void>
}

type Publish = (packet: PublishPacket, client: Client | null, done: () => void) => void

/** Most of what devices say is for the portal alone, which has it already: aedes need not look for anybody else. */
function publishToListeners(aedes: Aedes, sessions: Sessions, emitter: DeviceEmitter): void {
  const publish = aedes.publish.bind(aedes) as unknown as Publish
  const isHeard = ({ topic, retain }: PublishPacket) => {
    const owner = ownerOf(topic)
    return owner !== null && (retain || emitter.has(owner) || sessions.has(owner))
  }
  Object.assign(aedes, {
    publish(packet: PublishPacket, client: Client | (() => void) | null, done?: () => void) {
      if (typeof client === 'function') publish(packet, null, client)
      else if (isHeard(packet)) publish(packet, client, done ?? (() => {}))
      else done?.()
    },
  })
}

/**
 * aedes drops a message with a lower number than one it has already given to the device, as a duplicate from another broker. There is
 * no other, and a message of QoS 0 may overtake one of QoS 1: nothing is dropped.
 */
function oneDuplicateOnly(client: Client, brokerId: string): void {
  const duplicates = Object.defineProperty({}, brokerId, { get: () => 0, set: () => {} })
  Object.assign(client, { duplicates })
}
