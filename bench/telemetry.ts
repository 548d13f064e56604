/**
 * Readings of a thousand machines in the embedded warehouse, asked for over HTTP as pages do: the chart of a day and of a month of one machine, and the last
 * readings of all, with a tenth of the readings and with all of them. The warehouse makes them itself, spread over 31 days.
 * Options: --json, --readings <100000000>
 */
import { parseArgs } from 'node:util'
import { chance } from '../portal/test/chance.ts'
import { deviceId } from '../portal/test/device-wire.ts'
import { type DevicePortal, readChart, signIn, withDevicePortal } from './device-bench.ts'
import { deviceMetrics } from './device-metrics.ts'
import type { Seen } from './device-portal.ts'
import { type Measure, report, round, timings } from './harness.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean' }, readings: { type: 'string', default: '100000000' } } })
const machines = 1000
const each = Math.ceil(Number(values.readings) / machines / deviceMetrics.length)
const day = 86_400_000
const begin = Date.now() - 31 * day
const every = Math.floor((31 * day) / each)
const charts = 200

const results: Measure[] = []
await withDevicePortal(machines, async portal => {
  const cookie = await signIn(portal.browsers, 'service@zhizao.example')
  const tenth = Math.ceil(each / 10)
  // the newest tenth first, so that both times there is something in the last day
  for (const [from, count] of [
    [each - tenth, tenth],
    [0, each - tenth],
  ] as const) {
    const since = performance.now()
    await portal.tell({ from, count, every, begin })
    const seconds = (performance.now() - since) / 1000
    const { rows, bytes } = await portal.tell<Seen>('look')
    const name = `${round(rows / 1e6)} M readings`
    console.error(`${name}, made in ${seconds.toFixed(0)} s`)
    results.push({ case: name, metric: 'on the disk, of a reading', value: round(bytes / rows), unit: 'bytes', goal: '2.5' })
    results.push(...timings(name, 'chart of 24 h', await timesOf(portal, cookie, day), { p95: '10' }))
    results.push(...timings(name, 'chart of 30 days', await timesOf(portal, cookie, 30 * day), { p95: '50' }))
    const latest: number[] = []
    for (let n = 0; n < 30; n++) latest.push((await portal.tell<{ ms: number }>('latest')).ms)
    results.push(...timings(name, `last readings of ${machines} machines`, latest, { p95: '50' }))
  }
})
report('telemetry', results)

/** Each chart is of another machine: nothing that was read before helps. */
async function timesOf(portal: DevicePortal, cookie: string, span: number): Promise<number[]> {
  const { below, pick } = chance(span % 1000)
  const times: number[] = []
  for (let n = 0; n < charts; n++) {
    const to = begin + 31 * day
    const wanted = { deviceId: deviceId(below(machines)), metric: pick(deviceMetrics).key, from: to - span, to }
    times.push(await readChart(portal, cookie, wanted))
  }
  return times
}
