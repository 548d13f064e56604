import { connectAsync, type IClientOptions } from 'mqtt'
import { meantBy } from '../src/features/telemetry/core/index.ts'
import { readSparkplug } from '../src/features/telemetry/server/sparkplug/read-payload.ts'
import { type WrittenMetric, writeSparkplug } from '../src/features/telemetry/server/sparkplug/write-payload.ts'

export interface EdgeNodeOptions {
  url: string
  deviceId: string
  token: string
  bdSeq?: number
  connection?: IClientOptions
}

/** An edge node as a controller has it: its death is its will, its messages are counted, commands reach it. */
export async function connectEdgeNode({ url, deviceId, token, bdSeq = 0, connection }: EdgeNodeOptions) {
  const group = 'plant'
  const topic = (type: string, device?: string) => ['spBv1.0', group, type, deviceId, ...(device ? [device] : [])].join('/')
  const dies = (number: number) =>
    Buffer.from(writeSparkplug({ timestamp: Date.now(), metrics: [{ name: 'bdSeq', type: 'UInt64', value: number }] }))
  const client = await connectAsync(url, {
    ...{ clientId: deviceId, username: deviceId, password: token, reconnectPeriod: 0 },
    will: { topic: topic('NDEATH'), payload: dies(bdSeq), qos: 1, retain: false },
    ...connection,
  })
  let seq = 0
  let asked = 0
  const waiting: (() => void)[] = []
  const written: [metric: string, value: unknown][] = []
  client.on('message', (_, payload) => {
    const metrics = readSparkplug(payload)?.metrics ?? []
    if (!metrics.some(({ name, value }) => name === 'Node Control/Rebirth' && value === true)) {
      written.push(...metrics.map(({ name, type, value }): [string, unknown] => [name!, meantBy(value, type!)]))
      return
    }
    asked++
    for (const wake of waiting.splice(0)) wake()
  })
  await client.subscribeAsync([topic('NCMD'), topic('DCMD', '+')], { qos: 1 })
  const send = (
    type: string,
    metrics: readonly WrittenMetric[],
    device?: string,
    own: { seq?: number; timestamp?: number } = {},
  ) => {
    const payload = writeSparkplug({ timestamp: Date.now(), seq: seq++ % 256, metrics, ...own })
    return client.publishAsync(topic(type, device), Buffer.from(payload), { qos: 1 })
  }
  return {
    client,
    topic,
    birth(metrics: readonly WrittenMetric[]) {
      seq = 0
      const own: WrittenMetric[] = [
        { name: 'bdSeq', type: 'UInt64', value: bdSeq },
        { name: 'Node Control/Rebirth', type: 'Boolean', value: false },
      ]
      return send('NBIRTH', [...own, ...metrics])
    },
    data: (metrics: readonly WrittenMetric[], own?: { seq?: number; timestamp?: number }) =>
      send('NDATA', metrics, undefined, own),
    deviceBirth: (device: string, metrics: readonly WrittenMetric[]) => send('DBIRTH', metrics, device),
    deviceData: (device: string, metrics: readonly WrittenMetric[]) => send('DDATA', metrics, device),
    deviceDeath: (device: string) => send('DDEATH', [], device),
    death: (number = bdSeq) => client.publishAsync(topic('NDEATH'), dies(number), { qos: 1 }),
    /** As if so many messages were lost on their way. */
    lose(count: number) {
      seq += count
    },
    asked: () => asked,
    /** What it was told to set its metrics to, in order. */
    written: () => written,
    /** Resolves once it has been asked so often to be born again. */
    async askedFor(times: number) {
      while (asked < times) await new Promise<void>(resolve => waiting.push(resolve))
    },
  }
}
