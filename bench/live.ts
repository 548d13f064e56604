// Live pages: browsers that watch machines that report, in one portal process; how many readings reach them, how late, and how late an alarm.
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
  env: { ...process.env, FETTLE_MODE: 'demo', DATA_DIR: folder, PORT: '0', MQTT_PORT: '0', LOG_LEVEL: 'error' },
})
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
  const stop = await report1Hz(portal)
  await delay(5000)
  for (const page of pages) page.reset()
  const from = await look(child)
  const since = performance.now()
  const late = await raiseAlarms(portal, pages, seconds * 1000)
  const took = (performance.now() - since) / 1000
  const to = await look(child)
  stop()
  const readings = pages.reduce((sum, page) => sum + page.readings(), 0)
  const times = pages.flatMap(page => page.times())
  const name = `${browsers} pages of ${onPage} machines, ${machines} machines with ${metrics} metrics a second`
  report('live', [
    { case: name, metric: 'readings delivered', value: Math.round(readings / took), unit: 'a second', goal: '50,000' },
    { case: name, metric: 'from the sensor to the page median', value: round(percentile(times, 0.5)), unit: 'ms' },
    { case: name, metric: 'p95', value: round(percentile(times, 0.95)), unit: 'ms' },
    { case: name, metric: 'alarm to its event median', value: round(percentile(late, 0.5)), unit: 'ms' },
    {
      case: name,
      metric: 'p95',
      value: round(percentile(late, 0.95)),
      unit: 'ms',
      goal: 'under 50',
      note: `${late.length} events`,
    },
    { case: name, metric: 'memory of each page', value: round((held.rss - before.rss) / browsers / 1024), unit: 'kB' },
    { case: name, metric: 'memory of the process', value: Math.round(to.rss / 1e6), unit: 'MB' },
    { case: name, metric: 'processor', value: round((to.cpuMs - from.cpuMs) / took / 10), unit: '% of a core' },
  ])
} finally {
  child.kill()
  await once(child, 'exit')
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** One page with an open stream: a plain socket, for what the client takes is taken from the portal. Every twentieth reads what it gets. */
function openPage({ address, devices }: Portal, number: number) {
  const { hostname, port } = new URL(address)
  const own = Array.from({ length: onPage }, (_, n) => devices[(number * onPage + n) % devices.length]!.id)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.setEncoding('latin1')
  const looks = number % 20 === 0
  let [readings, rest] = [0, '']
  let times: number[] = []
  const heard: ((device: string) => void)[] = []
  const open = new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.on('data', (text: unknown) => {
      const said = rest + String(text)
      const end = said.lastIndexOf('\n\n') + 1
      rest = said.slice(end)
      if (said.includes('retry: 3000')) resolve()
      else if (said.startsWith('HTTP/1.1 ') && !said.startsWith('HTTP/1.1 200')) reject(new Error(said.slice(0, 300)))
      for (let at = said.indexOf('event: '); at >= 0 && at < end; at = said.indexOf('event: ', at + 7)) {
        if (said.startsWith('alarm', at + 7)) for (const hear of heard) hear(/"device":"([^"]+)"/.exec(said.slice(at))![1]!)
        if (!said.startsWith('readings', at + 7)) continue
        if (!looks) readings += metrics
        else {
          const { readings: all } = JSON.parse(said.slice(said.indexOf('{', at), said.indexOf('\n', said.indexOf('{', at)))) as {
            readings: [string, number, number][]
          }
          readings += all.length
          times.push(now() - all[0]![1])
        }
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

/** Each machine says all its metrics once a second, in a turn of its own. */
async function report1Hz({ broker, devices }: Portal): Promise<() => void> {
  const clients = await Promise.all(
    devices.map(async ({ id, token }) => ({
      id,
      device: await connectRaw(broker, id, { keepBytes: false, token }),
    })),
  )
  let turn = 0
  const timers = clients.map(({ id, device }, n) => {
    let number = 0
    const say = () => {
      const said = Object.fromEntries(Array.from({ length: metrics }, (_, m) => [`metric_${m}`, ((turn++ * 7) % 9000) + 0.25]))
      number = (number % 65_000) + 1
      const payload = Buffer.from(JSON.stringify({ at: Math.round(now()), values: said }))
      device.socket.write(publishPacket(`fettle/${id}/readings`, number, payload))
    }
    const timer = { begin: setTimeout(go, (n * 1000) / clients.length), go: undefined as NodeJS.Timeout | undefined }
    function go(): void {
      timer.go = setInterval(say, 1000)
    }
    return timer
  })
  return () => {
    for (const { begin, go } of timers) {
      clearTimeout(begin)
      clearInterval(go)
    }
    for (const { device } of clients) device.socket.destroy()
  }
}

/** Alarms of machines one after the other over a time; answers how many ms later each page that watches it heard of it. */
async function raiseAlarms({ devices }: Portal, pages: ReturnType<typeof openPage>[], ms: number): Promise<number[]> {
  const times: number[] = []
  const raised = new Map<string, number>()
  for (const page of pages)
    page.heard.push(device => {
      times.push(now() - raised.get(device)!)
    })
  for (let n = 0; n < alarms; n++) {
    const { id } = devices[n % devices.length]!
    raised.set(id, now())
    child.send({ alarm: id })
    await delay(ms / alarms)
  }
  return times
}

async function look(process: ChildProcess): Promise<{ rss: number; cpuMs: number }> {
  process.send('look')
  return ((await once(process, 'message')) as [{ rss: number; cpuMs: number }])[0]
}
