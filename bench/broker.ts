// What the broker in the portal takes: messages by QoS 1, each flushed to disk before it is acknowledged, and connections that are held.
// --quick: shorter. The broker is a process of its own, its clients are this one, on the same machine.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { deviceId } from '../portal/test/device-wire.ts'
import { connectRaw, publishPacket, type RawDevice } from '../portal/test/raw-device.ts'
import { flood } from './flood.ts'
import { type Measure, percentile, report, round } from './harness.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'boolean' } } })
const [seconds, held] = values.quick ? [3, 2000] : [10, 10_000]
const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const program = fileURLToPath(new URL('../portal/test/broker-program.ts', import.meta.url))
/** six metrics in 200 bytes */
const payload = Buffer.from(
  JSON.stringify({
    at: 1764166980123,
    seq: 184467,
    spindle: 11840.25,
    load: 63.4,
    x: 0.112,
    y: 0.108,
    bearing: 48.7,
    oil: 41.2,
  }).padEnd(200),
)

const results: Measure[] = []
try {
  for (const [devices, window] of [
    [50, 100],
    [500, 20],
    [1000, 1],
  ] as const)
    results.push(...(await withBroker((address, child) => measureFlood(address, child, devices, window))))
  results.push(...(await withBroker(hold)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
report('broker', results)

async function withBroker(measure: (address: string, child: ChildProcess) => Promise<Measure[]>): Promise<Measure[]> {
  const limits = {
    rate: { burst: 1e6, perSecond: 1e6 }, // a tenth of the devices stand for all
    connectionsPerAddress: 20_000,
    strangersPerAddress: 2000,
  }
  const child = fork(program, ['0', join(folder, 'messages'), JSON.stringify(limits)], { execArgv: ['--expose-gc'] })
  const [{ address }] = (await once(child, 'message')) as [{ address: string }]
  try {
    return await measure(address, child)
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}

/** Each device has so many messages under way as fast as they are acknowledged. */
async function measureFlood(address: string, child: ChildProcess, devices: number, window: number): Promise<Measure[]> {
  const before = await look(child)
  const { messages, seconds: took, times } = await flood(address, { devices, pace: { window }, seconds, message: () => payload })
  const after = await look(child)
  const name = `${devices} devices, ${window} under way each`
  return [
    { case: name, metric: 'written and acknowledged', value: Math.round(messages / took), unit: 'messages/s' },
    {
      case: name,
      metric: 'processor time of the broker',
      value: round(((after.cpuMs - before.cpuMs) * 1000) / messages),
      unit: 'µs a message',
    },
    { case: name, metric: 'PUBACK median', value: round(percentile(times, 0.5)), unit: 'ms' },
    { case: name, metric: 'PUBACK p99', value: round(percentile(times, 0.99)), unit: 'ms' },
  ]
}

/** Connections that say nothing, and what one message costs beside them. */
async function hold(address: string, child: ChildProcess): Promise<Measure[]> {
  const before = await look(child)
  const since = performance.now()
  const open: RawDevice[] = []
  for (let at = 0; at < held; at += 200)
    open.push(...(await Promise.all(ids(200, at).map(id => connectRaw(address, id, { keepBytes: false })))))
  const took = (performance.now() - since) / 1000
  await delay(1000)
  const after = await look(child)
  const times: number[] = []
  const [one] = open as [RawDevice]
  for (let n = 1; n <= 100; n++) {
    const from = performance.now()
    one.socket.write(publishPacket(`fettle/${deviceId(0)}/readings`, n, payload))
    await once(one.socket, 'data')
    times.push(performance.now() - from)
  }
  const idleFrom = await look(child)
  await delay(seconds * 1000)
  const idle = await look(child)
  for (const { socket } of open) socket.destroy()
  const name = `${held} connections held`
  return [
    { case: name, metric: 'open', value: after.connections, unit: '' },
    { case: name, metric: 'signed in', value: Math.round(held / took), unit: 'a second' },
    { case: name, metric: 'memory of each', value: round((after.rss - before.rss) / held / 1024), unit: 'kB' },
    { case: name, metric: 'memory of the process', value: Math.round(after.rss / 1e6), unit: 'MB' },
    { case: name, metric: 'PUBACK median beside them', value: round(percentile(times, 0.5)), unit: 'ms' },
    {
      case: name,
      metric: 'processor while idle',
      value: round((idle.cpuMs - idleFrom.cpuMs) / seconds / 10),
      unit: '% of a core',
    },
  ]
}

async function look(child: ChildProcess): Promise<{ rss: number; connections: number; cpuMs: number }> {
  child.send('look')
  return ((await once(child, 'message')) as [{ rss: number; connections: number; cpuMs: number }])[0]
}

function ids(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, n) => deviceId(from + n))
}
