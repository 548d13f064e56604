/**
 * What the whole portal takes from machines: messages by QoS 1 in JSON with six metrics, judged, on the disk of the warehouse and handed to rules and
 * detection before each is acknowledged, while people look at charts; connections held; bytes of a reading. Clients take their share of the same machine.
 * Options: --json, --seconds <per case, 20>, --held <connections, 10000>
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { deviceId } from '../portal/test/device-wire.ts'
import { connectRaw, type RawDevice } from '../portal/test/raw-device.ts'
import { type DevicePortal, readChart, signIn, withDevicePortal } from './device-bench.ts'
import { deviceMetrics, measuredMachine } from './device-metrics.ts'
import type { Seen } from './device-portal.ts'
import { type FloodOptions, flood } from './flood.ts'
import { type Measure, percentile, report, round, timings } from './harness.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string', default: '20' },
    held: { type: 'string', default: '10000' },
  },
})
const seconds = Number(values.seconds)
const held = Number(values.held)
const day = 86_400_000
/** ms since 1970: moves on towards now, so that no case repeats the readings of another */
let clock = Date.now() - 3_600_000

const results: Measure[] = []
await withDevicePortal(Math.max(held, 1000), async portal => {
  const looking = await lookAtCharts(portal)
  for (const [devices, pace] of [
    [1000, { everyMs: 200 }],
    [1000, { everyMs: 100 }],
    [1000, { window: 1 }],
    [500, { window: 5 }],
    [1000, { window: 5 }],
  ] as const)
    results.push(...(await measure(portal, devices, pace)))
  results.push(...(await looking.stop()), await disk(portal))
  if (held > 0) results.push(...(await hold(portal)))
})
report('ingest', results)

function look({ tell }: DevicePortal): Promise<Seen> {
  return tell<Seen>('look')
}

/** Each machine says what it measured ten milliseconds after what it said before: nothing comes twice. */
async function measure(portal: DevicePortal, devices: number, pace: FloodOptions['pace']): Promise<Measure[]> {
  const machines = Array.from({ length: devices }, (_, device) => {
    const say = measuredMachine(device)
    const begin = clock
    let said = 0
    return () => say(begin + 10 * said++)
  })
  clock += 600_000
  const before = await look(portal)
  const done = await flood(portal.machines, { devices, pace, seconds, message: device => machines[device]!() })
  const after = await look(portal)
  const each = 'window' in pace ? `${pace.window} under way each` : `${1000 / pace.everyMs} messages a second each`
  const name = `${devices} machines, ${each}`
  const perMessage = (from: number, to: number) => round(((to - from) * 1000) / done.messages)
  const perSecond = done.messages / done.seconds
  const goal = (most: string) => ('window' in pace ? { goal: most } : {}) // who speaks by the clock says no more
  return [
    { case: name, metric: 'on the disk and acknowledged', value: Math.round(perSecond), unit: 'messages/s', ...goal('25000') },
    { case: name, metric: 'readings', value: Math.round(perSecond * deviceMetrics.length), unit: '/s', ...goal('150000') },
    { case: name, metric: 'PUBACK median', value: round(percentile(done.times, 0.5)), unit: 'ms' },
    { case: name, metric: 'PUBACK p99', value: round(percentile(done.times, 0.99)), unit: 'ms', goal: '100' },
    {
      case: name,
      metric: 'processor time of the portal',
      value: perMessage(before.portalMs, after.portalMs),
      unit: 'µs a message',
    },
    {
      case: name,
      metric: 'processor time of the warehouse',
      value: perMessage(before.warehouseMs, after.warehouseMs),
      unit: 'µs a message',
    },
  ]
}

/** Two members of staff who look at one chart after the other. */
async function lookAtCharts(portal: DevicePortal) {
  const cookie = await signIn(portal.browsers, 'service@zhizao.example')
  let looks = true
  const times: number[] = []
  const one = async (seed: number) => {
    for (let turn = seed; looks; turn++) {
      const metric = deviceMetrics[turn % deviceMetrics.length]!.key
      const from = Date.now() - day
      times.push(await readChart(portal, cookie, { deviceId: deviceId((turn * 37) % 500), metric, from, to: from + day }))
      await delay(100)
    }
  }
  const both = Promise.all([one(0), one(250)])
  both.catch(() => {}) // whoever stops it hears of it
  return {
    async stop(): Promise<Measure[]> {
      looks = false
      await both
      return timings('charts meanwhile', `of ${times.length}`, times)
    },
  }
}

/** As it lies there by itself, parts that wait to be merged included. */
async function disk(portal: DevicePortal): Promise<Measure> {
  await delay(5000)
  const { rows, bytes } = await look(portal)
  return {
    case: 'on the disk',
    metric: 'of a reading',
    value: round(bytes / rows),
    unit: 'bytes',
    goal: '2.5',
    note: `${rows} readings`,
  }
}

async function hold(portal: DevicePortal): Promise<Measure[]> {
  const before = await look(portal)
  const since = performance.now()
  const open: RawDevice[] = []
  for (let at = 0; at < held; at += 100)
    open.push(
      ...(await Promise.all(
        Array.from({ length: 100 }, (_, n) => connectRaw(portal.machines, deviceId(at + n), { keepBytes: false })),
      )),
    )
  const took = (performance.now() - since) / 1000
  await delay(2000)
  const after = await look(portal)
  for (const { socket } of open) socket.destroy()
  const name = `${held} connections`
  return [
    { case: name, metric: 'held', value: after.connections, unit: '' },
    { case: name, metric: 'signed in by their tokens', value: Math.round(held / took), unit: 'a second' },
    { case: name, metric: 'memory of each', value: round((after.portalBytes - before.portalBytes) / held / 1024), unit: 'kB' },
    { case: name, metric: 'memory of the portal', value: Math.round(after.portalBytes / 1e6), unit: 'MB' },
    { case: name, metric: 'memory of the warehouse', value: Math.round(after.warehouseBytes / 1e6), unit: 'MB' },
  ]
}
