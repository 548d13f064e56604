import { deviceId } from '../portal/test/device-wire.ts'
import { connectRaw, publishPacket } from '../portal/test/raw-device.ts'

export interface Flooded {
  messages: number
  seconds: number
  /** from sending to PUBACK, in milliseconds */
  times: number[]
}

/**
 * Machines that send by QoS 1 as fast as they are acknowledged, each with so many messages under way, by MQTT written by hand: what a client
 * takes is taken from the portal on the same machine. message: what a machine says next
 */
export async function flood(
  address: string,
  { devices, window, seconds, message }: { devices: number; window: number; seconds: number; message(device: number): Buffer },
): Promise<Flooded> {
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
          socket.on('data', chunk => {
            bytes += chunk.length
            const now = performance.now()
            const acknowledged = Math.floor(bytes / 4)
            bytes -= acknowledged * 4
            for (const at of sentAt.splice(0, acknowledged)) times.push(now - at)
            if (now < until) send(acknowledged)
            else if (sentAt.length === 0) resolve()
          })
          socket.once('close', () => reject(new Error(`The connection of machine ${device} was closed`)))
          send(window)
        }),
    ),
  )
  const took = (performance.now() - since) / 1000
  for (const { socket } of senders) socket.removeAllListeners('close').destroy()
  return { messages: times.length, seconds: took, times }
}
