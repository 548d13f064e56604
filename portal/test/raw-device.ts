import { connect, type Socket } from 'node:net'
import { tokenOf } from './device-wire.ts'

/** MQTT 3.1.1 byte by byte: for what no client library sends, and for more than one can send. */
export interface RawDevice {
  socket: Socket
  /** acknowledgements of messages that have come */
  acknowledged(): number
  /** everything that has come */
  answer(): Buffer
  closed: Promise<void>
}

export async function connectRaw(
  address: string,
  id: string | null,
  { keepBytes = true, token }: { keepBytes?: boolean; token?: string } = {},
): Promise<RawDevice> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await new Promise(resolve => socket.once('connect', resolve))
  let [bytes, kept] = [0, Buffer.alloc(0)]
  const connack = 4
  socket.on('data', chunk => {
    bytes += chunk.length
    if (keepBytes) kept = Buffer.concat([kept, chunk])
  })
  if (id !== null) {
    socket.write(connectPacket(id, token))
    await new Promise<void>(resolve => {
      const look = () => (bytes >= connack || socket.destroyed ? resolve() : setTimeout(look, 5))
      look()
    })
  }
  return { socket, closed, answer: () => kept, acknowledged: () => Math.floor((bytes - connack) / 4) }
}

export const packet = (header: number, body: Buffer): Buffer => {
  const length: number[] = []
  for (let left = body.length; ; ) {
    const digit = left % 128
    left = Math.floor(left / 128)
    length.push(left > 0 ? digit | 128 : digit)
    if (left === 0) return Buffer.concat([Buffer.from([header, ...length]), body])
  }
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

/** clean session, user name, password, keep alive of 60 s */
export const connectPacket = (id: string, token = tokenOf(id)): Buffer =>
  packet(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, 0xc2, 0, 60]), text(id), text(id), text(token)]))

/** QoS 1; number: of the packet, from 1 to 65535 */
export const publishPacket = (topic: string, number: number, payload: Buffer): Buffer =>
  packet(0x32, Buffer.concat([text(topic), Buffer.from([number >> 8, number & 255]), payload]))

export const subscribePacket = (filter: string): Buffer =>
  packet(0x82, Buffer.concat([Buffer.from([0, 1]), text(filter), Buffer.from([1])]))
