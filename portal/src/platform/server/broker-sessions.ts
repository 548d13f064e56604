import { Readable } from 'node:stream'
import type { AedesPublishPacket, Subscription } from 'aedes'
import type { BrokerLimits } from './broker-limits.ts'
import { matches, maySubscribe, ownerOf } from './broker-topics.ts'

type Packet = AedesPublishPacket & { messageId?: number; brokerCounter?: number }
type Numbered = { messageId?: number | undefined }
type Owner = { id: string }

interface Session {
  /** of a device that wants them kept while it is away */
  subscriptions: Map<string, Subscription>
  /** sent or to be sent by QoS 1, not acknowledged */
  outgoing: Packet[]
  /** received by QoS 2, not released */
  incoming: Map<number, Packet>
  retained: Map<string, Packet>
}

/**
 * What the embedded broker remembers of devices while they are away, in memory: they have one session each, however they call
 * themselves, so that there are no more than devices. Bounded where aedes' own store is not.
 */
export class Sessions {
  readonly #limits: BrokerLimits
  readonly #sessions = new Map<string, Session>()

  constructor(limits: BrokerLimits) {
    this.#limits = limits
  }

  /** Whether anything is remembered of the device. */
  has(deviceId: string): boolean {
    return this.#sessions.has(deviceId)
  }

  /** Forgets everything about a device. */
  end(deviceId: string): void {
    this.#sessions.delete(deviceId)
  }

  /** Whether one more message would wait for the device beyond what may. */
  isFull(deviceId: string, bytes: number): boolean {
    const { outgoing } = this.#get(deviceId)
    const waiting = outgoing.reduce((sum, { payload }) => sum + payload.length, 0)
    return outgoing.length >= this.#limits.queue || waiting + bytes > this.#limits.queueBytes
  }

  /** Whether the device has a session that takes messages of the topic while it is away. */
  isAwaited(deviceId: string, topic: string): boolean {
    return [...this.#get(deviceId).subscriptions.values()].some(({ topic: filter, qos }) => qos > 0 && matches(filter, topic))
  }

  mayRetain(deviceId: string, topic: string, bytes: number): boolean {
    const { retained } = this.#get(deviceId)
    return bytes <= this.#limits.retainedBytes && (retained.has(topic) || retained.size < this.#limits.retained)
  }

  // what aedes asks of its store
  async setup(): Promise<void> {}
  async storeRetained({ topic, payload, qos, cmd }: Packet): Promise<void> {
    const owner = ownerOf(topic)
    if (!owner) return
    const { retained } = this.#keep(owner)
    if (payload.length === 0) retained.delete(topic)
    else retained.set(topic, { cmd, topic, payload: Buffer.from(payload), qos, retain: true } as Packet)
  }
  createRetainedStreamCombi(filters: string[]): Readable {
    const found = new Set<Packet>()
    for (const filter of filters)
      for (const [topic, packet] of this.#get(ownerOf(filter) ?? '').retained) if (matches(filter, topic)) found.add(packet)
    return Readable.from([...found])
  }
  async addSubscriptions({ id }: Owner, subscriptions: Subscription[]): Promise<void> {
    const session = this.#keep(id)
    for (const { topic, qos } of subscriptions) {
      if (!maySubscribe(id, topic)) continue // aedes hands over those that were refused, too
      if (session.subscriptions.has(topic) || session.subscriptions.size < this.#limits.subscriptions)
        session.subscriptions.set(topic, { topic, qos })
    }
  }
  async removeSubscriptions({ id }: Owner, filters: string[]): Promise<void> {
    for (const filter of filters) this.#get(id).subscriptions.delete(filter)
  }
  async subscriptionsByClient({ id }: Owner): Promise<Subscription[]> {
    return [...this.#get(id).subscriptions.values()].map(one => ({ ...one }))
  }
  /** A device that wants no session: what was kept for it goes too. */
  async cleanSubscriptions({ id }: Owner): Promise<void> {
    const session = this.#get(id)
    session.subscriptions.clear()
    session.outgoing.length = 0
  }
  async subscriptionsByTopic(topic: string): Promise<{ clientId: string; topic: string; qos: number }[]> {
    const owner = ownerOf(topic)
    return owner && this.isAwaited(owner, topic) ? [{ clientId: owner, topic, qos: 1 }] : []
  }
  async outgoingEnqueue({ clientId }: { clientId: string }, packet: Packet): Promise<void> {
    if (!this.isFull(clientId, packet.payload.length)) this.#keep(clientId).outgoing.push({ ...packet })
  }
  async outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: Packet): Promise<void> {
    for (const one of subscriptions) await this.outgoingEnqueue(one, packet)
  }
  /** The number under which it is sent; what follows a PUBREC takes the place of the message. */
  async outgoingUpdate({ id }: Owner, packet: Packet): Promise<void> {
    const { outgoing } = this.#get(id)
    const same = outgoing.find(({ brokerCounter }) => brokerCounter !== undefined && brokerCounter === packet.brokerCounter)
    if (same) same.messageId = packet.messageId!
    const at = outgoing.findIndex(({ messageId }) => messageId === packet.messageId)
    if (!same && at !== -1) outgoing[at] = packet
  }
  async outgoingClearMessageId({ id }: Owner, { messageId }: Packet): Promise<Packet | undefined> {
    const { outgoing } = this.#get(id)
    const at = messageId === undefined ? -1 : outgoing.findIndex(one => one.messageId === messageId)
    return at === -1 ? undefined : outgoing.splice(at, 1)[0]
  }
  outgoingStream({ id }: Owner): Readable {
    return Readable.from([...this.#get(id).outgoing])
  }
  async incomingStorePacket({ id }: Owner, packet: Packet): Promise<void> {
    this.#keep(id).incoming.set(packet.messageId!, { ...packet, payload: Buffer.alloc(0) })
  }
  async incomingGetPacket({ id }: Owner, { messageId }: Numbered): Promise<Packet> {
    const packet = this.#get(id).incoming.get(messageId!)
    if (!packet) throw new Error('no such packet')
    return packet
  }
  async incomingDelPacket({ id }: Owner, { messageId }: Packet): Promise<void> {
    if (!this.#get(id).incoming.delete(messageId!)) throw new Error('no such packet')
  }
  async cleanIncoming({ id }: Owner): Promise<void> {
    this.#get(id).incoming.clear()
    this.#drop(id)
  }
  // a will lives as long as its connection, and aedes keeps it there
  async putWill(): Promise<void> {}
  async delWill(): Promise<void> {}
  streamWill(): Readable {
    return Readable.from([])
  }

  #get(id: string): Session {
    return this.#sessions.get(id) ?? nothing()
  }
  #keep(id: string): Session {
    const session = this.#get(id)
    this.#sessions.set(id, session)
    return session
  }
  #drop(id: string): void {
    const { subscriptions, outgoing, incoming, retained } = this.#get(id)
    if (subscriptions.size + outgoing.length + incoming.size + retained.size === 0) this.#sessions.delete(id)
  }
}

const nothing = (): Session => ({ subscriptions: new Map(), outgoing: [], incoming: new Map(), retained: new Map() })
