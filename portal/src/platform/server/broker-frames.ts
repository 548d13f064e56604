import type { Socket } from 'node:net'
import type { BrokerLimits } from './broker-limits.ts'

/** How much is let through to who parses it. */
export interface Frames {
  /** From here on packets after the first are let through. */
  open(room: Room): void
  /** Looks again whether there is room for what is held back. */
  look(): void
  close(): void
}

/** Whether so many messages, of so many bytes together, may be passed on now. */
export type Room = (count: number, bytes: number) => boolean

export interface FrameOptions {
  limits: BrokerLimits
  /** what was wrong: the connection is to be closed */
  onRefused(reason: 'too-large' | 'malformed'): void
}

const connectType = 1
const publishType = 3

/**
 * Stands between a connection and its parser, which reads by `socket.read()`: it lets whole packets through as long as the device may
 * have more under way and may send more this second, and holds the rest back. What is held back is not read from the network either,
 * so that the sender waits. Before the first packet is answered none but that one passes. The parser itself would gather a packet of
 * 256 MB, and a thousand small ones at once.
 */
export function guardFrames(socket: Socket, { limits, onRefused }: FrameOptions): Frames {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  let held: Buffer | null = null
  /** bytes of the packet being passed on that are still to come */
  let left = 0
  let first = true
  let room: Room | null = null
  /** of the chunk that is looked at: what it is about to pass on has not been counted by anybody else */
  let [count, bytes] = [0, 0]
  let refused = false
  let tokens: number = limits.rate.burst
  let tokensAt = performance.now()
  let timer: NodeJS.Timeout | undefined

  const look = () => {
    if (held && !refused) socket.emit('readable')
  }

  function hasToken(): boolean {
    const now = performance.now()
    tokens = Math.min(limits.rate.burst, tokens + ((now - tokensAt) / 1000) * limits.rate.perSecond)
    tokensAt = now
    if (tokens >= 1) return true
    timer ??= setTimeout(() => {
      timer = undefined
      look()
    }, 50)
    return false
  }

  function mayPass(type: number, length: number): boolean {
    if (first) return true
    if (!room || !hasToken()) return false
    if (type === publishType) {
      if (!room(count + 1, bytes + length)) return false
      count++
      bytes += length
    }
    tokens--
    return true
  }

  /** How many bytes of the chunk may pass; -1: it is no MQTT or too large. */
  function passable(chunk: Buffer): number {
    let at = 0
    count = bytes = 0
    while (at < chunk.length) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at)
        left -= step
        at += step
        continue
      }
      const header = readHeader(chunk, at)
      if (header === null) return at // the rest of the header is still to come
      const type = chunk[at]! >> 4
      if (header === 'malformed' || (first && type !== connectType)) return refuse('malformed')
      if (header.length > (first ? limits.connectPacket : limits.packet)) return refuse('too-large')
      if (!mayPass(type, header.length)) return at
      first = false
      left = header.length
      at += header.bytes
    }
    return at
  }

  function refuse(reason: 'too-large' | 'malformed'): -1 {
    refused = true
    onRefused(reason)
    return -1
  }

  socket.read = ((size?: number) => {
    if (size === 0) return read(0)
    if (refused) return null
    let chunk = held
    if (!chunk || readHeader(chunk, 0) === null) {
      const more = read()
      chunk = chunk && more ? Buffer.concat([chunk, more]) : (more ?? chunk)
    }
    held = null
    if (!chunk) return null
    const end = passable(chunk)
    if (end === -1) return null
    if (end < chunk.length) held = chunk.subarray(end)
    return end > 0 ? chunk.subarray(0, end) : null
  }) as Socket['read']

  return {
    open(hasRoom) {
      room = hasRoom
      look()
    },
    look,
    close() {
      refused = true
      held = null
      clearTimeout(timer)
    },
  }
}

/** Length of what follows the fixed header, and of that; null: it is not all there yet. MQTT 3.1.1, 2.2.3 */
function readHeader(chunk: Buffer, at: number): { length: number; bytes: number } | 'malformed' | null {
  let length = 0
  for (let i = 1; i <= 4; i++) {
    const byte = chunk[at + i]
    if (byte === undefined) return null
    length += (byte & 127) * 128 ** (i - 1)
    if (byte < 128) return { length, bytes: i + 1 }
  }
  return 'malformed'
}
