// Live pages: browsers that watch machines that report, in one portal process; how many readings reach them, how late, and how late an alarm:
// from the reading that meets a rule, by MQTT, to its event in the page's stream.
// --browsers 1000 --machines 160 --seconds 30. The browsers and the machines are this process, on the same machine.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { postgresFolder } from '../portal/src/platform/server/postgres.ts'
import { connectRaw, publishPacket } from '../portal/test/raw-device.ts'
import { percentile, report, round } from './harness.ts'

const { values } = parseArgs({
  options: {
    browsers: { type: 'string', default: '1000' },
    machines: { type: 'string', default: '160' },
    seconds: { type: 'string', default: '30' },
    json: { type: 'boolean' },
  },
})
const [browsers, machines, seconds] = [values.browsers, values.machines, values.seconds].map(Number) as [number, number, number]
const metrics = 13
/** on one page, and pages of one account */
const [onPage, ofAccount] = [4, 25]
const alarms = 200
const now = () => performance.timeOrigin + performance.now()

interface Portal {
  address: string
  broker: string
  devices: { id: string; token: string }[]
}

const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const child = fork(fileURLToPath(new URL('live-portal.ts', import.meta.url)), [String(machines), String(metrics)], {
  execArgv: ['--expose-gc'],
  env: {
    ...process.env,
    FETTLE_MODE: 'demo',
    DATA_DIR: folder,
    PORT: '0',
    MQTT_PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  },
})
const ended = once(child, 'exit')
try {
  const [portal] = (await once(child, 'message')) as [Portal]
  const before = await look(child)
  const pages: ReturnType<typeof openPage>[] = []
  while (pages.length < browsers) {
    const some = Array.from({ length: Math.min(20, browsers - pages.length) }, (_, n) => openPage(portal, pages.length + n))
    await Promise.all(some.map(({ open }) => open))
    pages.push(...some)
  }
  const held = await look(child)
  const reporting = await report1Hz(portal)
  await warm(portal, reporting.tooHigh, pages)
  for (const page of pages) page.reset()
  const from = await look(child)
  const since = performance.now()
  const { late, expected } = await raiseAlarms(portal, reporting.tooHigh, pages, seconds * 1000)
  const took = (performance.now() - since) / 1000
  const to = await look(child)
  reporting.stop()
  const readings = pages.reduce((sum, page) => sum + page.readings(), 0)
  const times = pages.flatMap(page => page.times())
  const name = `${browsers} pages of ${onPage} machines, ${machines} machines with ${metrics} metrics a second`
  report('live', [
    { case: name, metric: 'readings delivered', value: Math.round(readings / took), unit: 'a second', goal: '50,000' },
    { case: name, metric: 'from the sensor to the page median', value: round(percentile(times, 0.5)), unit: 'ms' },
    { case: name, metric: 'p95', value: round(percentile(times, 0.95)), unit: 'ms' },
    { case: name, metric: 'publish to alarm event median', value: round(percentile(late, 0.5)), unit: 'ms' },
    {
      case: name,
      metric: 'p95',
      value: round(percentile(late, 0.95)),
      unit: 'ms',
      goal: 'under 50',
      note: `${late.length} of ${expected} events`,
    },
    { case: name, metric: 'memory of each page', value: round((held.rss - before.rss) / browsers / 1024), unit: 'kB' },
    { case: name, metric: 'memory of the process', value: Math.round(to.rss / 1e6), unit: 'MB' },
    { case: name, metric: 'processor', value: round((to.cpuMs - from.cpuMs) / took / 10), unit: '% of a core' },
  ])
} finally {
  if (child.connected) child.disconnect()
  await ended
  rmSync(folder, { recursive: true, force: true })
  rmSync(postgresFolder(folder), { recursive: true, force: true })
}
process.exit()

type Pages = readonly ReturnType<typeof openPage>[]

