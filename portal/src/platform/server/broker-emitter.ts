import type { AedesPublishPacket } from 'aedes'
import { matches, ownerOf } from './broker-topics.ts'

type Packet = AedesPublishPacket
type Notify = (packet: Packet, done: () => void) => void

/**
 * Hands what is published to who subscribed to it, in the form aedes asks for. Every filter lies below the prefix of one device, so
 * there is a short list for each: a device that does not read holds up nobody else, there is no queue of all, and nothing recurses
 * (the emitter aedes brings overflows its stack with some 3,000 messages in its queue).
 */
export class DeviceEmitter {
  readonly #lists = new Map<string, { filter: string; notify: Notify }[]>()

  on(filter: string, notify: Notify, done?: () => void): this {
    const owner = ownerOf(filter)
    if (owner) this.#lists.set(owner, [...(this.#lists.get(owner) ?? []), { filter, notify }])
    if (done) setImmediate(done)
    return this
  }

  removeListener(filter: string, notify: Notify, done?: () => void): this {
    const owner = ownerOf(filter)
    if (owner) {
      const left = (this.#lists.get(owner) ?? []).filter(one => one.filter !== filter || one.notify !== notify)
      if (left.length > 0) this.#lists.set(owner, left)
      else this.#lists.delete(owner)
    }
    if (done) setImmediate(done)
    return this
  }

  emit(packet: Packet, done: () => void = () => {}): this {
    const listeners = this.listenersOf(packet.topic)
    let open = listeners.length
    if (open === 0) done()
    const one = () => {
      if (--open === 0) done()
    }
    for (const notify of listeners) notify(packet, one)
    return this
  }

  /** Whether the device has subscribed to anything. */
  has(deviceId: string): boolean {
    return this.#lists.has(deviceId)
  }

  listenersOf(topic: string): Notify[] {
    const owner = ownerOf(topic)
    const list = owner && this.#lists.get(owner)
    return list ? list.filter(({ filter }) => matches(filter, topic)).map(({ notify }) => notify) : []
  }

  close(done?: () => void): this {
    if (done) setImmediate(done)
    return this
  }
}
