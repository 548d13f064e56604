import { randomUUID } from 'node:crypto'
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { MessageToDevice, Published } from './broker.ts'
import { type BrokerAddress, readBrokerFiles } from './broker-address.ts'
import type { Intake } from './broker-intake.ts'
import type { BrokerLimits } from './broker-limits.ts'
import type { DeviceRecord } from './broker-record.ts'
import type { Slots } from './broker-slots.ts'
import { ownerOf, portalFilters, presenceFilter, readDeviceTopic, topicToDevice } from './broker-topics.ts'
import type { Log } from './log.ts'

export interface ExternalOptions {
  address: BrokerAddress
  /** begins the name under which the broker keeps the session: the same for all processes of one installation */
  name: string
  limits: BrokerLimits
  log: Log
  intake: Intake
  record: DeviceRecord
  slots: Slots
  now(): Date
}

export interface ExternalBroker {
  state(): { connected: boolean; trouble: string | null }
  /** Whether it has a place, by which messages of devices come to it. */
  takes(): boolean
  publish(message: MessageToDevice): Promise<Published>
  stop(): Promise<void>
}

/** of all portals together, for the names of shared subscriptions */
const group = 'fettle'
const mostProcesses = 64
/** s the broker keeps what waits for a portal that is away */
const sessionExpiry = 7 * 24 * 3600
/** messages the broker may have sent that are not acknowledged */
const receiveMaximum = 1000
const [firstDelayMs, longestDelayMs] = [500, 30_000]
const standByMs = 5000

/** Handed to the client in place of an acknowledgement, which follows when the message is written. */
const later = new Error('acknowledged later')

/**
 * The portal as a client of a broker outside. Its session there outlives it, and what comes by QoS 1 is acknowledged when the features
 * have written it down, so that nothing is lost when a portal is killed; another process goes on where it stopped, under its name.
 */
