import { deviceId } from '../portal/test/device-wire.ts'
import { connectRaw, publishPacket } from '../portal/test/raw-device.ts'

export interface Flooded {
  messages: number
  seconds: number
  /** from sending to PUBACK, in milliseconds */
  times: number[]
}

export interface FloodOptions {
  devices: number
  /** how each goes on: with so many messages under way, as fast as they are acknowledged, or with one in so many ms whatever is acknowledged */
  pace: { window: number } | { everyMs: number }
  seconds: number
  /** what a machine says next */
  message(device: number): Buffer
}

/** Machines that send by QoS 1, by MQTT written by hand: what a client takes is taken from the portal on the same machine. */
export async function flood(address: string, { devices, pace, seconds, message }: FloodOptions): Promise<Flooded> {
  const senders = await Promise.all(
    Array.from({ length: devices }, (_, device) => connectRaw(address, deviceId(device), { keepBytes: false })),
  )
  const times: number[] = []
  const since = performance.now()
  const until = since + seconds * 1000
  await Promise.all(
    senders.map(
      ({ socket }, device) =>
        new Promise<void>((resolve, reject) => {
          const topic = `fettle/${deviceId(device)}/readings`
          const sentAt: number[] = []
          let [number, bytes] = [0, 0]
          const send = (count: number) => {
            const packets: Buffer[] = []
            for (let i = 0; i < count; i++) {
              number = (number % 65_000) + 1
              packets.push(publishPacket(topic, number, message(device)))
              sentAt.push(performance.now())
            }
            socket.write(Buffer.concat(packets))
          }
          const end = () => {
            if (performance.now() >= until && sentAt.length === 0) resolve()
          }
          socket.on('data', chunk => {
            bytes += chunk.length
            const now = performance.now()
            const acknowledged = Math.floor(bytes / 4)
            bytes -= acknowledged * 4
            for (const at of sentAt.splice(0, acknowledged)) times.push(now - at)
            if (now < until && 'window' in pace) send(acknowledged)
            else end()
          })
          socket.once('close', () => reject(new Error(`The connection of machine ${device} was closed`)))
          if ('window' in pace) send(pace.window)
          else sendEach(pace.everyMs, device / devices, until, () => send(1), end)
        }),
    ),
  )
  const took = (performance.now() - since) / 1000
  for (const { socket } of senders) socket.removeAllListeners('close').destroy()
  return { messages: times.length, seconds: took, times }
}

/** phase: from 0 to 1, so that not all machines speak at once */
function sendEach(everyMs: number, phase: number, until: number, send: () => void, end: () => void): void {
  let due = performance.now() + everyMs * phase
  const wait = () => setTimeout(next, Math.max(0, due - performance.now()))
  const next = () => {
    if (due >= until) return void setTimeout(end, until - performance.now() + 5) // a timer may be a little early
    send()
    due += everyMs
    wait()
  }
  wait()
}