/** One page with an open stream: a plain socket, for what the client takes is taken from the portal. Every twentieth reads what it gets. */
function openPage({ address, devices }: Portal, number: number) {
  const { hostname, port } = new URL(address)
  const own = Array.from({ length: onPage }, (_, n) => devices[(number * onPage + n) % devices.length]!.id)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.setEncoding('latin1')
  const looks = number % 20 === 0
  let [readings, rest] = [0, '']
  let times: number[] = []
  /** when it heard first of an alarm, by machine */
  const heard = new Map<string, number>()
  const open = new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.on('data', (text: unknown) => {
      const said = rest + String(text)
      const end = said.lastIndexOf('\n\n') + 1
      rest = said.slice(end)
      if (said.includes('retry: 3000')) resolve()
      else if (said.startsWith('HTTP/1.1 ') && !said.startsWith('HTTP/1.1 200')) reject(new Error(said.slice(0, 300)))
      for (let at = said.indexOf('event: '); at >= 0 && at < end; at = said.indexOf('event: ', at + 7)) {
        if (said.startsWith('alarm', at + 7)) {
          const device = /"device":"([^"]+)"/.exec(said.slice(at, at + 200))![1]!
          if (!heard.has(device)) heard.set(device, now())
        }
        if (!said.startsWith('readings', at + 7)) continue
        const from = said.indexOf('{', at)
        const until = said.indexOf('\n', from)
        for (let one = said.indexOf('["', from); one >= 0 && one < until; one = said.indexOf('["', one + 2)) readings++
        if (!looks) continue
        const { readings: all } = JSON.parse(said.slice(from, until)) as { readings: [string, number, number][] }
        times.push(now() - all[0]![1])
      }
    })
  })
  socket.write(
    `GET /api/v1/console/devices/live?device=${own.join(',')} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: visitor=${Math.floor(number / ofAccount)}\r\n\r\n`,
  )
  return {
    ...{ open, heard, own },
    readings: () => readings,
    times: () => times,
    reset() {
      readings = 0
      times = []
    },
  }
}

/** Each machine says all its metrics once a second, in a turn of its own. tooHigh: one says beside it what the rule raises an alarm at */
async function report1Hz({ broker, devices }: Portal): Promise<{ stop(): void; tooHigh(deviceId: string): void }> {
  const clients = await Promise.all(
    devices.map(async ({ id, token }) => ({
      id,
      device: await connectRaw(broker, id, { keepBytes: false, token }),
    })),
  )
  let turn = 0
  const sayings = new Map<string, (values: object) => void>()
  const timers = clients.map(({ id, device }, n) => {
    let number = 0
    const say = (values: object) => {
      number = (number % 65_000) + 1
      const payload = Buffer.from(JSON.stringify({ at: Math.round(now()), values }))
      device.socket.write(publishPacket(`fettle/${id}/readings`, number, payload))
    }
    sayings.set(id, say)
    const sayAll = () =>
      say(Object.fromEntries(Array.from({ length: metrics }, (_, m) => [`metric_${m}`, ((turn++ * 7) % 9000) + 0.25])))
    const timer = { begin: setTimeout(go, (n * 1000) / clients.length), go: undefined as NodeJS.Timeout | undefined }
    function go(): void {
      timer.go = setInterval(sayAll, 1000)
    }
    return timer
  })
  return {
    tooHigh: id => sayings.get(id)!({ metric_0: 60_000 }),
    stop() {
      for (const { begin, go } of timers) {
        clearTimeout(begin)
        clearInterval(go)
      }
      for (const { device } of clients) device.socket.destroy()
    },
  }
}

/** Until every machine has raised an alarm that all its pages heard of: by then its rules are known, and the portal's code has run. */
async function warm({ devices }: Portal, tooHigh: (deviceId: string) => void, pages: Pages): Promise<void> {
  const began = now()
  for (let missing = devices.map(({ id }) => id); missing.length > 0; ) {
    if (now() - began > 180_000) throw new Error(`Pages of ${missing.length} machines heard of no alarm within three minutes`)
    for (const id of missing) {
      tooHigh(id)
      await delay(20)
    }
    await delay(2000)
    missing = missing.filter(id => !pages.every(({ own, heard }) => !own.includes(id) || heard.has(id)))
  }
  await delay(5000) // what was raised last is over
}

/**
 * Readings that meet the rule, of machines one after the other over a time; answers how many ms after each was published its pages heard of the
 * alarm, and how many should have. That the alarm is over, with the machine's next report, is heard too, and passed over.
 */
async function raiseAlarms(
  { devices }: Portal,
  tooHigh: (deviceId: string) => void,
  pages: Pages,
  ms: number,
): Promise<{ late: number[]; expected: number }> {
  const late: number[] = []
  let expected = 0
  for (let n = 0; n < alarms; n++) {
    const { id } = devices[n % devices.length]!
    const watching = pages.filter(({ own }) => own.includes(id))
    expected += watching.length
    for (const page of watching) page.heard.delete(id)
    const raised = now()
    tooHigh(id)
    await delay(ms / alarms)
    await Promise.race([everyoneHeard(watching, id), delay(3000)])
    for (const page of watching) if (page.heard.has(id)) late.push(page.heard.get(id)! - raised)
  }
  return { late, expected }
}

async function everyoneHeard(pages: Pages, id: string): Promise<void> {
  while (!pages.every(page => page.heard.has(id))) await delay(5)
}

async function look(process: ChildProcess): Promise<{ rss: number; cpuMs: number }> {
  process.send('look')
  return ((await once(process, 'message')) as [{ rss: number; cpuMs: number }])[0]
}