export async function openExternalBroker(options: ExternalOptions): Promise<ExternalBroker> {
  const { address, limits, log, intake, record, slots, now } = options
  const files = readBrokerFiles(address)
  let client: MqttClient | null = null
  let place: number | null = null
  /** counts connections: an acknowledgement belongs to the one its message came by */
  let epoch = 0
  let trouble: string | null = null
  let publishing = 0
  let stopping = false
  let standBy: NodeJS.Timeout | undefined

  slots.onLost(() => void begin())
  await begin()

  /** Takes a place among the processes and connects under its name. */
  async function begin(): Promise<void> {
    clearTimeout(standBy)
    if (stopping) return
    try {
      const slot = await slots.take(address.shared ? mostProcesses : 1)
      if (slot !== null) return start(slot)
      start(null)
    } catch (error) {
      log.warn({ error }, 'no place at the broker can be had from the database; it is tried again')
    }
    standBy = setTimeout(begin, standByMs).unref()
  }

  /** slot null: another process takes the messages; this one only publishes. */
  function start(slot: number | null): void {
    place = slot
    if (slot === null && client) return
    client?.end(true)
    const next = connect(address.url, connectOptions(slot))
    client = next
    if (slot !== null) next.handleMessage = (packet, done) => take(next, packet, done)
    next.on('connect', () => {
      epoch++
      trouble = null
      next.options.reconnectPeriod = firstDelayMs
      log.info({ broker: address.url }, 'connected to the broker')
      if (slot !== null) subscribe(next)
    })
    next.on('error', error => complain(error.message))
    next.on('close', () => {
      epoch++
      next.options.reconnectPeriod = Math.min((next.options.reconnectPeriod ?? firstDelayMs) * 2, longestDelayMs)
      if (!stopping && client === next && trouble === null) complain('the connection was closed')
    })
  }

  function complain(reason: string): void {
    if (reason !== trouble) log.warn({ broker: address.url, reason }, 'the broker cannot be reached; it is tried again')
    trouble = reason
  }

  function connectOptions(slot: number | null): IClientOptions {
    const kept = slot !== null
    const { username, password, version } = address
    return {
      ...files,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      clientId: kept ? `${options.name}-${slot}` : `${options.name}-${randomUUID()}`,
      protocolVersion: version,
      clean: !kept,
      keepalive: 30,
      connectTimeout: 10_000,
      reconnectPeriod: firstDelayMs,
      reconnectOnConnackError: true,
      resubscribe: false,
      rejectUnauthorized: true,
      ...(version === 5
        ? {
            properties: {
              receiveMaximum,
              maximumPacketSize: limits.packet * 2,
              ...(kept ? { sessionExpiryInterval: sessionExpiry } : {}),
            },
          }
        : {}),
    }
  }

  /** The session may be one of before, under another setting: what that subscribed to would come twice. */
  function subscribe(to: MqttClient): void {
    to.unsubscribe(filtersOf(!address.shared), () => {})
    to.subscribe(filtersOf(address.shared), { qos: 1 }, (error, granted) => {
      const refused = granted?.find(({ qos }) => qos >= 128)
      if (error || refused)
        complain(error?.message ?? `it does not let the portal subscribe to ${refused!.topic}: see docs/guides/mqtt.md`)
    })
  }

  function take(from: MqttClient, packet: IPublishPacket, done: (error?: Error) => void): void {
    const topic = readDeviceTopic(packet.topic)
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    if (!topic || payload.length > limits.packet) {
      // what portals say to devices comes back here, and is none of a device's
      if (!isOurs(packet.topic)) record.refuse(ownerOf(packet.topic), topic ? 'too-large' : 'publish-topic')
      done()
      return
    }
    if (stopping) return // it is not acknowledged, and comes again
    const connection = epoch
    intake.add({ ...topic, payload, qos: packet.qos, retain: packet.retain, receivedAt: now() }, () => {
      if (packet.qos > 0 && connection === epoch && from.connected) acknowledge(from, packet.messageId!)
    })
    whenRoom(() => (packet.qos > 0 ? done(later) : done()))
  }

  /** Nothing more is read from the broker while too much waits: QoS 0 knows no other bound. */
  function whenRoom(goOn: () => void): void {
    const hasRoom = () => intake.waiting() < receiveMaximum * 4 && !intake.isFull()
    if (hasRoom()) {
      goOn()
      return
    }
    record.holdBack('all')
    const stopLooking = intake.onRoom(() => {
      if (!hasRoom()) return
      stopLooking()
      goOn()
    })
  }

  async function publish({ payload, ...message }: MessageToDevice): Promise<Published> {
    const topic = topicToDevice(message)
    if (!client || publishing >= limits.queue * 10) return 'full'
    publishing++
    const sent = new Promise<void>(resolve => {
      client!.publish(topic, Buffer.from(payload), { qos: 1 }, () => {
        publishing--
        resolve()
      })
    })
    if (!client.connected) return 'queued'
    await sent
    return 'sent'
  }

  return {
    state: () => ({ connected: client?.connected ?? false, trouble }),
    takes: () => place !== null,
    publish,
    async stop() {
      clearTimeout(standBy)
      const last = client
      // What would be sent to nobody from here on goes to the others; where there are none, it waits for the next start.
      const others = await slots.areOthers().catch(() => false)
      if (others && address.shared && last?.connected)
        await new Promise<void>(resolve => last.unsubscribe(filtersOf(true), () => resolve()))
      stopping = true
      await intake.close()
      if (last) await new Promise<void>(resolve => last.end(!last.connected, {}, () => resolve()))
      await slots.close()
    },
  }
}

const filtersOf = (shared: boolean) =>
  shared ? [...portalFilters.map(one => `$share/${group}/${one}`), presenceFilter] : [...portalFilters]

/** The client acknowledges one message after the other, each when its handler is done; many under way need this way around it. */
function acknowledge(client: MqttClient, messageId: number): void {
  const { _sendPacket: send } = client as unknown as { _sendPacket(packet: object): void }
  send.call(client, { cmd: 'puback', messageId, reasonCode: 0 })
}

const isOurs = (topic: string) => /^fettle\/[^/]+\/down\//.test(topic) || /^spBv1\.0\/[^/]+\/[ND]CMD\//.test(topic)
